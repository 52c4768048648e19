// The map itself, on two canvases: colours, borders and the selection below;
// above, what follows the pointer, so that following it redraws a few pixels.
const { make } = feira;
const { neighboursOf } = feira.explorer;

/** What can be shown on the map: segments, customers, distances, each feature's plane. */
function layersOf({ segments, ranks, hits, hitsRange, uMatrix, features, palettes }) {
  const scale = (values, { lo, hi }, palette) => (neuron) => {
    const part = hi > lo ? (values[neuron] - lo) / (hi - lo) : 0;
    const at = 3 * Math.round(255 * Math.min(1, Math.max(0, part)));
    return palette.subarray(at, at + 3);
  };
  const colors = segments.map(({ color }) => [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16)));
  const { cividis, greys } = palettes;
  return [
    { name: "Segments", colorOf: (neuron) => colors[ranks[neuron]] },
    {
      name: "Customers",
      unit: "customers on the neuron",
      values: hits,
      range: hitsRange,
      palette: cividis,
      colorOf: scale(hits, hitsRange, cividis),
    },
    {
      name: "Distance to neighbours",
      unit: "share of the largest",
      ...uMatrix,
      palette: greys,
      colorOf: scale(uMatrix.values, uMatrix.range, greys),
    },
    ...features.map(({ label, unit, values, range }) => ({
      name: label,
      unit,
      values,
      range,
      palette: cividis,
      colorOf: scale(values, range, cividis),
    })),
  ];
}

/** A canvas of one pixel per neuron. */
function pixels({ width, height }, paint) {
  const canvas = make("canvas", { width, height });
  paint(canvas.getContext("2d"));
  return canvas;
}

class MapView {
  #model;
  #below = make("canvas", { className: "explorer-below" });
  #above = make("canvas", { className: "explorer-above", tabIndex: 0 });
  #layer;
  #selected;
  #drawn = -1;
  /** Side of a neuron's square, device pixels. */
  #cell = 1;

