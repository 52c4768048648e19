import { cumulate, type Curve, Dice, interpolate } from "./_dice.ts";
import { drawPlace, type Place, zipStep } from "./_places.ts";
import { type Ware, WARES } from "./_wares.ts";

export interface Product {
  readonly index: number;
  /** Missing for the few products that the source leaves without one. */
  readonly ware?: Ware;
  readonly seller: number;
  readonly priceCents: number;
  readonly weightGrams: number;
  readonly sizeCm: readonly [length: number, height: number, width: number];
  readonly nameLength: number;
  readonly descriptionLength: number;
  readonly photos: number;
}

/** What is for sale, and who sells it. */
export interface Stock {
  readonly products: readonly Product[];
  readonly sellers: readonly Place[];
}

/** Price over the category's median. */
const PRICE_SPREAD: Curve = [
  ...[[0, 0.07], [0.01, 0.16], [0.05, 0.27], [0.1, 0.36], [0.25, 0.57], [0.5, 1]] as const,
  ...[[0.75, 1.65], [0.9, 2.7], [0.95, 3.5], [0.965, 4.2], [0.98, 7], [0.99, 10]] as const,
  ...[[0.997, 14], [1, 24]] as const,
];

/** Steps of the golden ratio's fraction fill 0 to 1 evenly, so that small markets have dear things too. */
const GOLDEN = 0.6180339887498949;

/**
 * From category and spread to the price: few things cost some hundreds, for
 * marketplaces sell small things and, apart from them, dear ones.
 */
const PRICE_BRL: Curve = [
  ...[[0, 0], [280, 280], [450, 720], [900, 1_200], [2_000, 1_700], [9_000, 3_900]] as const,
];

/** Weight in grams of a product of ordinary heaviness. */
const WEIGHT_GRAMS: Curve = [
  ...[[0, 50], [0.05, 110], [0.25, 260], [0.5, 520], [0.75, 1_200], [0.95, 4_500], [1, 12_000]],
] as [number, number][];

const LENGTH_CM: Curve = [[0, 10], [0.05, 16], [0.5, 24], [0.95, 60], [1, 105]];
const HEIGHT_CM: Curve = [[0, 2], [0.05, 3], [0.5, 12], [0.95, 42], [1, 100]];
const WIDTH_CM: Curve = [[0, 8], [0.05, 11], [0.5, 19], [0.95, 45], [1, 100]];
const NAME_LENGTH: Curve = [[0, 6], [0.05, 29], [0.5, 51], [0.95, 60], [1, 63]];
const DESCRIPTION_LENGTH: Curve = [[0, 20], [0.05, 150], [0.5, 605], [0.95, 2_150], [1, 3_990]];
const PHOTOS: Curve = [[0, 1], [0.5, 1], [0.68, 2], [0.8, 3], [0.95, 6], [1, 14]];

/** Last two digits of a price: 90, 99, 00, or any. */
const ENDINGS = cumulate([36, 19, 28, 17]);

const WARE_WEIGHTS = cumulate(WARES.map(({ weight }) => weight));
const MAX_WEIGHT_GRAMS = 40_000;

/** About as many products and sellers for the orders as in the published dataset. */
export function makeStock(orders: number, seed: number): Stock {
  const dice = new Dice(seed, 1);
  const step = zipStep(orders);
  const sellers = Array.from({ length: 5 + Math.round(orders * 0.031) }, () => {
    return drawPlace(dice, "seller", step);
  });
  const start = dice.next();
  const products = Array.from({ length: 20 + Math.round(orders * 0.331) }, (_, index) => {
    return drawProduct(dice, { index, sellers: sellers.length, start });
  });
  return { products, sellers };
}

function drawProduct(
  dice: Dice,
  { index, sellers, start }: { index: number; sellers: number; start: number },
): Product {
  const ware = WARES[dice.index(WARE_WEIGHTS)]!;
  const isNamed = !dice.chance(0.0185);
  const weight = dice.along(WEIGHT_GRAMS) * ware.heaviness;
  // Few sellers have most of the products.
  const share = dice.next();
  return {
    index,
    ...(isNamed ? { ware } : {}),
    seller: Math.floor(sellers * share * share * (0.2 + 0.8 * share)),
    priceCents: drawPriceCents(dice, {
      medianBrl: ware.priceBrl,
      rank: (index * GOLDEN + start) % 1,
    }),
    weightGrams: Math.min(MAX_WEIGHT_GRAMS, roundWeight(weight)),
    sizeCm: [
      Math.round(dice.along(LENGTH_CM)),
      Math.round(dice.along(HEIGHT_CM)),
      Math.round(dice.along(WIDTH_CM)),
    ],
    nameLength: Math.round(dice.along(NAME_LENGTH)),
    descriptionLength: Math.round(dice.along(DESCRIPTION_LENGTH)),
    photos: Math.floor(dice.along(PHOTOS)),
  };
}

function drawPriceCents(
  dice: Dice,
  { medianBrl, rank }: { medianBrl: number; rank: number },
): number {
  const brl = Math.floor(interpolate(PRICE_BRL, medianBrl * interpolate(PRICE_SPREAD, rank)));
  const cents = [90, 99, 0, dice.below(100)][dice.index(ENDINGS)]!;
  return Math.max(85, brl * 100 + cents);
}

/** Weights are told in steps of 50 g, but for light things. */
function roundWeight(grams: number): number {
  return grams < 200 ? Math.round(grams) : 50 * Math.round(grams / 50);
}
