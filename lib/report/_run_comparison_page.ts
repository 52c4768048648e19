import type { PageAssets } from "./_assets.ts";
import { describeTests, renderFooter } from "./_footer.ts";
import { NONE, numeric, renderRows, signed } from "./_compared_rows.ts";
import { type Html, markup } from "./_html.ts";
import { formatMoment, formatSeconds, renderPage } from "./_page.ts";
import { PAIRS_STYLE, renderFigurePairs } from "./_figure_pairs_section.ts";
import { renderMigrations } from "./_migrations.ts";
import type { ComparedMigrations, ComparedRun, Missing } from "./compared_run.ts";
import type { Site } from "./site_spec.ts";

/** Two runs of one project, the earlier first. */
interface Pair {
  readonly before: ComparedRun;
  readonly after: ComparedRun;
}

/** The runs, and what became of their customers. */
interface Compared extends Pair {
  readonly migrations: readonly ComparedMigrations[] | Missing;
}

/** The page that puts two runs beside each other. */
export function renderRunComparison(
  { migrations, ...pair }: Compared,
  { site, assets }: { readonly site: Site; readonly assets: PageAssets },
): string {
  const sections = [
    { id: "rests", title: "What they rest on", body: renderBasis(pair) },
    { id: "measures", title: "The model", body: renderMeasures(pair) },
    { id: "segments", title: "The segments", body: renderSegments(pair) },
    { id: "migrations", title: "Who moved", body: renderMigrations(migrations) },
    { id: "figures", title: "The figures", body: renderFigurePairs(pair) },
    { id: "notebooks", title: "The notebooks", body: renderNotebooks(pair) },
  ].flatMap(({ body, ...section }) => body ? [{ ...section, body }] : []);
  const main = markup`<header class="opening">
<p class="crumbs"><a href="index.html">${site.title}</a></p>
<h1>Two runs compared</h1>
<p class="abstract">${formatMoment(pair.before.started)} against ${
    formatMoment(pair.after.started)
  }.</p>
</header>
<nav class="jump" aria-label="Contents">${
    sections.map(({ id, title }) => markup`<a href="#${id}">${title}</a>\n`)
  }</nav>
${
    sections.map(({ id, title, body }) =>
      markup`<section class="prose"><h2 id="${id}">${title}</h2></section>
${body}`
    )
  }`;
  const title = `Two runs compared · ${site.title}`;
  return renderPage({ title, css: PAIRS_STYLE, main, footer: renderFooter(site) }, site, assets);
}

function renderBasis({ before, after }: Pair): Html {
  const labels = [
    ...new Set([before, after].flatMap((run) => run.fingerprints.map((f) => f.label))),
  ];
  const valueOf = (run: ComparedRun, label: string) =>
    run.fingerprints.find((fingerprint) => fingerprint.label === label)?.value;
  const described = (run: ComparedRun) => [
    ["Ended", run.end],
    ["Asked for", run.asked || "nothing special"],
    ["Took", formatSeconds(run.seconds)],
    ["Data from", run.source],
    ...labels.map((label) => [label, valueOf(run, label)]),
    ["Data tests", run.tests && describeTests(run.tests)],
    ["Gate", run.model?.gate],
  ];
  const [one, other] = [described(before), described(after)];
  const rows = one.map(([label, value], i) => {
    const now = other[i]![1];
    return [
      { text: label ?? "" },
      { text: value ?? NONE },
      { text: now ?? NONE },
      { text: value === now ? "same" : "differs" },
    ];
  });
  return renderRows({ id: "rests", heads: ["", "before", "after", ""], rows });
}

/** Each with whether more of it is better. */
const MEASURES = [
  ["silhouette", "Silhouette", true],
  ["dbi", "Davies-Bouldin index", false],
  ["qe", "Quantization error", false],
  ["te", "Topographic error", false],
] as const;

function renderMeasures({ before, after }: Pair): Html | undefined {
  const [one, other] = [before.model, after.model];
  if (!one || !other) return undefined;
  const rows = MEASURES.map(([key, label, moreIsBetter]) => {
    const change = other[key] - one[key];
    // What four digits do not show is no change to a reader.
    const isEqual = one[key].toFixed(4) === other[key].toFixed(4);
    const verdict = isEqual ? "same" : change > 0 === moreIsBetter ? "better" : "worse";
    return [
      { text: label },
      numeric(one[key].toFixed(4)),
      numeric(other[key].toFixed(4)),
      numeric(isEqual ? "0" : signed(change, 4)),
      { text: verdict },
    ];
  });
  const clusters = [one, other].map(({ k }) => numeric(String(k)));
  rows.push([
    { text: "Segments" },
    ...clusters,
    numeric(one.k === other.k ? "0" : signed(other.k - one.k, 0)),
    { text: one.k === other.k ? "same" : "differs" },
  ]);
  return renderRows({
    id: "measures",
    heads: ["measure", "before", "after", "change", ""],
    rows,
  });
}

function renderSegments({ before, after }: Pair): Html | undefined {
  const [one, other] = [before.segments ?? [], after.segments ?? []];
  if (one.length === 0 || other.length === 0) return undefined;
  const totals = [one, other].map((all) => all.reduce((sum, { customers }) => sum + customers, 0));
  const ids = [...new Set([...one, ...other].map(({ id }) => id))];
  const rows = ids.map((id) => {
    const [old, now] = [one, other].map((all) => all.find((segment) => segment.id === id));
    const shares = [old, now].map((segment, i) => 100 * (segment?.customers ?? 0) / totals[i]!);
    const name = old && now && old.name !== now.name
      ? `${now.name} (was ${old.name})`
      : (now ?? old)!.name;
    return [
      { text: name },
      numeric(old?.customers.toLocaleString("en") ?? NONE),
      numeric(now?.customers.toLocaleString("en") ?? NONE),
      numeric(`${shares[0]!.toFixed(1)}%`),
      numeric(`${shares[1]!.toFixed(1)}%`),
      numeric(`${signed(shares[1]! - shares[0]!, 1)} points`),
      { text: "", bars: { shares, color: (now ?? old)!.color } },
    ];
  });
  const heads = ["segment", "customers before", "after", "share before", "after", "change", ""];
  return renderRows({ id: "segments", heads, rows });
}

function renderNotebooks({ before, after }: Pair): Html {
  const names = [
    ...new Set([before, after].flatMap((run) => run.notebooks.map(({ name }) => name))),
  ];
  const took = (run: ComparedRun, name: string) => {
    const notebook = run.notebooks.find((notebook) => notebook.name === name);
    if (!notebook) return NONE;
    return notebook.state === "ran" ? formatSeconds(notebook.seconds) : notebook.state;
  };
  const rows = names.sort().map((name) => [
    { text: name },
    numeric(took(before, name)),
    numeric(took(after, name)),
  ]);
  return renderRows({ id: "notebooks", heads: ["notebook", "before", "after"], rows });
}
