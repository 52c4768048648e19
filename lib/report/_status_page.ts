import type { PageAssets } from "./_assets.ts";
import { GRAPH_STYLE, graphSvg } from "feira/notebook";
import { renderFooter } from "./_footer.ts";
import { type Html, markup, trusted } from "./_html.ts";
import { formatMoment, formatSeconds, renderPage, toHref } from "./_page.ts";
import type { PastRun, Site, SiteStatus } from "./site_spec.ts";

/** Runs that a notebook's bars show. */
const BARS = 20;
const [BAR_WIDTH, BAR_GAP, BAR_HEIGHT] = [5, 2, 24];

/** The page that tells how things stand, and how the last runs went. */
export function renderStatusPage(
  status: SiteStatus,
  around: { site: Site; assets: PageAssets; pages: ReadonlySet<string> },
): string {
  const { site, assets, pages } = around;
  const { notebooks, runs } = status;
  const stale = notebooks.filter(({ state }) => state === "stale").length;
  const verdict = stale === 0
    ? markup`<p class="verdict success"><strong>Everything is fresh.</strong></p>`
    : markup`<p class="verdict warning"><strong>${stale} of ${notebooks.length} notebooks are stale.</strong>
<code>deno task run</code> runs them.</p>`;
  const main = markup`<header class="opening">
<p class="crumbs"><a href="index.html">${site.title}</a></p>
<h1>Status and last runs</h1>
<p class="when">As the run of ${formatMoment(site.run.started)} left it.</p>
${verdict}
</header>
<div class="scroll graph" role="region" tabindex="0" aria-label="What the notebooks need of each other">
${trusted(graphSvg(notebooks, { style: false }))}</div>
<section class="prose"><h2 id="notebooks">The notebooks</h2>
<p class="aside">The bars are the times of the runs below that executed it, the newest at the right.</p></section>
<ol class="notebooks">${notebooks.map((notebook) => renderNotebook(notebook, runs, pages))}</ol>
<section class="prose"><h2 id="runs">The last runs</h2></section>
${renderRuns(runs)}`;
  const footer = renderFooter(site);
  const title = `Status · ${site.title}`;
  return renderPage({ title, css: GRAPH_STYLE, main, footer }, site, assets);
}

function renderNotebook(
  { name, title, state, why, last }: SiteStatus["notebooks"][number],
  runs: readonly PastRun[],
  pages: ReadonlySet<string>,
): Html {
  const when = last
    ? markup`${formatMoment(last.started)}, ${formatSeconds(last.seconds)}`
    : "no successful run yet";
  return markup`<li>
<p class="notebook-title">${
    pages.has(name) ? markup`<a href="${toHref(name)}">${title}</a>` : title
  }</p>
<p class="number" aria-hidden="true">${/^\d+/.exec(name)?.[0]}</p>
<p class="aside">${when}${why && markup`<br><span class="why">${why}</span>`}</p>
<p class="state ${state}">${state}${renderBars(name, runs)}</p>
</li>
`;
}

/** A notebook's times in the last runs that executed it, as bars beside each other. */
function renderBars(name: string, runs: readonly PastRun[]): Html | undefined {
  const seconds = runs.flatMap(({ notebooks }) =>
    notebooks.flatMap((each) => each.name === name && each.state === "ran" ? [each.seconds] : [])
  ).slice(0, BARS).reverse();
  if (seconds.length === 0) return undefined;
  const most = Math.max(...seconds, Number.MIN_VALUE);
  const width = seconds.length * (BAR_WIDTH + BAR_GAP) - BAR_GAP;
  const bars = seconds.map((value, i) => {
    const height = Math.max(1, Math.round(BAR_HEIGHT * value / most));
    return markup`<rect x="${i * (BAR_WIDTH + BAR_GAP)}" y="${
      BAR_HEIGHT - height
    }" width="${BAR_WIDTH}" height="${height}"/>`;
  });
  const label = `Last times: ${seconds.map(formatSeconds).join(", ")}`;
  return markup`<svg class="bars" width="${width}" height="${BAR_HEIGHT}" role="img" aria-label="${label}"><title>${label}</title>${bars}</svg>`;
}

const MARKS = { done: "success", failed: "failure", interrupted: "warning" } as const;

function renderRuns(runs: readonly PastRun[]): Html {
  if (runs.length === 0) return markup`<p class="aside">No run is remembered.</p>`;
  const most = Math.max(...runs.map(({ seconds }) => seconds), Number.MIN_VALUE);
  const items = runs.map(({ started, seconds, end, asked, error, notebooks, gate }) => {
    const count = (state: string) => notebooks.filter((each) => each.state === state).length;
    const facts = [`${count("ran")} ran`, `${count("fresh")} fresh`];
    if (gate) facts.push(`gate ${gate}`);
    const share = (100 * seconds / most).toFixed(2);
    return markup`<li>
<p class="run-title"><time datetime="${started}">${
      formatMoment(started)
    }</time> <span class="verdict ${MARKS[end]}"><strong>${end}</strong></span></p>
<p class="run-bar"><span style="width:${share}%"></span>${formatSeconds(seconds)}</p>
<p class="aside">${facts.join(", ")}${asked && markup`. <code>${asked}</code>`}</p>
${error && markup`<p class="aside error-line">${error.split("\n")[0]}</p>`}
</li>
`;
  });
  return markup`<ol class="runs">${items}</ol>`;
}
