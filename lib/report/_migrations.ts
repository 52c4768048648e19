import { NONE } from "./_compared_rows.ts";
import { attributes, type Html, markup } from "./_html.ts";
import { type ComparedMigrations, isMissing, type Missing } from "./compared_run.ts";

/** A matrix for each level: who was where, and is where; or why there is none. */
export function renderMigrations(migrations: readonly ComparedMigrations[] | Missing): Html {
  if (isMissing(migrations)) return markup`<p class="aside">${migrations.why}.</p>`;
  return markup`<p class="prose">Rows are segments before, columns segments after; shares are of the row. The stronger the colour, the larger the share; outlined is where customers stayed.</p>
${migrations.map(renderMatrix)}`;
}

function renderMatrix(migrations: ComparedMigrations, at: number): Html {
  const { title, before, after, ways } = migrations;
  const id = `migrations-${at + 1}`;
  const count = (isWanted: (way: typeof ways[number]) => boolean) =>
    ways.filter(isWanted).reduce((sum, { customers }) => sum + customers, 0);
  const columns: readonly (readonly [number | undefined, string])[] = [
    ...after,
    ...(count(({ to }) => to === undefined) > 0 ? [[undefined, "gone"] as const] : []),
  ];
  const rows: readonly (readonly [number | undefined, string])[] = [
    ...before,
    ...(count(({ from }) => from === undefined) > 0 ? [[undefined, "new customers"] as const] : []),
  ];
  const body = rows.map(([from, name]) => {
    const all = count((way) => way.from === from);
    const cells = columns.map(([to]) =>
      renderCell(count((way) => way.from === from && way.to === to), {
        all,
        isStay: from !== undefined && from === to,
      })
    );
    return markup`<tr><th scope="row">${name}</th>${cells}<td class="n">${inFull(all)}</td></tr>\n`;
  });
  const heads = columns.map(([, name]) => markup`<th scope="col" class="n">${name}</th>`);
  return markup`<section class="prose"><h3 id="${id}">${title}</h3>
<p>${describe(migrations)}</p></section>
<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table class="compared ways" aria-labelledby="${id}">
<thead><tr><td></td>${heads}<th scope="col" class="n">all</th></tr></thead>
<tbody>${body}</tbody>
</table></div>
`;
}

function renderCell(
  customers: number,
  { all, isStay }: { readonly all: number; readonly isStay: boolean },
): Html {
  if (customers === 0) return markup`<td class="n none">${NONE}</td>`;
  const share = customers / all;
  const given = attributes({ class: isStay ? "n way stay" : "n way" });
  return markup`<td${given} style="--share:${share.toFixed(3)}">${inFull(customers)} <small>${
    (100 * share).toFixed(1)
  }%</small></td>`;
}

function describe({ ways }: ComparedMigrations): string {
  const sum = (isWanted: (way: typeof ways[number]) => boolean) =>
    ways.filter(isWanted).reduce((all, { customers }) => all + customers, 0);
  const both = sum(({ from, to }) => from !== undefined && to !== undefined);
  const stayed = sum(({ from, to }) => from !== undefined && from === to);
  const others = `${inFull(sum(({ from }) => from === undefined))} new, ${
    inFull(sum(({ to }) => to === undefined))
  } gone.`;
  if (both === 0) return `Not one customer is in both runs: ${others}`;
  return `Customers in both runs: ${inFull(both)}, of whom ${inFull(stayed)} (${
    (100 * stayed / both).toFixed(1)
  }%) stayed; ${others}`;
}

function inFull(count: number): string {
  return count.toLocaleString("en");
}
