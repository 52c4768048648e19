import type { MondayItem, MondayList } from "./monday_list.ts";

/** A line of the list as figures and tables show it. */
export interface MondayRow {
  /** The action; with whom too, where it comes twice. */
  readonly label: string;
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
    : `“${first.title}” may bring most: with ${whom(first)}`;
  const isOnly = ({ title }: MondayItem) =>
    items.filter((item) => item.title === title).length === 1;
  const rows = items.map((item) => ({
    label: isOnly(item) ? item.title : `${item.title}: ${whom(item)}`,
    groups: item.segments.map(({ name }) => name).join(", "),
    customers: item.customers,
    prize: Number(item.prizeBrl.toPrecision(2)),
    todo: item.todo,
  }));
  return { best, rows };
}

function whom({ segments }: MondayItem): string {
  return segments.length === 1 ? segments[0]!.name : `${segments.length} groups`;
}
