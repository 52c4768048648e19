import { momentText } from "./_calendar.ts";
import { idMaker } from "./_dice.ts";
import { plainName, zipText } from "./_places.ts";
import { degreesText, drawPoints } from "./_points.ts";
import { drawPurchases, type Purchase } from "./_purchases.ts";
import { makeStock, type Stock } from "./_stock.ts";
import { countDirt, type SyntheticDirt } from "./synthetic_dirt.ts";
import { WARES } from "./_wares.ts";
import type { TableName } from "./contract.ts";
import { TABLES } from "./tables.ts";

/** What decides a synthetic market, to the byte. */
export interface SyntheticSpec {
  /** Number of orders, from 1. */
  readonly orders: number;
  /** Any 32-bit whole number. @default 42 */
  readonly seed?: number;
}

/** One table of a synthetic market. */
export interface SyntheticTable {
  readonly name: TableName;
  /** The file's name, as in the Kaggle archive. */
  readonly file: string;
  /** The file's text in pieces of about 64 KiB; every call begins anew. */
  readonly csv: () => Iterable<string>;
}

/** A made-up marketplace in the shape of the nine files. */
export interface SyntheticMarket {
  readonly orders: number;
  readonly seed: number;
  /** All nine, in the order of `TABLE_NAMES`. */
  readonly tables: readonly SyntheticTable[];
  /** How much of each kind of dirt is in it; goes through all rows. */
  readonly countDirt: () => SyntheticDirt;
}

type Cell = string | number | undefined;

/**
 * Makes up a marketplace: nine tables whose relations are whole, with the
 * distributions, the dependences and the dirt of the Olist dataset at any
 * number of orders. The same orders and seed give the same bytes on every
 * machine.
 *
 * Calibrated to what is published about the dataset (orders by month, statuses,
 * payments, scores, prices, states) and to figures measured on it; holds none
 * of its rows. Categories, comments and ids are its own.
 *
 * Rows are made as they are read: memory grows with the products and sellers
 * (about a third of the orders), not with the rows. Time is linear in orders.
 *
 * @throws {RangeError} when orders is not a whole number from 1 to 10,000,000
 * or the seed is not a 32-bit whole number.
 *
 * @example
 * ```ts
 * import { syntheticMarket } from "feira/olist";
 * import assert from "node:assert/strict";
 *
 * const market = syntheticMarket({ orders: 3, seed: 7 });
 * const orders = market.tables.find((table) => table.name === "orders")!;
 * const lines = [...orders.csv()].join("").trimEnd().split("\n");
 * assert.equal(lines.length, 1 + 3);
 * assert.match(lines[0]!, /^order_id,customer_id,order_status,/);
 * ```
 */
export function syntheticMarket({ orders, seed = 42 }: SyntheticSpec): SyntheticMarket {
  if (!Number.isInteger(orders) || orders < 1 || orders > 10_000_000) {
    throw new RangeError(
      `Cannot make a synthetic market: orders is ${orders}, must be a whole number from 1 to 10,000,000`,
    );
  }
  if (!Number.isInteger(seed) || seed < -(2 ** 31) || seed >= 2 ** 32) {
    throw new RangeError(
      `Cannot make a synthetic market: seed is ${seed}, must be a 32-bit whole number`,
    );
  }
  const stock = makeStock(orders, seed);
  const purchases = () => drawPurchases(orders, { stock, seed });
  const points = () => drawPoints(orders, seed);
  const rows = tableRows({ stock, seed, purchases, points });
  return {
    orders,
    seed,
    tables: TABLES.map(({ name, file, columns }) => {
      return { name, file, csv: () => toCsv(columns.map((column) => column.name), rows[name]()) };
    }),
    countDirt: () => countDirt({ stock, purchases: purchases(), points: points() }),
  };
}

interface Sources {
  readonly stock: Stock;
  readonly seed: number;
  readonly purchases: () => Iterable<Purchase>;
  readonly points: () => ReturnType<typeof drawPoints>;
}

/** For each table, its rows as cells in the contract's order of columns. */
function tableRows(
  { stock, seed, purchases, points }: Sources,
): Record<TableName, () => Iterable<readonly Cell[]>> {
  const [orderId, customerId, personId, productId, sellerId, reviewId] = [1, 2, 3, 4, 5, 6]
    .map((kind) => idMaker(seed, kind)) as [Id, Id, Id, Id, Id, Id];
  const ofPurchases = (toRows: (purchase: Purchase) => Iterable<readonly Cell[]>) =>
    function* () {
      for (const purchase of purchases()) yield* toRows(purchase);
    };
  return {
    product_category_name_translation: () => WARES.map(({ name, english }) => [name, english]),
    customers: ofPurchases(({ index, person, home }) => [[
      customerId(index),
      personId(person),
      zipText(home.zip),
      plainName(home.city.name),
      home.city.state,
    ]]),
    sellers: () =>
      stock.sellers.map(({ zip, city }, index) => [
        sellerId(index),
        zipText(zip),
        plainName(city.name),
        city.state,
      ]),
    products: () =>
      stock.products.map((product) => [
        productId(product.index),
        product.ware?.name,
        // The source knows neither name, text nor photos of products without a category.
        ...(product.ware
          ? [product.nameLength, product.descriptionLength, product.photos]
          : [undefined, undefined, undefined]),
        product.weightGrams,
        ...product.sizeCm,
      ]),
    orders: ofPurchases((order) => [[
      orderId(order.index),
      customerId(order.index),
      order.status,
      momentText(order.purchased),
      maybeMomentText(order.approved),
      maybeMomentText(order.handedOver),
      maybeMomentText(order.delivered),
      momentText(order.estimated),
    ]]),
    order_items: ofPurchases(({ index, items }) =>
      items.map(({ product, shippingLimit, freightCents }, i) => [
        orderId(index),
        i + 1,
        productId(product.index),
        sellerId(product.seller),
        momentText(shippingLimit),
        centsText(product.priceCents),
        centsText(freightCents),
      ])
    ),
    order_payments: ofPurchases(({ index, payments }) =>
      payments.map(({ type, installments, valueCents }, i) => [
        orderId(index),
        i + 1,
        type,
        installments,
        centsText(valueCents),
      ])
    ),
    order_reviews: ofPurchases(({ index, reviews }) =>
      reviews.map((review) => [
        reviewId(review.index),
        orderId(index),
        review.score,
        review.comment.title,
        review.comment.message,
        momentText(review.created),
        momentText(review.answered),
      ])
    ),
    geolocation: function* () {
      for (const { zip, latE6, lngE6, cityName, city } of points()) {
        yield [zipText(zip), degreesText(latE6), degreesText(lngE6), cityName, city.state];
      }
    },
  };
}

type Id = (index: number) => string;

function maybeMomentText(moment: number | undefined): string | undefined {
  return moment === undefined ? undefined : momentText(moment);
}

/** Cents as reais with two decimals. */
function centsText(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

const CHUNK = 65_536;

function* toCsv(header: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
  let text = header.join(",") + "\n";
  for (const row of rows) {
    text += row.map(cellText).join(",") + "\n";
    if (text.length < CHUNK) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

function cellText(cell: Cell): string {
  if (cell === undefined) return "";
  if (typeof cell === "number") return String(cell);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
