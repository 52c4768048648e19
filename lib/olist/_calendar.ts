import { cumulate, type Curve, type Dice } from "./_dice.ts";

export const HOUR = 3_600;
export const DAY = 24 * HOUR;

/** Seconds from 1970-01-01 00:00:00 on the clock of the wall; there are no time zones here. */
export type Moment = number;

const FIRST_DAY = Date.UTC(2016, 8, 4) / 1_000 / DAY;
const LAST_DAY = Date.UTC(2018, 9, 17) / 1_000 / DAY;
/** Orders after this day are leftovers, none of which is delivered. */
const LAST_WHOLE_DAY = Date.UTC(2018, 7, 29) / 1_000 / DAY;
const BLACK_FRIDAY = Date.UTC(2017, 10, 24) / 1_000 / DAY;

/** Orders per month in the published dataset, from 2016-09 to 2018-10. */
const MONTHS = [
  ...[4, 324, 0, 1],
  ...[800, 1780, 2682, 2404, 3700, 3245, 4026, 4331, 4285, 4631, 7544, 5673],
  ...[7269, 6728, 7211, 6939, 6873, 6167, 6292, 6512, 16, 4],
];

/** Orders by weekday, from Sunday. */
const WEEKDAYS = [12, 16.3, 16.1, 15.6, 14.8, 14.2, 10.9];

/** Orders by hour of the day. */
const HOURS = cumulate([
  ...[24, 12, 5, 3, 2, 2, 5, 12, 30, 48, 62, 66, 60, 65, 66, 65, 67, 62, 58, 60, 62, 62, 58, 41],
]);

/** How many ordinary days of its month a day is worth. */
function dayFactor(day: number): number {
  const after = day - BLACK_FRIDAY;
  if (after === 0) return 5.2;
  // August 2018 ends with its 29th; what comes after are single orders.
  if (day > LAST_WHOLE_DAY && day < LAST_WHOLE_DAY + 3) return 0.01;
  return after > 0 && after < 5 ? 2.3 - 0.3 * after : 1;
}

const DAYS = cumulate(
  Array.from({ length: LAST_DAY - FIRST_DAY + 1 }, (_, i) => {
    const date = new Date((FIRST_DAY + i) * DAY * 1_000);
    const month = (date.getUTCFullYear() - 2016) * 12 + date.getUTCMonth() - 8;
    return MONTHS[month]! * WEEKDAYS[date.getUTCDay()]! * dayFactor(FIRST_DAY + i);
  }),
);

/** A moment of purchase: growth, seasons, weekdays, Black Friday and hours of the day. */
export function drawPurchase(dice: Dice): Moment {
  return (FIRST_DAY + dice.index(DAYS)) * DAY + drawSecond(dice);
}

function drawSecond(dice: Dice): number {
  return dice.index(HOURS) * HOUR + dice.below(HOUR);
}

/** Days between a purchase and the same person's next one; nearly half come back the same day. */
const GAP_DAYS: Curve = [[0, 0], [0.45, 0], [0.65, 20], [0.82, 80], [0.93, 180], [1, 420]];

/** A later purchase of the same person, within the market's days. */
export function drawNextPurchase(dice: Dice, last: Moment): Moment {
  const day = Math.floor(last / DAY) + Math.floor(dice.along(GAP_DAYS));
  const next = day * DAY + drawSecond(dice);
  const isLate = day > LAST_WHOLE_DAY;
  return next > last && !isLate ? next : last + dice.between(60, 2 * HOUR);
}

export function isLeftover(purchased: Moment): boolean {
  return Math.floor(purchased / DAY) > LAST_WHOLE_DAY;
}

export function startOfDay(moment: Moment): Moment {
  return Math.floor(moment / DAY) * DAY;
}

const dates = new Map<number, string>();
const PAIRS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, "0"));

/** `YYYY-MM-DD HH:MM:SS`. */
export function momentText(moment: Moment): string {
  const day = Math.floor(moment / DAY);
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * DAY * 1_000).toISOString().slice(0, 10);
    dates.set(day, date);
  }
  const second = moment - day * DAY;
  const minutes = Math.floor(second / 60);
  return `${date} ${PAIRS[Math.floor(minutes / 60)]}:${PAIRS[minutes % 60]}:${PAIRS[second % 60]}`;
}
