import { describeTests, renderFooter } from "./_footer.ts";
import { type Html, html } from "./_html.ts";
import type { NotebookSummary } from "./_notebook_page.ts";
import { formatMoment, formatSeconds, type PageAssets, renderPage } from "./_page.ts";
import type { NotebookRun, Site, SiteRun } from "./site_spec.ts";

/** The page that the site is entered by. */
export function renderIndexPage(
  notebooks: readonly NotebookSummary[],
  around: { site: Site; assets: PageAssets },
): string {
  const { site, assets } = around;
  const { run } = site;
  const main = html`
    <header class="opening">
    <h1>${site.title}</h1>
    ${site.abstract && html`<p class="abstract">${site.abstract}</p>`}
    <p class="when">${formatMoment(run.started)}, in ${formatSeconds(run.seconds)}. Data: ${run
      .source}. Warehouse: ${run.warehouse}.</p>
    ${run.notebooks.filter(({ state }) => state === "failed").map(renderFailure)}
    </header>
    ${run.segments && run.segments.length > 0 && renderSegments(run.segments)}
    ${run.model && renderModel(run.model)}
    ${run.tests && renderTests(run.tests)}
    <section class="prose">
      <h2 id="notebooks">The notebooks</h2>
    </section>
    ${renderList(notebooks, run)}
  `;
  return renderPage(
    {
      title: site.title,
      description: site.abstract,
      main,
      footer: renderFooter(site, undefined, undefined),
    },
    site,
    assets,
  );
}

function renderFailure(notebook: NotebookRun): Html {
  return html`
    <p class="note failure" role="note"><strong>${notebook.name} failed.</strong> ${notebook
      .why}</p>
  `;
}

function renderSegments(segments: NonNullable<SiteRun["segments"]>): Html {
  const total = segments.reduce((sum, { customers }) => sum + customers, 0);
  const rows = segments.map(({ name, customers, color }) => {
    const share = total > 0 ? customers / total : 0;
    const fill = color && /^#[0-9a-f]{6}$/i.test(color) ? `;background:${color}` : "";
    return html`
      <tr>
        <th scope="row">${name}</th>
        <td class="n">${customers.toLocaleString("en")}</td>
        <td class="n">${(100 * share).toFixed(1)}%</td>
        <td class="bar"><span style="width:${(100 * share).toFixed(2)}%${fill}"></span></td>
      </tr>
    `;
  });
  return html`
    <section class="prose">
      <h2 id="segments">The segments</h2>
      <p>${total.toLocaleString("en")} customers in ${segments.length} segments.</p>
    </section>
    <div class="scroll" role="region" tabindex="0" aria-labelledby="segments">
      <table class="segments" aria-labelledby="segments">
        <thead>
          <tr>
            <th scope="col">Segment</th>
            <th scope="col" class="n">Customers</th>
            <th scope="col" class="n">Share</th>
            <td></td>
          </tr>
        </thead>
        <tbody>${rows}</tbody>
      </table>
    </div>
  `;
}

function renderModel(model: NonNullable<SiteRun["model"]>): Html {
  const facts: readonly (readonly [label: string, value: number, note: string])[] = [
    ["Quantization error", model.qe, "distance to the map, less is better"],
    ["Topographic error", model.te, "share torn apart, less is better"],
    ["Silhouette", model.silhouette, "−1 to 1, more is better"],
    ["Davies-Bouldin index", model.dbi, "overlap, less is better"],
  ];
  const passed = model.gate === "passed";
  return html`
    <section class="prose">
      <h2 id="model">The model</h2>
    </section>
    <dl class="facts">${facts.map(([label, value, note]) =>
      html`
        <div>
          <dt>${label}</dt>
          <dd>${Number.isFinite(value) ? value.toFixed(4) : "not known"}<small>${note}</small></dd>
        </div>
      `
    )}</dl>
    <p class="verdict ${passed ? "success" : "failure"}"><strong>The gate ${model
      .gate}.</strong> ${passed
      ? `Preset ${model.preset}, ${model.k} clusters; its segments are published.`
      : `Preset ${model.preset}, ${model.k} clusters; nothing of it was published, the last good segments stay.`}</p>
  `;
}

function renderTests(tests: NonNullable<SiteRun["tests"]>): Html {
  const kind = tests.failed > 0 ? "failure" : tests.warned > 0 ? "warning" : "success";
  return html`
    <section class="prose">
      <h2 id="tests">The data tests</h2>
    </section>
    <p class="verdict ${kind}"><strong>${describeTests(tests)}.</strong></p>
  `;
}

const STATES = { ran: "executed", fresh: "fresh", failed: "failed", skipped: "not executed" };

function renderList(notebooks: readonly NotebookSummary[], run: SiteRun): Html {
  const runs = new Map(run.notebooks.map((notebook) => [notebook.name, notebook]));
  const pages = new Map(notebooks.map((notebook) => [notebook.name, notebook]));
  const names = [...new Set([...runs.keys(), ...pages.keys()])].sort();
  return html`<ol class="notebooks">${
    names.map((name) => {
      const page = pages.get(name);
      const { state, seconds, why, title } = runs.get(name) ?? EARLIER;
      const label = page?.title ?? title ?? name;
      const took = state === "ran" || state === "failed" ? `, ${formatSeconds(seconds)}` : "";
      return html`
        <li>
        <p class="notebook-title"><span class="name">${/^\d+/.exec(name)?.[0]}</span> ${page
          ? html`<a href="${name}.html">${label}</a>`
          : label}</p>
        ${page?.abstract && html`<p>${page.abstract}</p>`}
        <p class="state ${state}"${why && html`
          title="${why}"
        `}>${STATES[state]}${took}</p>
        </li>
      `;
    })
  }</ol>`;
}

/** A page whose notebook the run does not mention. */
const EARLIER: NotebookRun = { name: "", state: "skipped", seconds: 0 };
