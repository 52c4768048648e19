// The map explorer: the drawing of the map's segments becomes a map to look
// around in. Its parts are in explorer/.
const { make } = feira;
const { toModel, measure, layersOf, MapView, makeCard, customersText, makeDistributions, format } =
  feira.explorer;

/** Where an arrow key leads, in neurons to the right and upward. */
const STEPS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const KEYS = "Arrow keys move over the map, with Shift they select a region, Enter selects the neuron, " +
  "S its segment, Escape clears. With a mouse: drag over a region, or click a neuron.";
const TOUCH = "Touch the map to look at a neuron; “Draw a region” lets a finger select.";

/** The colour scale of a layer under the map; nothing for the segments. */
function makeLegend() {
  const [bar, lo, unit, hi] = [make("div", {}), make("span", {}), make("span", {}), make("span", {})];
  const element = make("div", { className: "explorer-legend" }, bar,
    make("div", {}, lo, unit, hi));
  return {
    element,
    show({ range, palette, unit: what = "" }) {
      element.hidden = !range;
      if (!range) return;
      const stops = Array.from({ length: 9 }, (_, i) => {
        const at = 3 * Math.round(255 * i / 8);
        return `rgb(${[...palette.subarray(at, at + 3)].join(" ")})`;
      });
      bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
      lo.textContent = format(range.lo);
      unit.textContent = what;
      hi.textContent = (range.clipped ? "≥ " : "") + format(range.hi);
    },
  };
}

class Explorer {
  #model;
  #map;
  #card;
  #distributions;
  #legend = makeLegend();
  #layers;
  #layer;
  #buttons;
  #selected;
  #summary = make("p", { className: "explorer-summary", role: "status" });
  #spoken = make("p", { className: "explorer-spoken", role: "status" });
  #clear = make("button", { type: "button", textContent: "Clear" });
  #draw = make("button", { type: "button", className: "explorer-draw", textContent: "Draw a region" });
  /** Where the keyboard and the pointer are, and where a region begins. */
  #at;
  #from = -1;
  #dragging = false;
  #waiting = new Set();

