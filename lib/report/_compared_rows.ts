import { attributes, type Html, markup } from "./_html.ts";

/** What stands for a figure that a run does not have. */
export const NONE = "–";

/** A cell of a comparison. */
export interface Cell {
  readonly text: string;
  readonly isNumber?: boolean;
  /** Percent of all, before and after, drawn instead of a text. */
  readonly bars?: { readonly shares: readonly number[]; readonly color: string | undefined };
}

/** A cell of figures. */
export const numeric = (text: string): Cell => ({ text, isNumber: true });

/** A change with its sign: "+0.05", "−3". */
export function signed(change: number, digits: number): string {
  return `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(digits)}`;
}

/** A table under the heading `id`. */
export function renderRows({ id, heads, rows }: {
  readonly id: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}): Html {
  const isNumber = heads.map((_, c) => rows.some((row) => row[c]?.isNumber));
  const head = heads.map((text, c) =>
    text === ""
      ? markup`<td></td>`
      : markup`<th scope="col"${attributes({ class: isNumber[c]! && "n" })}>${text}</th>`
  );
  const body = rows.map((row) => {
    const cells = row.map((cell, c) =>
      c === 0
        ? markup`<th scope="row">${cell.text}</th>`
        : cell.bars
        ? renderBars(cell.bars)
        : markup`<td${attributes({ class: isNumber[c]! && "n" })}>${cell.text}</td>`
    );
    return markup`<tr>${cells}</tr>\n`;
  });
  return markup`<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table class="compared" aria-labelledby="${id}">
<thead><tr>${head}</tr></thead>
<tbody>${body}</tbody>
</table></div>
`;
}

/** The earlier share thin above the later one. */
function renderBars({ shares, color }: NonNullable<Cell["bars"]>): Html {
  const fill = color && /^#[0-9a-f]{6}$/i.test(color) ? `;border-color:${color}` : "";
  const bars = shares.map((share, i) =>
    markup`<span class="${i === 0 ? "was" : "is"}" style="width:${
      share.toFixed(2)
    }%${fill}"></span>`
  );
  return markup`<td class="bars-of-two">${bars}</td>`;
}
