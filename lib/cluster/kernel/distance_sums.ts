/**
 * Sums of euclidean distances from rows to clusters of rows, for silhouettes.
 *
 * Points lie in blocks of four rows, column by column: row r and column d of block b stand at
 * `(b * cols + d) * 32 + r * 8`. Rows are sorted by cluster; a cluster starts with a block of its
 * own, and its last block is padded.
 *
 * A distance is taken by products: d²/2 = |x|²/2 + |y|²/2 - x·y, two thirds of the work of
 * differences. Where d² is small against the norms the terms cancel, so four by four pairs of
 * which one falls below `near` times the norms are done again by differences, on the rows as they
 * came; so are blocks that hold padding. All sums are √2 too small, which a ratio such as the
 * silhouette does not see.
 */

/** Where the arrays of a set of points begin. */
@unmanaged
class Points {
  /**
   * Rows less the columns' means, so that norms, and with them what cancels, are least; a column
   * that counts n times is √n times as long.
   */
  centred!: usize;
  /** Rows as they came. */
  plain!: usize;
  /** Half the squared norm of each centred row; negative for padding. */
  halfNorms!: usize;
  /** The greatest half norm of each block; infinite for one that holds padding. */
  blockNorms!: usize;
}

/** A run of blocks of one cluster; may be empty. Of them only the last can hold padding. */
@unmanaged
class Tile {
  from!: i32;
  /** One past the last block without padding. */
  whole!: i32;
  /** One past the last block. */
  to!: i32;
  cluster!: i32;
}

/** What a computation works on: written by the host, in this order. */
@unmanaged
class Plan {
  near!: f64;
  /** Points: the rows whose sums are wanted. */
  asking!: usize;
  /** Points: the rows that they are compared with. */
  points!: usize;
  /** Tile[tileCount] */
  tiles!: usize;
  tileCount!: i32;
  /** float64 [clusters × rows of sumBlocks blocks] */
  sums!: usize;
  sumBlocks!: i32;
  /** PAIRS bytes for each thread. */
  scratch!: usize;
  cols!: i32;
  /** float64 [cols]: how often a column counts. */
  times!: usize;
}

/** Bytes of four float64: a column of a block, or a value for each of its rows. */
const FOUR: usize = 32;
/** Bytes of the sixteen squared distances of two blocks. */
const PAIRS: usize = 128;

/**
 * Adds the distances between the rows of two tiles to the sums of both.
 *
 * Round r of a round robin of an odd number of tiles: task t takes tiles r + t and r - t, so that
 * a round touches a tile once. Every sum grows in the same order, whichever thread does what.
 */
export function addRound(task: i32, thread: i32, round: i32, plan: Plan): void {
  const count = plan.tileCount;
  const one = tileAt(plan, (round + task) % count);
  const other = tileAt(plan, (round - task + count) % count);
  const own = sumsOf(plan, other);
  const others = sumsOf(plan, one);
  for (let i = one.from; i < one.to; i++) {
    if (task === 0) addNear(plan, i, own, i, others);
    addBlock(plan, thread, i, own, task === 0 ? i + 1 : other.from, other, others);
  }
}

/**
 * Adds the distances of the asking rows in blocks `first`..`last` (exclusive) to the rows of all
 * tiles, `group` blocks a task. The sums are of those blocks alone.
 */
export function addAll(
  task: i32,
  thread: i32,
  first: i32,
  last: i32,
  group: i32,
  plan: Plan,
): void {
  const from = first + task * group;
  const to = min(from + group, last);
  for (let t = 0; t < plan.tileCount; t++) {
    const tile = tileAt(plan, t);
    // As if the sums began at block 0, for blocks keep their numbers.
    const own = sumsOf(plan, tile) - usize(first) * FOUR;
    for (let i = from; i < to; i++) {
      addBlock(plan, thread, i, own, tile.from, tile, 0);
    }
  }
}

