import type { PageAssets } from "./_assets.ts";
import { renderFooter } from "./_footer.ts";
import { attributes, type Html, markup } from "./_html.ts";
import { formatMoment, formatSeconds, renderPage, toHref } from "./_page.ts";
import type { GridRun } from "./grid_run.ts";
import type { Site } from "./site_spec.ts";

/** A setting as the comparison tells it. */
export interface ComparedSetting extends GridRun {
  readonly hasPage: boolean;
  /** The key figures that its notebook showed. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** The page that puts the settings of a grid beside each other. */
export function renderComparisonPage(
  { notebook, title, settings }: {
    readonly notebook: string;
    readonly title: string;
    readonly settings: readonly ComparedSetting[];
  },
  { site, assets }: { readonly site: Site; readonly assets: PageAssets },
): string {
  const failed = settings.filter(({ state }) => state === "failed");
  const heading = `${title}: ${settings.length} settings compared`;
  const main = markup`<header class="opening">
<p class="crumbs"><a href="../../index.html">All notebooks</a></p>
<h1>${heading}</h1>
<p class="abstract">${notebook} was run once for each setting, all from the same data, on copies that are gone: the published tables and the pages of the last run are as they were.</p>
<p class="when">${formatMoment(site.run.started)}, in ${
    formatSeconds(site.run.seconds)
  }. Data: ${site.run.source}.</p>
</header>
<section class="prose"><h2 id="settings">The settings</h2>
<p>Each setting leads to its page. The figures are the notebook's own key figures.</p></section>
${renderTable(settings)}
${
    failed.length > 0 && markup`<section class="prose"><h2 id="failed">What failed</h2></section>
${failed.map(renderFailure)}`
  }`;
  const footer = renderFooter(site);
  const aside =
    markup`<aside class="contents"><div><nav aria-label="Contents"><p class="contents-title">Contents</p>
<ol><li><a href="#settings">The settings</a></li>
${
      failed.length > 0 && markup`<li><a href="#failed">What failed</a></li>`
    }</ol></nav></div></aside>`;
  return renderPage({ title: heading, aside, main, footer }, site, assets);
}

function labelOf({ parameters }: ComparedSetting): string {
  return Object.entries(parameters).map(([key, value]) => `${key}\u00a0=\u00a0${value}`).join(", ");
}

function renderFailure({ name, why }: ComparedSetting): Html {
  return markup`<p class="note failure" role="note"><strong>${name} failed.</strong> ${why}</p>
`;
}

const NUMBER = /^[-−]?[\d,]+(?:\.\d+)?%?$/;

function renderTable(settings: readonly ComparedSetting[]): Html {
  const labels = [...new Set(settings.flatMap(({ facts }) => facts.map(({ label }) => label)))];
  const figure = ({ facts }: ComparedSetting, label: string) =>
    facts.find((fact) => fact.label === label)?.value;
  const isNumber = labels.map((label) =>
    settings.every((setting) => NUMBER.test(figure(setting, label) ?? "0"))
  );
  const heads = [
    markup`<th scope="col">Setting</th>`,
    ...labels.map((label, i) =>
      markup`<th scope="col"${
        attributes({ class: isNumber[i]! && "n", "data-number": isNumber[i]! })
      }>${label}</th>`
    ),
  ];
  const rows = settings.map((setting) => {
    const { name, hasPage } = setting;
    const label = labelOf(setting);
    const shown = hasPage ? markup`<a href="${toHref(name)}">${label}</a>` : label;
    const figures = labels.map((each, i) => {
      const given = attributes({ class: isNumber[i]! && "n" });
      return markup`<td${given}>${figure(setting, each) ?? "–"}</td>`;
    });
    return markup`<tr><th scope="row">${shown}</th>${figures}</tr>
`;
  });
  return markup`<div class="output"><figure class="table" id="table-1">
<div class="scroll" role="region" tabindex="0" aria-labelledby="settings"><table${
    attributes({ "data-sort": settings.length > 1, "aria-labelledby": "settings" })
  }>
<thead><tr>${heads}</tr></thead>
<tbody>${rows}</tbody>
</table></div>
</figure></div>`;
}
