import type { MondayItem, MondayList } from "./monday_list.ts";
import { brl } from "./_words.ts";

/** A line of the list as figures and tables show it. */
export interface MondayRow {
  /** The action; with whom too, where it comes twice. */
  readonly label: string;
  readonly title: string;
  readonly groups: string;
  readonly customers: number;
  /** BRL, to two digits: more it does not know. */
  readonly prize: number;
  readonly todo: string;
}

/** The list as rows, and its finding in a sentence. */
export function mondayRows(
  { items }: MondayList,
): { readonly best: string; readonly rows: readonly MondayRow[] } {
  const [first] = items;
  const best = first === undefined
    ? "There is nothing to do that the figures support"
    : `“${first.title}” may bring most: about ${brl(toPrize(first))}, with ${whom(first)}`;
  const isOnly = ({ title }: MondayItem) =>
    items.filter((item) => item.title === title).length === 1;
  const rows = items.map((item) => ({
    label: isOnly(item) ? item.title : `${item.title}: ${whom(item)}`,
    title: item.title,
    groups: item.segments.map(({ name }) => name).join(", "),
    customers: item.customers,
    prize: toPrize(item),
    todo: item.todo,
  }));
  return { best, rows };
}

function toPrize({ prizeBrl }: MondayItem): number {
  return Number(prizeBrl.toPrecision(2));
}

function whom({ segments }: MondayItem): string {
  return segments.length === 1 ? segments[0]!.name : `${segments.length} groups`;
}
