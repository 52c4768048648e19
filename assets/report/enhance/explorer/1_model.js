// What the explorer knows of a map: the data unpacked, and sums over any of its neurons.
// Neuron (x, y) is at index x * height + y, y upward.
const { unpack } = feira;

/** Of what a wrong number would hang the page with. */
const LARGEST = 1_000_000;
const MOST_BINS = 256;

/** Fails where the figure had better stay a drawing. */
function check(holds, what) {
  if (!holds) throw new RangeError(`Cannot explore a map: ${what}`);
}

/** Levels of 16 bits between their ends; what is nothing beside their span is the steps' rounding. */
function toValues({ lo, hi, levels }, neurons) {
  const span = hi - lo;
  const values = Float64Array.from(unpack(levels, "u16"), (level) => {
    const value = lo + span * level / 65535;
    return Math.abs(value) < span / 10_000 ? 0 : value;
  });
  check(values.length === neurons, `there are ${values.length} values, must be ${neurons}`);
  return values;
}

/** Per neuron its bins that are not empty: those from starts[n] to starts[n + 1]. */
function toHistograms(text, neurons, count) {
  const bytes = unpack(text, "u8");
  let at = 0;
  const next = () => {
    let value = 0;
    for (let shift = 0;; shift += 7) {
      const byte = bytes[at++];
      check(byte !== undefined && shift < 32, "histograms end too early");
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  const [starts, bins, counts] = [new Int32Array(neurons + 1), [], []];
  for (let neuron = 0; neuron < neurons; neuron++) {
    for (let left = next(); left > 0; left--) {
      bins.push(next());
      counts.push(next());
      check(bins.at(-1) < count, `there is no bin ${bins.at(-1)}`);
    }
    starts[neuron + 1] = bins.length;
  }
  return { starts, bins: Uint8Array.from(bins), counts: Uint32Array.from(counts) };
}

function toFeature(feature, neurons, hits) {
  const { count } = feature.bins;
  check(Number.isInteger(count) && count > 0 && count <= MOST_BINS, `${count} bins`);
  const sums = unpack(feature.sums, "f32");
  check(sums.length === neurons, `there are ${sums.length} sums, must be ${neurons}`);
  return {
    ...feature,
    values: toValues(feature.plane, neurons),
    range: feature.plane.range,
    sums,
    means: Float64Array.from(sums, (sum, neuron) => hits[neuron] ? sum / hits[neuron] : NaN),
    histograms: toHistograms(feature.histograms, neurons, count),
  };
}

/** The data of a figure → what the parts of the explorer share. */
function toModel(data) {
  const { width, height, customers, segments } = data;
  const neurons = width * height;
  check(Number.isInteger(neurons) && neurons > 0 && neurons <= LARGEST, `${neurons} neurons`);
  const hits = unpack(data.hits, "u32");
  const ranks = unpack(data.neuronSegments, "u8");
  check(hits.length === neurons && ranks.length === neurons, "a plane is of another size");
  check(ranks.every((rank) => rank < segments.length), "a neuron's segment is not there");
  return {
    width,
    height,
    neurons,
    customers,
    segments,
    hits,
    hitsRange: data.hitsRange,
    ranks,
    uMatrix: { values: toValues(data.uMatrix, neurons), range: data.uMatrix.range },
    palettes: {
      cividis: unpack(data.palettes.cividis, "u8"),
      greys: unpack(data.palettes.greys, "u8"),
    },
    features: data.features.map((feature) => toFeature(feature, neurons, hits)),
  };
}

/** A neuron's neighbours, corners too, with their steps to the right and upward. */
function neighboursOf({ width, height }, neuron) {
  const [x, y] = [Math.floor(neuron / height), neuron % height];
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => ({ dx, dy })))
    .filter(({ dx, dy }) => dx || dy)
    .filter(({ dx, dy }) => x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height)
    .map(({ dx, dy }) => ({ dx, dy, neuron: neuron + dx * height + dy }));
}

/** Distance between two neurons in standard deviations of the customers, over all features. */
function distance({ features }, a, b) {
  const squares = features.map(({ values, sd }) => sd > 0 ? ((values[a] - values[b]) / sd) ** 2 : 0);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
}

/**
 * What the selected neurons' customers are like, and all others: of each
 * feature the mean and how many customers are in each bin.
 */
function measure({ neurons, hits, features }, selected) {
  const customers = [0, 0];
  let count = 0;
  for (let neuron = 0; neuron < neurons; neuron++) {
    customers[1 - selected[neuron]] += hits[neuron];
    count += selected[neuron];
  }
  const measured = features.map(({ sums, bins, histograms: { starts, bins: at, counts } }) => {
    const total = [0, 0];
    const binned = [new Float64Array(bins.count), new Float64Array(bins.count)];
    for (let neuron = 0; neuron < neurons; neuron++) {
      const side = 1 - selected[neuron];
      total[side] += sums[neuron];
      for (let i = starts[neuron]; i < starts[neuron + 1]; i++) binned[side][at[i]] += counts[i];
    }
    const sides = [0, 1].map((side) => ({
      mean: total[side] / customers[side],
      shares: binned[side].map((n) => customers[side] ? n / customers[side] : 0),
    }));
    return { inside: sides[0], outside: sides[1] };
  });
  return { neurons: count, inside: customers[0], outside: customers[1], features: measured };
}

const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const HUNDREDTHS = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const DIGITS = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** A number as the figures write it. */
function format(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const by = Number.isInteger(value) || size >= 1000
    ? WHOLE
    : size >= 100
    ? TENTHS
    : size >= 1
    ? HUNDREDTHS
    : DIGITS;
  return by.format(value).replace("-", "−");
}

feira.explorer = { toModel, neighboursOf, distance, measure, format };