  constructor(model) {
    this.#model = model;
    this.#selected = new Uint8Array(model.neurons);
    this.element = make("div", { className: "explorer-map" }, this.#below, this.#above);
    this.element.style.aspectRatio = `${model.width} / ${model.height}`;
    this.surface = this.#above;
    new ResizeObserver(() => this.#fit()).observe(this.element);
    // Light or dark, as the system or the page's reader has it.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#paint());
    new MutationObserver(() => this.#paint()).observe(document.documentElement, { attributes: true });
  }

  /** The neuron under a pointer; the nearest one where it left the map. */
  neuronAt({ clientX, clientY }) {
    const { left, top, width, height } = this.#above.getBoundingClientRect();
    const { width: across, height: up } = this.#model;
    const at = (part, count) => Math.min(count - 1, Math.max(0, Math.floor(part * count)));
    const x = at((clientX - left) / width, across);
    return x * up + up - 1 - at((clientY - top) / height, up);
  }

  show(layer) {
    this.#layer = layer;
    this.#paint();
  }

  select(selected) {
    this.#selected = selected;
    this.#paint();
  }

  /** Outlines a neuron and its neighbours; none for -1. */
  point(neuron) {
    const context = this.#above.getContext("2d");
    const around = (n, reach) => {
      const { x, y } = this.#place(n);
      const [from, side] = [-reach * this.#cell, (1 + 2 * reach) * this.#cell];
      return [x + from, y + from, side, side];
    };
    if (this.#drawn >= 0) {
      const [x, y, width, height] = around(this.#drawn, 2);
      context.clearRect(x, y, width, height);
    }
    this.#drawn = neuron;
    if (neuron < 0) return;
    const ratio = devicePixelRatio;
    for (const [color, wide] of [["#000", 4], ["#fff", 2]]) {
      context.strokeStyle = color;
      context.lineWidth = wide * ratio;
      context.strokeRect(...around(neuron, 0));
    }
    context.strokeStyle = "#fff";
    context.lineWidth = ratio;
    context.setLineDash([2 * ratio, 2 * ratio]);
    context.strokeRect(...around(neuron, 1));
    context.setLineDash([]);
  }

  #place(neuron) {
    const { height } = this.#model;
    return {
      x: Math.floor(neuron / height) * this.#cell,
      y: (height - 1 - neuron % height) * this.#cell,
    };
  }

  #fit() {
    const { width, height } = this.#model;
    const cell = this.element.clientWidth * devicePixelRatio / width;
    if (cell === 0 || cell === this.#cell) return;
    this.#cell = cell;
    for (const canvas of [this.#below, this.#above]) {
      canvas.width = Math.round(cell * width);
      canvas.height = Math.round(cell * height);
    }
    this.#drawn = -1;
    this.#paint();
  }

  #paint() {
    if (!this.#layer) return;
    const { width, height, neurons } = this.#model;
    const context = this.#below.getContext("2d");
    const size = [0, 0, this.#below.width, this.#below.height];
    context.imageSmoothingEnabled = false;
    const plane = pixels(this.#model, (small) => {
      const image = small.createImageData(width, height);
      for (let neuron = 0; neuron < neurons; neuron++) {
        const row = height - 1 - neuron % height;
        const at = 4 * (row * width + Math.floor(neuron / height));
        image.data.set(this.#layer.colorOf(neuron), at);
        image.data[at + 3] = 255;
      }
      small.putImageData(image, 0, 0);
    });
    context.drawImage(plane, ...size);
    this.#veil(context, size);
    this.#borders(context, (n) => this.#model.ranks[n], [["#000", 3], ["#fff", 1.5]]);
    if (this.#selected.includes(1)) {
      this.#borders(context, (n) => this.#selected[n], [["#fff", 4], ["#000", 2]]);
    }
    this.#badges(context);
  }

  /** Fades what is not selected. */
  #veil(context, size) {
    if (!this.#selected.includes(1)) return;
    const { width, height } = this.#model;
    const veil = pixels(this.#model, (small) => {
      small.fillStyle = getComputedStyle(this.element).getPropertyValue("--paper") || "#fff";
      small.fillRect(0, 0, width, height);
      this.#selected.forEach((is, n) => {
        if (is) small.clearRect(Math.floor(n / height), height - 1 - n % height, 1, 1);
      });
    });
    context.globalAlpha = 0.72;
    context.drawImage(veil, ...size);
    context.globalAlpha = 1;
  }

  /** Lines between neurons that differ. */
  #borders(context, kindOf, strokes) {
    const { width, height, neurons } = this.#model;
    const path = new Path2D();
    for (let n = 0; n < neurons; n++) {
      const { x, y } = this.#place(n);
      const [right, up] = [n + height, n + 1];
      if (Math.floor(n / height) < width - 1 && kindOf(n) !== kindOf(right)) {
        path.moveTo(x + this.#cell, y);
        path.lineTo(x + this.#cell, y + this.#cell);
      }
      if (n % height < height - 1 && kindOf(n) !== kindOf(up)) {
        path.moveTo(x, y);
        path.lineTo(x + this.#cell, y);
      }
    }
    context.lineCap = "square";
    for (const [color, wide] of strokes) {
      context.strokeStyle = color;
      context.lineWidth = wide * devicePixelRatio;
      context.stroke(path);
    }
  }

  #badges(context) {
    const ratio = devicePixelRatio;
    for (const { id, color, ink, at } of this.#model.segments) {
      if (at === null) continue;
      const { x, y } = this.#place(at);
      const [cx, cy] = [x + this.#cell / 2, y + this.#cell / 2];
      context.beginPath();
      context.arc(cx, cy, 11 * ratio, 0, 2 * Math.PI);
      context.fillStyle = color;
      context.fill();
      context.lineWidth = 2.5 * ratio;
      context.strokeStyle = "#fff";
      context.stroke();
      context.fillStyle = ink;
      context.font = `700 ${12 * ratio}px system-ui, sans-serif`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(String(id), cx, cy + ratio / 2);
    }
  }
}

Object.assign(feira.explorer, { layersOf, MapView, neighboursOf });