/** Adds the distances of the asking rows of block i to those of a tile's blocks from `from` on. */
function addBlock(
  plan: Plan,
  thread: i32,
  i: i32,
  own: usize,
  from: i32,
  tile: Tile,
  others: usize,
): void {
  let j = from;
  // Padding in block i itself leaves nothing to products either.
  if (load<f64>(changetype<Points>(plan.asking).blockNorms + (usize(i) << 3)) < Infinity && from < tile.whole) {
    addProducts(plan, thread, i, own, from, tile.whole, others);
    j = tile.whole;
  }
  for (; j < tile.to; j++) addNear(plan, i, own, j, others);
}

/**
 * Adds the distances of the four asking rows of block i to those of the blocks `from`..`to`
 * (exclusive), all of them without padding.
 *
 * Square roots are slow, and stand apart from the rest of the processor: those of one block are
 * taken while the products of the next are added up, so the loop runs one block behind.
 *
 * @param own sums of the asking rows
 * @param others sums of the other rows, or 0 where they are not wanted
 */
function addProducts(
  plan: Plan,
  thread: i32,
  i: i32,
  own: usize,
  from: i32,
  to: i32,
  others: usize,
): void {
  const asking = changetype<Points>(plan.asking);
  const points = changetype<Points>(plan.points);
  const near = plan.near;
  const step = usize(plan.cols) * FOUR;
  const pairs = plan.scratch + usize(thread) * PAIRS;
  const x = asking.centred + usize(i) * step;
  const norms = asking.halfNorms + usize(i) * FOUR;
  const norm = load<f64>(asking.blockNorms + (usize(i) << 3));
  let sum0 = f64x2.splat(0), sum1 = f64x2.splat(0), sum2 = f64x2.splat(0), sum3 = f64x2.splat(0);
  clear(pairs);
  for (let j = from; j <= to; j++) {
    // A turn more than there are blocks, for the roots of the last: what it adds up is not used.
    const block = usize(j < to ? j : from);
    let y = points.centred + block * step;
    const at = points.halfNorms + block * FOUR;
    let y0 = v128.load(at);
    let y1 = v128.load(at, 16);
    let v = v128.load64_splat(norms);
    let a00 = f64x2.add(v, y0), a01 = f64x2.add(v, y1);
    v = v128.load64_splat(norms, 8);
    let a10 = f64x2.add(v, y0), a11 = f64x2.add(v, y1);
    v = v128.load64_splat(norms, 16);
    let a20 = f64x2.add(v, y0), a21 = f64x2.add(v, y1);
    v = v128.load64_splat(norms, 24);
    let a30 = f64x2.add(v, y0), a31 = f64x2.add(v, y1);
    let root = pairs;
    for (let p = x; p < x + step; p += FOUR, y += FOUR) {
      if (root < pairs + PAIRS) root = takeRoot(root);
      y0 = v128.load(y);
      y1 = v128.load(y, 16);
      v = v128.load64_splat(p);
      a00 = f64x2.sub(a00, f64x2.mul(v, y0));
      a01 = f64x2.sub(a01, f64x2.mul(v, y1));
      v = v128.load64_splat(p, 8);
      a10 = f64x2.sub(a10, f64x2.mul(v, y0));
      a11 = f64x2.sub(a11, f64x2.mul(v, y1));
      v = v128.load64_splat(p, 16);
      a20 = f64x2.sub(a20, f64x2.mul(v, y0));
      a21 = f64x2.sub(a21, f64x2.mul(v, y1));
      v = v128.load64_splat(p, 24);
      a30 = f64x2.sub(a30, f64x2.mul(v, y0));
      a31 = f64x2.sub(a31, f64x2.mul(v, y1));
    }
    while (root < pairs + PAIRS) root = takeRoot(root);

    const s00 = v128.load(pairs), s01 = v128.load(pairs, 16);
    const s10 = v128.load(pairs, 32), s11 = v128.load(pairs, 48);
    const s20 = v128.load(pairs, 64), s21 = v128.load(pairs, 80);
    const s30 = v128.load(pairs, 96), s31 = v128.load(pairs, 112);
    sum0 = f64x2.add(sum0, f64x2.add(s00, s01));
    sum1 = f64x2.add(sum1, f64x2.add(s10, s11));
    sum2 = f64x2.add(sum2, f64x2.add(s20, s21));
    sum3 = f64x2.add(sum3, f64x2.add(s30, s31));
    if (others !== 0 && j > from) {
      const before = others + usize(j - 1) * FOUR;
      const low = f64x2.add(f64x2.add(s00, s10), f64x2.add(s20, s30));
      const high = f64x2.add(f64x2.add(s01, s11), f64x2.add(s21, s31));
      v128.store(before, f64x2.add(v128.load(before), low));
      v128.store(before, f64x2.add(v128.load(before, 16), high), 16);
    }
    if (j === to) break;

    const least = f64x2.pmin(
      f64x2.pmin(f64x2.pmin(a00, a01), f64x2.pmin(a10, a11)),
      f64x2.pmin(f64x2.pmin(a20, a21), f64x2.pmin(a30, a31)),
    );
    const bound = near * (norm + load<f64>(points.blockNorms + (block << 3)));
    if (v128.any_true(f64x2.lt(least, f64x2.splat(bound)))) {
      addNear(plan, i, own, j, others);
      clear(pairs);
      continue;
    }
    v128.store(pairs, a00);
    v128.store(pairs, a01, 16);
    v128.store(pairs, a10, 32);
    v128.store(pairs, a11, 48);
    v128.store(pairs, a20, 64);
    v128.store(pairs, a21, 80);
    v128.store(pairs, a30, 96);
    v128.store(pairs, a31, 112);
  }
  const sums = own + usize(i) * FOUR;
  addLanes(sums, sum0);
  addLanes(sums + 8, sum1);
  addLanes(sums + 16, sum2);
  addLanes(sums + 24, sum3);
}

