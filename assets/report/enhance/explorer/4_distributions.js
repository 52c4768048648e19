// How the selected customers differ from all others, feature by feature.
const { make } = feira;
const { draw, format } = feira.explorer;

const [WIDTH, TOP, FLOOR, HEIGHT] = [220, 4, 62, 80];
/** How wide a letter of a tick is at most, px. */
const LETTER = 12;

/** Steps over the bins, closed down to the floor when filled. */
function toPath(shares, most, closed) {
  const step = WIDTH / shares.length;
  const y = (share) => (FLOOR - (FLOOR - TOP) * share / most).toFixed(1);
  let path = closed ? `M0 ${FLOOR}` : `M0 ${y(shares[0])}`;
  shares.forEach((share, bin) => path += `V${y(share)}H${((bin + 1) * step).toFixed(1)}`);
  return closed ? `${path}V${FLOOR}z` : path;
}

function makeOne({ label, unit, sd, bins }) {
  const [rest, selected] = [draw("path", { class: "explorer-rest" }), draw("path", { class: "explorer-own" })];
  let last = -Infinity;
  const ticks = bins.ticks.flatMap(({ at, text }) => {
    const x = WIDTH * (at - bins.lo) / (bins.hi - bins.lo);
    if (x - last < 4 + LETTER * text.length) return [];
    last = x;
    const anchor = x < 14 ? "start" : x > WIDTH - 14 ? "end" : "middle";
    return draw("text", { x, y: HEIGHT - 4, "text-anchor": anchor }, text);
  });
  const chart = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" },
    rest, selected, draw("path", { class: "explorer-zero", d: `M0 ${FLOOR}h${WIDTH}` }), ...ticks);
  const name = make("p", {}, make("b", { textContent: label }), " ",
    make("small", { textContent: [unit, bins.log && "log axis"].filter(Boolean).join(", ") }));
  const text = make("p", { className: "explorer-quiet" });
  return {
    element: make("div", {}, name, chart, text),
    show({ inside, outside }, isPart) {
      const most = Math.max(...inside.shares, ...outside.shares, 1e-9);
      rest.setAttribute("d", toPath(outside.shares, most, true));
      selected.setAttribute("d", isPart ? toPath(inside.shares, most, false) : "");
      const apart = sd > 0 ? (inside.mean - outside.mean) / sd : 0;
      const sign = apart < 0 ? "−" : "+";
      text.textContent = !isPart
        ? `mean ${format(outside.mean)}`
        : Number.isFinite(apart)
        ? `mean ${format(inside.mean)} against ${format(outside.mean)} (${sign}${Math.abs(apart).toFixed(1)} SD)`
        : `mean ${format(inside.mean)}`;
      chart.setAttribute("aria-label", `${label}: ${text.textContent}`);
    },
  };
}

/** A small histogram per feature. */
function makeDistributions({ features }) {
  const charts = features.map(makeOne);
  return {
    element: make("div", { className: "explorer-features" }, ...charts.map(({ element }) => element)),
    show(measured) {
      const isPart = measured.inside > 0;
      charts.forEach((chart, i) => chart.show(measured.features[i], isPart));
    },
  };
}

Object.assign(feira.explorer, { makeDistributions });
