import type { PageAssets } from "./_assets.ts";
import { describeTests, renderFooter } from "./_footer.ts";
import { type Html, markup } from "./_html.ts";
import type { NotebookSummary } from "./_notebook_page.ts";
import { formatMoment, formatSeconds, renderPage, toHref } from "./_page.ts";
import type { NotebookRun, Site, SiteDocument, SiteRun } from "./site_spec.ts";

/** The page that the site is entered by. */
export function renderIndexPage(
  notebooks: readonly NotebookSummary[],
  around: { site: Site; assets: PageAssets },
): string {
  const { site, assets } = around;
  const { run } = site;
  const failed = run.notebooks.filter(({ state }) => state === "failed");
  const toReadFirst = notebooks.filter(({ isForStakeholders }) => isForStakeholders);
  const main = markup`<header class="opening">
<h1>${site.title}</h1>
${site.abstract && markup`<p class="abstract">${site.abstract}</p>`}
<p class="when" data-provenance>${formatMoment(run.started)}, in ${
    formatSeconds(run.seconds)
  }. Data: ${run.source}. Warehouse: ${run.warehouse}.</p>
${failed.map(renderFailure)}
${toReadFirst.map(renderFirstRead)}
</header>
${run.segments && run.segments.length > 0 && renderSegments(run.segments)}
${run.model && renderModel(run.model)}
${run.tests && renderTests(run.tests)}
<section class="prose"><h2 id="notebooks">The notebooks</h2>
${
    site.status &&
    markup`<p class="aside"><a href="status.html">Status and last runs</a>: which are fresh, what they need of each other, how long they took.</p>`
  }</section>
${renderList(notebooks, run)}
${site.documents && site.documents.length > 0 && renderDocuments(site.documents)}`;
  const footer = renderFooter(site);
  return renderPage(
    { title: site.title, description: site.abstract, main, footer },
    site,
    assets,
  );
}

function renderFailure({ name, why }: NotebookRun): Html {
  return markup`<p class="note failure" role="note"><strong>${name} failed.</strong> ${why}</p>
`;
}

function renderFirstRead({ name, title, abstract }: NotebookSummary): Html {
  const about = abstract && markup`<span>${abstract}</span>`;
  return markup`<p class="first-read"><a href="${toHref(name)}">${title}</a>${about}</p>
`;
}

function renderSegments(segments: NonNullable<SiteRun["segments"]>): Html {
  const total = segments.reduce((sum, { customers }) => sum + customers, 0);
  const rows = segments.map(({ name, customers, color }) => {
    const percent = total > 0 ? 100 * customers / total : 0;
    const fill = color && /^#[0-9a-f]{6}$/i.test(color) && `;border-color:${color}`;
    return markup`<tr><th scope="row">${name}</th><td class="n">${
      customers.toLocaleString("en")
    }</td>
<td class="n">${percent.toFixed(1)}%</td><td class="bar"><span style="width:${
      percent.toFixed(2)
    }%${fill}"></span></td></tr>
`;
  });
  return markup`<section class="prose"><h2 id="segments">The segments</h2>
<p>${total.toLocaleString("en")} customers in ${segments.length} segments.</p></section>
<div class="scroll" role="region" tabindex="0" aria-labelledby="segments">
<table class="segments" aria-labelledby="segments">
<thead><tr><th scope="col">Segment</th><th scope="col" class="n">Customers</th>
<th scope="col" class="n">Share</th><td></td></tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

function renderModel(model: NonNullable<SiteRun["model"]>): Html {
  const metrics: readonly (readonly [label: string, value: number, note: string])[] = [
    ["Quantization error", model.qe, "distance to the map, less is better"],
    ["Topographic error", model.te, "share torn apart, less is better"],
    ["Silhouette", model.silhouette, "−1 to 1, more is better"],
    ["Davies-Bouldin index", model.dbi, "overlap, less is better"],
  ];
  const facts = metrics.map(([label, value, note]) => {
    const shown = Number.isFinite(value) ? value.toFixed(4) : "not known";
    return markup`<div><dt>${label}</dt><dd>${shown}<small>${note}</small></dd></div>
`;
  });
  const passed = model.gate === "passed";
  const published = passed
    ? "its segments are published"
    : model.forced
    ? "its segments are published all the same, because someone accepted them"
    : "nothing of it was published, the last good segments stay";
  return markup`<section class="prose"><h2 id="model">The model</h2></section>
<dl class="facts" style="--columns:4">${facts}</dl>
<p class="verdict ${passed ? "success" : "failure"}"><strong>The gate ${model.gate}.</strong>
Preset ${model.preset}, ${model.k} clusters; ${published}.</p>`;
}

function renderTests(tests: NonNullable<SiteRun["tests"]>): Html {
  const kind = tests.failed > 0 ? "failure" : tests.warned > 0 ? "warning" : "success";
  return markup`<section class="prose"><h2 id="tests">The data tests</h2></section>
<p class="verdict ${kind}"><strong>${describeTests(tests)}.</strong></p>`;
}

function renderDocuments(documents: readonly SiteDocument[]): Html {
  const items = documents.map(({ file, title, about }) =>
    markup`<p><a href="${encodeURIComponent(file)}">${title}</a>: ${about}</p>
`
  );
  return markup`<section class="prose"><h2 id="documents">The tables</h2>
${items}</section>`;
}

const STATES = {
  ran: "executed",
  fresh: "fresh",
  failed: "failed",
  skipped: "from an earlier run",
};

/** A page whose notebook the run does not mention. */
const EARLIER: NotebookRun = { name: "", state: "skipped", seconds: 0 };

function renderList(notebooks: readonly NotebookSummary[], run: SiteRun): Html {
  const runs = new Map(run.notebooks.map((notebook) => [notebook.name, notebook]));
  const pages = new Map(notebooks.map((notebook) => [notebook.name, notebook]));
  const names = [...new Set([...runs.keys(), ...pages.keys()])].sort();
  const items = names.map((name) => {
    const page = pages.get(name);
    const { state, seconds, title } = runs.get(name) ?? EARLIER;
    const label = page?.title ?? title ?? name;
    const took = (state === "ran" || state === "failed") && `, ${formatSeconds(seconds)}`;
    return markup`<li>
<p class="notebook-title">${page ? markup`<a href="${toHref(name)}">${label}</a>` : label}</p>
<p class="number" aria-hidden="true">${/^\d+/.exec(name)?.[0]}</p>
${page?.abstract && markup`<p class="abstract">${page.abstract}</p>`}
<p class="state ${state}" data-provenance>${page ? STATES[state] : "not executed"}${took}</p>
</li>
`;
  });
  return markup`<ol class="notebooks">${items}</ol>`;
}