  constructor({ figure, data }) {
    const model = this.#model = toModel(data);
    this.#selected = new Uint8Array(model.neurons);
    this.#at = model.hits.indexOf(Math.max(...model.hits));
    this.#map = new MapView(model);
    this.#card = makeCard(model);
    this.#distributions = makeDistributions(model);
    this.#layers = layersOf(model);
    const help = make("p", { className: "explorer-quiet", id: `${figure.id}-help` },
      make("span", { className: "explorer-keys", textContent: KEYS }),
      make("span", { className: "explorer-touch", textContent: TOUCH }));
    const stage = make("div", { className: "explorer-stage" },
      make("div", {}, this.#map.element, this.#legend.element, help, this.#card.neighbours),
      this.#card.element);
    this.#map.element.style.maxWidth = `${34 * model.width / model.height}rem`;
    this.element = make("div", { className: "explorer" }, this.#controls(), stage, this.#summary,
      this.#distributions.element, this.#spoken);
    const { surface } = this.#map;
    surface.setAttribute("role", "application");
    surface.setAttribute("aria-label", `Map of ${model.width} by ${model.height} neurons`);
    surface.setAttribute("aria-describedby", help.id);
    this.#listen(surface);
    this.#show(0);
    this.#select(this.#selected);
    this.#card.show(this.#at);
  }

  #controls() {
    const select = make("select", {}, ...this.#layers.map(({ name }, value) =>
      make("option", { value, textContent: name })));
    select.addEventListener("change", () => this.#show(Number(select.value)));
    this.#buttons = this.#model.segments.map(({ id, name, color, ink }, rank) => {
      const badge = make("span", { className: "explorer-badge", textContent: id });
      badge.style.background = color;
      badge.style.color = ink;
      const button = make("button", { type: "button" }, badge, name);
      button.addEventListener("click", () => this.#toggleSegment(rank));
      return button;
    });
    this.#clear.addEventListener("click", () => this.#select(new Uint8Array(this.#model.neurons)));
    this.#draw.setAttribute("aria-pressed", "false");
    this.#draw.addEventListener("click", () => {
      const on = this.#draw.getAttribute("aria-pressed") === "false";
      this.#draw.setAttribute("aria-pressed", String(on));
      this.#map.surface.style.touchAction = on ? "none" : "";
    });
    return make("div", { className: "explorer-controls" },
      make("label", {}, "Show ", select),
      make("div", { role: "group", ariaLabel: "Select" }, ...this.#buttons, this.#draw, this.#clear));
  }

  #listen(surface) {
    surface.addEventListener("pointermove", (event) => {
      this.#point(this.#map.neuronAt(event));
      if (this.#dragging) this.#region(event.shiftKey);
    });
    surface.addEventListener("pointerdown", (event) => {
      // A finger scrolls the page, unless it was told to draw.
      const draws = event.pointerType !== "touch" || surface.style.touchAction === "none";
      if (event.button !== 0) return;
      this.#point(this.#map.neuronAt(event));
      if (!draws) return;
      surface.setPointerCapture(event.pointerId);
      this.#from = this.#at;
      this.#dragging = true;
      this.#region();
    });
    for (const name of ["pointerup", "pointercancel"]) {
      surface.addEventListener(name, () => this.#dragging = false);
    }
    surface.addEventListener("pointerleave", () => this.#map.point(-1));
    surface.addEventListener("focus", () => this.#map.point(this.#at));
    surface.addEventListener("blur", () => this.#map.point(-1));
    surface.addEventListener("keydown", (event) => this.#press(event));
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step) this.#move(step, event.shiftKey);
    else if (event.key === "Enter" || event.key === " ") this.#toggle(this.#at);
    else if (event.key === "Escape") this.#select(new Uint8Array(this.#model.neurons));
    else if (event.key.toLowerCase() === "s") this.#toggleSegment(this.#model.ranks[this.#at]);
    else return;
    event.preventDefault();
  }

  #move([right, up], selects) {
    const { width, height } = this.#model;
    const [x, y] = [Math.floor(this.#at / height) + right, this.#at % height + up];
    if (selects && this.#from < 0) this.#from = this.#at;
    if (!selects) this.#from = -1;
    if (x < 0 || x >= width || y < 0 || y >= height) return;
    this.#point(x * height + y);
    if (selects) this.#region();
    this.#say();
  }

  /** For who cannot see the card, and only of what the keyboard does. */
  #say() {
    const { height, hits, ranks, segments } = this.#model;
    const { id, name } = segments[ranks[this.#at]];
    const { values, unit = "", name: layer } = this.#layer;
    this.#spoken.textContent =
      `Neuron ${Math.floor(this.#at / height)}, ${this.#at % height}: ` +
      `${customersText(this.#model, hits[this.#at])}; segment ${id}, ${name}` +
      (values ? `; ${layer} ${format(values[this.#at])} ${unit}` : "");
  }

  #point(neuron) {
    this.#at = neuron;
    this.#later(this.#drawPoint);
  }

  #drawPoint = () => {
    this.#map.point(this.#at);
    this.#card.show(this.#at);
  };

  #show(layer) {
    this.#layer = this.#layers[layer];
    this.#map.show(this.#layer);
    this.#legend.show(this.#layer);
  }

  /** Selects the rectangle from where it began to where the pointer is. */
  #region() {
    const { height, neurons } = this.#model;
    const ends = [this.#from, this.#at].map((n) => [Math.floor(n / height), n % height]);
    const [x0, x1] = ends.map(([x]) => x).sort((a, b) => a - b);
    const [y0, y1] = ends.map(([, y]) => y).sort((a, b) => a - b);
    const selected = new Uint8Array(neurons);
    for (let x = x0; x <= x1; x++) selected.fill(1, x * height + y0, x * height + y1 + 1);
    this.#select(selected);
  }

  #toggle(neuron) {
    const selected = this.#selected.slice();
    selected[neuron] = 1 - selected[neuron];
    this.#from = -1;
    this.#select(selected);
  }

  #toggleSegment(rank) {
    const already = this.#buttons[rank].getAttribute("aria-pressed") === "true";
    const { ranks } = this.#model;
    this.#from = -1;
    this.#select(Uint8Array.from(ranks, (other) => !already && other === rank ? 1 : 0));
  }

  #select(selected) {
    this.#selected = selected;
    this.#later(this.#drawSelected);
  }

  #drawSelected = () => {
    const { ranks, neurons } = this.#model;
    this.#map.select(this.#selected);
    const measured = measure(this.#model, this.#selected);
    this.#distributions.show(measured);
    this.#buttons.forEach((button, rank) => {
      const exactly = measured.neurons > 0 &&
        this.#selected.every((is, n) => is === (ranks[n] === rank ? 1 : 0));
      button.setAttribute("aria-pressed", String(exactly));
    });
    this.#clear.disabled = measured.neurons === 0;
    this.#summary.textContent = measured.neurons === 0
      ? `All ${format(this.#model.customers)} customers; select a segment or a region to compare.`
      : `Selected: ${format(measured.neurons)} of ${format(neurons)} neurons, ` +
        `${customersText(this.#model, measured.inside)}, outlined against all others in grey.`;
  };

  /** Once per frame, however often a pointer reports. */
  #later(work) {
    if (this.#waiting.size === 0) {
      requestAnimationFrame(() => {
        const works = [...this.#waiting];
        this.#waiting.clear();
        for (const work of works) work();
      });
    }
    this.#waiting.add(work);
  }
}

feira.enhance("explorer", ({ figure, stage, data }) => {
  const explorer = new Explorer({ figure, data });
  stage.before(explorer.element);
  figure.classList.add("explored");
});
