import { cumulate, type Curve, type Dice, interpolate } from "./_dice.ts";
import type { PAYMENT_TYPES } from "./tables.ts";

export interface Payment {
  readonly type: typeof PAYMENT_TYPES[number];
  readonly installments: number;
  readonly valueCents: number;
}

/** Probability of a boleto by the order's value in BRL; large sums are paid by card. */
const BOLETO: Curve = [[0, 0.28], [50, 0.235], [100, 0.19], [300, 0.17], [800, 0.145]];

/** Weights of 1 to 10 installments and of more, for values up to the limit in BRL. */
const INSTALLMENTS: readonly (readonly [limitBrl: number, cumulated: Float64Array])[] = [
  [30, cumulate([78, 22])],
  [60, cumulate([52, 14, 15, 11, 8])],
  [100, cumulate([40, 16, 16, 7, 5, 7, 3.5, 4, 1.5])],
  [200, cumulate([22, 22, 16, 9.5, 8.5, 5.5, 2.5, 5, 0.5, 8, 0.5])],
  [400, cumulate([14, 10, 15, 15, 10, 6, 2, 12.5, 0.5, 14, 1])],
  [800, cumulate([10, 5.5, 7.5, 5, 6.5, 14.5, 3, 19, 2, 26, 1])],
  [Infinity, cumulate([7, 5, 6, 5, 3.5, 5.5, 2, 16.5, 4, 44, 1.5])],
];

const MORE_THAN_TEN = [12, 12, 12, 15, 15, 18, 20, 24];

/** How an order's value is paid; the payments add up to it to the cent. */
export function drawPayments(dice: Dice, cents: number): readonly Payment[] {
  if (dice.chance(interpolate(BOLETO, cents / 100))) return [once("boleto", cents)];
  if (dice.chance(0.0195)) return [once("debit_card", cents)];
  if (dice.chance(0.021)) return drawVouchers(dice, cents);
  if (!dice.chance(0.029)) return [drawCard(dice, cents)];
  const vouchersCents = Math.floor(cents * (0.1 + 0.6 * dice.next()));
  if (vouchersCents < 1 || vouchersCents >= cents) return [drawCard(dice, cents)];
  return [drawCard(dice, cents - vouchersCents), ...drawVouchers(dice, vouchersCents)];
}

function once(type: Payment["type"], valueCents: number): Payment {
  return { type, installments: 1, valueCents };
}

function drawCard(dice: Dice, valueCents: number): Payment {
  const [, cumulated] = INSTALLMENTS.find(([limit]) => valueCents / 100 < limit)!;
  const drawn = 1 + dice.index(cumulated);
  const installments = drawn > 10 ? dice.pick(MORE_THAN_TEN) : drawn;
  return { type: "credit_card", installments, valueCents };
}

/** Splits a sum over one voucher or, more rarely, several. */
function drawVouchers(dice: Dice, cents: number): readonly Payment[] {
  const vouchers: Payment[] = [];
  let left = cents;
  while (left > 200 && vouchers.length < 25 && dice.chance(0.34)) {
    const part = Math.floor(left * (0.2 + 0.5 * dice.next()));
    vouchers.push(once("voucher", part));
    left -= part;
  }
  return [...vouchers, once("voucher", left)];
}