/**
 * Adds the distances of two blocks by differences, padding left out. Where other rows take sums
 * too and the block is the same, each pair counts once.
 */
function addNear(plan: Plan, i: i32, own: usize, j: i32, others: usize): void {
  const asking = changetype<Points>(plan.asking);
  const points = changetype<Points>(plan.points);
  const step = usize(plan.cols) * FOUR;
  const isOnce = others !== 0 && i === j;
  for (let r: usize = 0; r < FOUR; r += 8) {
    const row = usize(i) * FOUR + r;
    if (load<f64>(asking.halfNorms + row) < 0) break;
    for (let c: usize = isOnce ? r + 8 : 0; c < FOUR; c += 8) {
      const other = usize(j) * FOUR + c;
      if (load<f64>(points.halfNorms + other) < 0) break;
      let x = asking.plain + usize(i) * step + r;
      let y = points.plain + usize(j) * step + c;
      let squared = 0.0;
      for (let d = 0; d < plan.cols; d++, x += FOUR, y += FOUR) {
        const difference = load<f64>(x) - load<f64>(y);
        squared += load<f64>(plan.times + (usize(d) << 3)) * difference * difference;
      }
      const distance = sqrt(0.5 * squared);
      store<f64>(own + row, load<f64>(own + row) + distance);
      if (others !== 0) store<f64>(others + other, load<f64>(others + other) + distance);
    }
  }
}

@inline
function tileAt(plan: Plan, index: i32): Tile {
  return changetype<Tile>(plan.tiles + usize(index) * offsetof<Tile>());
}

/** The sums of distances to a tile's cluster. */
@inline
function sumsOf(plan: Plan, tile: Tile): usize {
  return plan.sums + usize(tile.cluster) * usize(plan.sumBlocks) * FOUR;
}

/** @returns where the next two stand */
@inline
function takeRoot(at: usize): usize {
  v128.store(at, f64x2.sqrt(v128.load(at)));
  return at + 16;
}

@inline
function clear(pairs: usize): void {
  for (let at = pairs; at < pairs + PAIRS; at += 16) v128.store(at, f64x2.splat(0));
}

@inline
function addLanes(at: usize, sum: v128): void {
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)));
}
