import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Effects, FeiraError, systemEffects } from "feira/workspace";

/** What {@linkcode printPages} needs. */
export interface PrintSpec {
  /** The pages' files, `*.html`. */
  readonly pages: readonly string[];
  /** Its `env` says where Chromium is, in `FEIRA_CHROMIUM`; its `log` gets a line a page. */
  readonly effects?: Pick<Effects, "env" | "log">;
  readonly signal?: AbortSignal | undefined;
}

/** The names that Chromium and what is built on it have; the first that starts is taken. */
const PROGRAMS = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** How long a page may take, ms. */
const PATIENCE = 120_000;

/**
 * Prints pages to PDF with Chromium, one file beside each, as the print styles
 * have it: A4, no code. Each is written under another name and renamed when whole.
 *
 * @returns the paths of the PDFs.
 * @throws {FeiraError} `environment` when there is no Chromium, or it does not print a page.
 */
export async function printPages(
  { pages, effects = systemEffects, signal }: PrintSpec,
): Promise<string[]> {
  const program = await findChromium(effects);
  const profile = await Deno.makeTempDir({ prefix: "feira_print_" });
  try {
    const printed: string[] = [];
    for (const page of pages) {
      const pdf = join(dirname(page), `${basename(page, ".html")}.pdf`);
      await printPage({ program, profile, page, pdf, signal });
      effects.log(pdf);
      printed.push(pdf);
    }
    return printed;
  } finally {
    // Chromium's helpers may still write there for a moment.
    await Deno.remove(profile, { recursive: true }).catch(() => {});
  }
}

async function findChromium({ env }: Pick<Effects, "env">): Promise<string> {
  const named = env("FEIRA_CHROMIUM");
  for (const program of named === undefined ? PROGRAMS : [named]) {
    try {
      const command = new Deno.Command(program, {
        args: ["--version"],
        stdout: "null",
        stderr: "null",
      });
      if ((await command.output()).success) return program;
    } catch (error) {
      const isMissing = error instanceof Deno.errors.NotFound ||
        error instanceof Deno.errors.PermissionDenied;
      if (!isMissing) throw error;
    }
  }
  throw new FeiraError(
    "environment",
    `Cannot print: found no Chromium${
      named === undefined ? "" : ` at ${named}`
    }, must be installed (Debian: apt-get install chromium) or named by FEIRA_CHROMIUM`,
  );
}

async function printPage({ program, profile, page, pdf, signal }: {
  readonly program: string;
  readonly profile: string;
  readonly page: string;
  readonly pdf: string;
  readonly signal: AbortSignal | undefined;
}): Promise<void> {
  const beside = `${pdf}.${crypto.randomUUID()}.part`;
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    const { success, stderr } = await new Deno.Command(program, {
      args: [
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // Its own sandbox refuses to run as root, as in a container.
        ...(Deno.build.os === "linux" && Deno.uid() === 0 ? ["--no-sandbox"] : []),
        `--user-data-dir=${profile}`,
        "--no-pdf-header-footer",
        `--print-to-pdf=${resolve(beside)}`,
        pathToFileURL(resolve(page)).href,
      ],
      stdout: "null",
      stderr: "piped",
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    }).output();
    signal?.throwIfAborted();
    const isThere = await Deno.stat(beside).then(({ size }) => size > 0, () => false);
    if (!success || !isThere) {
      const last = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
      const why = patience.aborted ? `nothing after ${PATIENCE / 1000} s` : last || "no PDF";
      throw new FeiraError("environment", `Cannot print ${page}: found ${why}, must be a PDF`);
    }
    await Deno.rename(beside, pdf);
  } finally {
    await Deno.remove(beside).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}
