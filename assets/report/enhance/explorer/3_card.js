// What one neuron is like: its customers, its profile, its neighbours.
const { make } = feira;
const { distance, format, neighboursOf } = feira.explorer;

const SVG = "http://www.w3.org/2000/svg";
/** Standard deviations from the middle of a bar to its end. */
const REACH = 3;
const [WIDE, HALF] = [96, 44];

function draw(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** From the middle by so many standard deviations, px; never beyond the end. */
const reachOf = (z) => Math.min(1, Math.max(-1, z / REACH)) * HALF;

function makeRow({ label, unit, mean, sd, values, means }) {
  const [own, customers] = [make("td", { className: "n" }), make("td", { className: "n" })];
  const bar = draw("path", { class: "explorer-bar" });
  const range = draw("path", { class: "explorer-range" });
  const scale = draw("svg", { viewBox: `0 0 ${WIDE} 16`, width: WIDE, height: 16, "aria-hidden": true },
    draw("path", { class: "explorer-zero", d: `M${WIDE / 2} 0v16` }), bar, range);
  const name = make("th", { scope: "row" }, label);
  if (unit) name.append(" ", make("small", { textContent: unit }));
  const zOf = (neuron) => sd > 0 ? (values[neuron] - mean) / sd : 0;
  return {
    element: make("tr", {}, name, own, customers, make("td", { className: "explorer-scale" }, scale)),
    show(neuron, around, color) {
      own.textContent = format(values[neuron]);
      customers.textContent = format(means[neuron]);
      bar.setAttribute("d", `M${WIDE / 2} 3h${reachOf(zOf(neuron))}v10H${WIDE / 2}z`);
      bar.setAttribute("fill", color);
      const ends = around.map(({ neuron }) => WIDE / 2 + reachOf(zOf(neuron)));
      range.setAttribute("d", ends.length ? `M${Math.min(...ends)} 8H${Math.max(...ends) + 0.5}` : "");
    },
  };
}

/** The neuron among its neighbours as they lie on the map: customers, and how far each is. */
function makeNeighbours(model) {
  const cells = new Map();
  const grid = make("div", { className: "explorer-near" });
  for (const dy of [1, 0, -1]) {
    for (const dx of [-1, 0, 1]) {
      const cell = make("div", {}, make("b", {}), make("small", {}));
      cells.set(`${dx} ${dy}`, cell);
      grid.append(cell);
    }
  }
  const set = (cell, count, note, color) => {
    cell.firstChild.textContent = count;
    cell.lastChild.textContent = note;
    cell.style.borderColor = color;
  };
  return {
    element: grid,
    show(neuron, around, colorOf) {
      for (const cell of cells.values()) set(cell, "", "", "transparent");
      for (const { dx, dy, neuron: other } of around) {
        const away = distance(model, neuron, other).toFixed(2);
        set(cells.get(`${dx} ${dy}`), format(model.hits[other]), away, colorOf(other));
      }
      set(cells.get("0 0"), format(model.hits[neuron]), "here", colorOf(neuron));
    },
  };
}

/** The panel beside the map, and the neighbours, which go below it. */
function makeCard(model) {
  const title = make("p", { className: "explorer-title" });
  const badge = make("span", { className: "explorer-badge" });
  const segment = make("span", {});
  const facts = make("p", { className: "explorer-quiet" });
  const near = makeNeighbours(model);
  const rows = model.features.map(makeRow);
  const head = make("thead", {}, make("tr", {},
    make("th", { scope: "col", textContent: "Feature" }),
    make("th", { scope: "col", className: "n", textContent: "Neuron" }),
    make("th", { scope: "col", className: "n", textContent: "Its customers" }),
    make("th", { scope: "col", textContent: `±${REACH} SD` })));
  const colorOf = (neuron) => model.segments[model.ranks[neuron]].color;
  const element = make("div", { className: "explorer-card" },
    title,
    make("p", { className: "explorer-of" }, badge, segment),
    facts,
    make("table", {}, head, make("tbody", {}, ...rows.map(({ element }) => element))),
    make("p", {
      className: "explorer-quiet",
      textContent: "Bar: the neuron against the mean of all customers, in their standard deviations (SD); " +
        "thin line: from its lowest neighbour to its highest.",
    }));
  const neighbours = make("div", { className: "explorer-neighbours" },
    near.element,
    make("p", {
      className: "explorer-quiet",
      textContent: "The neuron and its neighbours: customers, and how far each is, in SD over all features.",
    }));
  return {
    element,
    neighbours,
    show(neuron) {
      const { id, name, color, ink } = model.segments[model.ranks[neuron]];
      const around = neighboursOf(model, neuron);
      title.textContent = `Neuron ${Math.floor(neuron / model.height)}, ${neuron % model.height}: ` +
        customersText(model, model.hits[neuron]);
      badge.textContent = id;
      badge.style.background = color;
      badge.style.color = ink;
      segment.textContent = name;
      facts.textContent =
        `Distance to its neighbours ${format(model.uMatrix.values[neuron])} of the map's largest.`;
      rows.forEach((row) => row.show(neuron, around, color));
      near.show(neuron, around, colorOf);
    },
  };
}

/** "31 customers (0.4%)", "1 customer (<0.1%)", "no customers". */
function customersText({ customers: all }, count) {
  if (count === 0) return "no customers";
  const percent = 100 * count / all;
  const share = percent < 0.05 ? "<0.1" : percent.toFixed(1);
  return `${format(count)} customer${count === 1 ? "" : "s"} (${share}%)`;
}

Object.assign(feira.explorer, { makeCard, customersText, draw });
