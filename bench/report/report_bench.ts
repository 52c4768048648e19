import { basename, join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { ensurePython, runProgram } from "feira/python";
import { buildSite } from "feira/report";
import { FeiraError, systemEffects } from "feira/workspace";
import type { Bench, BenchContext, BenchReport } from "../shared/bench.ts";
import { CUSTOMERS_OPTION, readCustomers, toCustomersFile } from "../shared/customers.ts";
import { formatFigure } from "../shared/format_table.ts";
import { machine } from "../shared/machine.ts";
import { fullSizeNotebook } from "./full_size_notebook.ts";
import { measurePage, type PageMeasures } from "./measure_page.ts";

const CHROMIUM = "/usr/bin/chromium";
const TRIES = 5;

/** A page of one notebook by one maker. */
interface Compared extends PageMeasures {
  readonly notebook: string;
  readonly maker: "feira" | "nbconvert";
}

/** The pages against nbconvert's of the same executed notebooks, in Chromium. */
export const reportBench: Bench = {
  description: "The pages against nbconvert's: size, requests, first paint, accessibility",
  addOptions: (command) =>
    command.option(...CUSTOMERS_OPTION)
      .option("--notebook <file...>", "executed notebooks besides (default: the last run's)"),
  async run(context, options) {
    const browser = await launch();
    try {
      const customers = await readCustomers(toCustomersFile(context, options), context);
      context.tell("making the notebook with the whole map");
      const whole = join(context.scratchDir, "whole_map.ipynb");
      await Deno.writeTextFile(whole, await fullSizeNotebook(customers));
      const others = await executedNotebooks(context, options.notebook as string[] | undefined);
      const compared: Compared[] = [];
      for (const notebook of [whole, ...others]) {
        context.tell(`measuring ${basename(notebook)}`);
        compared.push(...await compare(browser, notebook, context));
      }
      return toReport(compared, customers.source, browser.version());
    } finally {
      await browser.close();
    }
  },
};

async function launch(): Promise<Browser> {
  const args = "--no-sandbox --disable-gpu --disable-quic --no-first-run " +
    "--disable-background-networking --disable-component-update --disable-sync";
  try {
    return await chromium.launch({ executablePath: CHROMIUM, args: args.split(" ") });
  } catch (cause) {
    throw new FeiraError(
      "environment",
      `Cannot bench the pages: ${
        (cause as Error).message.split("\n")[0]
      }, must be Chromium at ${CHROMIUM}`,
      { cause },
    );
  }
}

async function executedNotebooks(
  { workspace, toPath }: BenchContext,
  named: readonly string[] | undefined,
): Promise<string[]> {
  if (named) return named.map(toPath);
  try {
    const names = await Array.fromAsync(Deno.readDir(workspace.executedDir), ({ name }) => name);
    const notebooks = names.filter((name) => name.endsWith(".ipynb")).sort();
    return notebooks.map((name) => join(workspace.executedDir, name));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function compare(
  browser: Browser,
  notebook: string,
  context: BenchContext,
): Promise<Compared[]> {
  const name = basename(notebook, ".ipynb");
  const executedDir = join(context.scratchDir, name);
  await Deno.mkdir(executedDir);
  await Deno.copyFile(notebook, join(executedDir, `${name}.ipynb`));
  const { pages } = await buildSite({ executedDir, outDir: join(executedDir, "ours"), site: SITE });
  const peer = await convert(notebook, join(executedDir, "peer"), context);
  return [
    {
      notebook: name,
      maker: "feira",
      ...await measurePage(browser, pages[0]!.path, { tries: TRIES }),
    },
    { notebook: name, maker: "nbconvert", ...await measurePage(browser, peer, { tries: TRIES }) },
  ];
}

const SITE = {
  title: "Bench",
  run: {
    started: "2026-01-31T12:00:00Z",
    seconds: 0,
    source: "bench",
    warehouse: "none",
    notebooks: [],
  },
  provenance: [],
};

/** nbconvert as JupyterLab's environment has it, with its own template. */
async function convert(
  notebook: string,
  outDir: string,
  { workspace, tell, signal }: BenchContext,
): Promise<string> {
  const environment = await ensurePython({
    name: "lab",
    requirements: join(workspace.requirementsDir, "lab.txt"),
    venvDir: workspace.venvDir,
    effects: { ...systemEffects, log: tell },
    signal,
  });
  const output = join(outDir, `${basename(notebook, ".ipynb")}.html`);
  await Deno.mkdir(outDir);
  const args = ["nbconvert", "--to", "html", "--output", output, notebook];
  const { success, lastLines } = await runProgram(environment.program("jupyter"), args, { signal });
  if (success) return output;
  throw new FeiraError(
    "failed",
    `Cannot bench the pages: nbconvert ended with ${lastLines.at(-1)}`,
  );
}

function toReport(
  compared: readonly Compared[],
  customers: string,
  chromiumVersion: string,
): BenchReport {
  const rows = compared.map((
    {
      notebook,
      maker,
      kb,
      requests,
      firstPaintMs,
      loadedMs,
      axeRules,
      axeElements,
      phoneOverflowPx,
    },
  ) => [
    notebook,
    maker,
    formatFigure(kb),
    String(requests),
    formatFigure(firstPaintMs),
    formatFigure(loadedMs),
    `${axeRules.length} (${axeElements})`,
    String(phoneOverflowPx),
  ]);
  return {
    head: [
      `The whole map: 80 × 40 neurons, twelve planes, ${customers}`,
      `Times: the best of ${TRIES}; every other host out of reach`,
      `Machine: ${machine()}, Chromium ${chromiumVersion}`,
    ],
    tables: [{
      head: [
        "notebook",
        "page by",
        "KB",
        "requests",
        "first paint ms",
        "loaded ms",
        "axe rules (elements)",
        "beyond 390 px",
      ],
      rows,
    }],
    lines: compared.map(({ notebook, ...measures }) => ({ name: notebook, ...measures })),
  };
}
