// Component planes: the neuron under the pointer is marked on every plane,
// with its value there in place of the unit.
const { make, unpack } = feira;

const SVG = "http://www.w3.org/2000/svg";
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function draw(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

/** At most 80 × 40 neurons lie on 260 px: the mark is larger than the neuron, and hollow. */
const MARK = 5;
/** Widths of a letter, px, bold and plain: measuring the text itself would cost a layout per plane. */
const [WIDEST, WIDE] = [8.2, 7.2];

function toPlane({ label, unit, lo, hi, levels, scale }, drawing, i) {
  const frame = drawing.querySelector(`[data-plane="${i}"]`);
  const note = drawing.querySelector(`[data-plane-note="${i}"]`);
  const bar = drawing.querySelector(`[data-plane-scale="${i}"]`);
  const box = ["x", "y", "width", "height"].map((name) => Number(frame.getAttribute(name)));
  const mark = draw("g", { visibility: "hidden", fill: "none" });
  for (const [stroke, wide] of [["#000", 4], ["#fff", 2]]) {
    mark.append(draw("rect", { x: -MARK, y: -MARK, width: 2 * MARK, height: 2 * MARK, stroke, "stroke-width": wide }));
  }
  frame.parentNode.append(mark);
  const arrow = draw("path", { visibility: "hidden", d: "M-4.5 -6h9L0 0z", fill: "#1b1e23" });
  bar?.parentNode.append(arrow);
  const [plain, quiet] = [note.textContent, note.getAttribute("fill")];
  const values = unpack(levels, "u16");
  const digits = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
  const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
  const textOf = (neuron) => {
    const exact = lo + (hi - lo) * values[neuron] / 65535;
    // What is nothing beside the span is the steps' rounding.
    const value = Math.abs(exact) < (hi - lo) / 10_000 ? 0 : exact;
    const text = (Math.abs(value) >= 100 ? whole : digits).format(value).replace("-", "−");
    return { text, full: unit ? `${text} ${text === "1" ? unit.replace(/s$/, "") : unit}` : text };
  };
  // Beside the name, or on a line of its own.
  const beside = note.getAttribute("text-anchor") === "end";
  const room = (box[2] - (beside ? label.length * WIDEST + 10 : 0)) / WIDE;
  return {
    box,
    frame,
    said: (neuron) => `${label} ${textOf(neuron).full}`,
    show(neuron, right, up) {
      const [x, y, width, height] = box;
      mark.setAttribute("transform", `translate(${x + width * right} ${y + height * (1 - up)})`);
      mark.setAttribute("visibility", "visible");
      const { text, full } = textOf(neuron);
      note.textContent = full.length <= room ? full : text;
      note.setAttribute("fill", "#1b1e23");
      if (!bar) return;
      const value = lo + (hi - lo) * values[neuron] / 65535;
      const part = Math.min(1, Math.max(0, (value - scale.lo) / (scale.hi - scale.lo)));
      arrow.setAttribute("transform", `translate(${Number(bar.getAttribute("width")) * part} 0)`);
      arrow.setAttribute("visibility", "visible");
    },
    hide() {
      for (const element of [mark, arrow]) element.setAttribute("visibility", "hidden");
      note.textContent = plain;
      note.setAttribute("fill", quiet);
    },
  };
}

feira.enhance("planes", ({ stage, data: { width, height, planes } }) => {
  // The drawing for a desk and the one for a phone; only one of them is seen.
  const drawings = [...stage.querySelectorAll("svg")];
  const parts = drawings.flatMap((drawing) => planes.map((plane, i) => toPlane(plane, drawing, i)));
  const hint = "Point at a neuron to see its value on every plane; or focus this line and use the arrow keys.";
  const said = make("p", { className: "planes-said", tabIndex: 0, textContent: hint });
  said.setAttribute("role", "application");
  said.setAttribute("aria-label", `Values of one neuron of ${width} by ${height}; arrow keys move`);
  const spoken = make("p", { className: "planes-spoken", role: "status" });
  stage.before(said, spoken);
  let [at, waiting] = [Math.floor(width / 2) * height + Math.floor(height / 2), false];

  const paint = () => {
    waiting = false;
    if (at < 0) {
      for (const part of parts) part.hide();
      said.textContent = hint;
      return;
    }
    const [x, y] = [Math.floor(at / height), at % height];
    for (const part of parts) part.show(at, (x + 0.5) / width, (y + 0.5) / height);
    said.textContent = `Neuron ${x}, ${y}`;
  };
  const show = (neuron) => {
    at = neuron;
    if (!waiting) requestAnimationFrame(paint);
    waiting = true;
  };

  stage.addEventListener("pointermove", ({ clientX, clientY }) => {
    for (const { frame } of parts) {
      const { left, top, right, bottom } = frame.getBoundingClientRect();
      if (clientX < left || clientX >= right || clientY < top || clientY >= bottom) continue;
      const x = Math.floor((clientX - left) / (right - left) * width);
      const y = height - 1 - Math.floor((clientY - top) / (bottom - top) * height);
      show(x * height + y);
      return;
    }
  });
  stage.addEventListener("pointerleave", () => show(-1));
  let last = at;
  said.addEventListener("focus", () => show(last));
  said.addEventListener("blur", () => show(-1));
  said.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = [Math.floor(last / height) + step[0], last % height + step[1]];
    if (x < 0 || x >= width || y < 0 || y >= height) return;
    last = x * height + y;
    spoken.textContent = `Neuron ${x}, ${y}: ${parts.slice(0, planes.length).map((part) => part.said(last)).join("; ")}`;
    show(last);
  });
});
