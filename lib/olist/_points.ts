import { Dice, mix32 } from "./_dice.ts";
import { CITIES, type City, plainName, zipStep } from "./_places.ts";

/** One observed point of a zip prefix; coordinates in millionths of a degree. */
export interface Point {
  readonly zip: number;
  readonly latE6: number;
  readonly lngE6: number;
  readonly cityName: string;
  readonly city: City;
  /** Whether this row was there before, to the letter. */
  readonly isRepeated: boolean;
  readonly isAbroad: boolean;
}

const POINTS_PER_ORDER = 4;
const MAX_POINTS = 1_000_000;

/** All points of the market in turn, prefix by prefix; some prefixes have none. */
export function* drawPoints(orders: number, seed: number): Generator<Point> {
  const dice = new Dice(seed, 3);
  const step = zipStep(orders);
  const prefixes = CITIES.reduce((sum, city) => sum + countPrefixes(city, step), 0);
  const mean = Math.min(MAX_POINTS, Math.max(2, orders * POINTS_PER_ORDER)) / prefixes;
  const most = Math.min(90, Math.max(1, Math.round(1.55 * mean)));
  for (const city of CITIES) {
    const plain = plainName(city.name);
    for (let zip = city.zips[0]; zip <= city.zips[1]; zip += step) {
      if (dice.chance(0.004)) continue;
      const count = dice.between(1, most);
      for (let k = 0; k < count; k++) {
        const point = drawPoint(dice, { zip, city, plain, k });
        yield point;
        if (dice.chance(0.2)) yield { ...point, isRepeated: true };
      }
    }
  }
}

function countPrefixes({ zips: [first, last] }: City, step: number): number {
  return Math.floor((last - first) / step) + 1;
}

/** The k-th point of a prefix; its last two digits are k, so that only repeats are equal. */
function drawPoint(
  dice: Dice,
  { zip, city, plain, k }: { zip: number; city: City; plain: string; k: number },
): Point {
  const isAbroad = dice.chance(0.0005);
  // Namesakes in Portugal are where the source's points outside Brazil come from.
  const [lat, lng] = isAbroad ? [38.72, -9.14] : [city.lat, city.lng];
  const [north, east] = [mix32(zip) % 1_200 - 600, mix32(zip + 100_000) % 1_200 - 600];
  const at = (degrees: number, offset: number) => {
    return Math.round(degrees * 100) * 10_000 + (offset + dice.between(-40, 40)) * 100;
  };
  return {
    ...{ zip, city, isAbroad, isRepeated: false },
    latE6: at(lat, north) + k,
    lngE6: at(lng, east),
    cityName: dice.chance(0.08) ? city.name.toLowerCase() : plain,
  };
}

/** Millionths of a degree as a decimal number of degrees. */
export function degreesText(e6: number): string {
  const whole = Math.abs(e6);
  const digits = String(whole % 1_000_000).padStart(6, "0");
  return `${e6 < 0 ? "-" : ""}${Math.floor(whole / 1_000_000)}.${digits}`;
}
