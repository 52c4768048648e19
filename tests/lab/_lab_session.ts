import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import type { WorkspaceCopy } from "../cli/_workspace_copy.ts";

const FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run " +
  "--disable-background-networking --disable-component-update --disable-sync";

/** Long, for Lab starts on a machine that does much else. */
const PATIENCE_MS = 60_000;

const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\/lab\/tree\/notebooks\?token=(\w+)/;

/** A workspace's JupyterLab, in a browser. */
export class LabSession implements AsyncDisposable {
  /** Hosts that the browser asked, other than this machine. */
  readonly strangers: string[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #browser: Browser;
  readonly #address: { readonly port: string; readonly token: string };
  readonly #home: string;

  private constructor(
    child: Deno.ChildProcess,
    browser: Browser,
    address: { readonly port: string; readonly token: string },
    home: string,
  ) {
    this.#child = child;
    this.#browser = browser;
    this.#address = address;
    this.#home = home;
  }

  /** Starts `deno task lab` without whatever the user has configured, and a browser. */
  static async open(workspace: WorkspaceCopy, executablePath: string): Promise<LabSession> {
    const home = await Deno.makeTempDir({ prefix: "feira-jupyter-" });
    const args = ["--port", "0", "--no-browser", "--", "--allow-root"];
    const child = workspace.start("lab", args, {
      JUPYTER_CONFIG_DIR: join(home, "config"),
      JUPYTER_DATA_DIR: join(home, "data"),
      JUPYTER_RUNTIME_DIR: join(home, "runtime"),
    });
    child.stdout.cancel();
    const address = await addressOf(child);
    const browser = await chromium.launch({ executablePath, args: FLAGS.split(" ") });
    return new LabSession(child, browser, address, home);
  }

  /** What Jupyter's own interface says. */
  async api(path: string): Promise<unknown> {
    const { port, token } = this.#address;
    const response = await fetch(`http://127.0.0.1:${port}/api/${path}?token=${token}`);
    return await response.json();
  }

  /** Opens a notebook, in a window so high that all of its cells are drawn. */
  async openNotebook(path: string): Promise<Page> {
    const page = await this.#browser.newPage({ viewport: { width: 1280, height: 8000 } });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("request", (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (/^(http|ws)/.test(protocol) && hostname !== "127.0.0.1") this.strangers.push(hostname);
    });
    const { port, token } = this.#address;
    // A workspace of its own, so that Lab does not open what an earlier page had.
    const name = path.replaceAll(/\W/g, "_");
    await page.goto(
      `http://127.0.0.1:${port}/lab/workspaces/${name}/tree/${path}?token=${token}`,
    );
    await page.locator(".jp-Notebook:visible .jp-Cell").first().waitFor();
    await page.getByText("Feira (Deno) | Idle").waitFor();
    return page;
  }

  /** Runs all cells and waits until none runs. */
  async runAll(page: Page): Promise<void> {
    await page.getByText("Run", { exact: true }).first().click();
    await page.locator(".lm-Menu-item[data-command='runmenu:run-all']").click();
    await page.waitForFunction(() => {
      const document = (globalThis as unknown as { document: Dom }).document;
      const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
        .map(({ textContent }) => textContent ?? "");
      return prompts.some((text) => /\d/.test(text)) &&
        !prompts.some((text) => text.includes("*"));
    });
  }

  /** Ends Lab as Ctrl-C does, and gives its exit code. */
  async interrupt(): Promise<number> {
    this.#child.kill("SIGINT");
    return (await this.#child.status).code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    try {
      this.#child.kill("SIGTERM");
    } catch {
      // it has ended
    }
    await this.#child.status;
    await Deno.remove(this.#home, { recursive: true });
  }
}

/** As much of a page's document as is looked at; the tests' own types have none. */
interface Dom {
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>;
}

/** Reads on until Jupyter says where it listens; goes on reading so that it can write. */
async function addressOf(child: Deno.ChildProcess): Promise<{ port: string; token: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ port: string; token: string }>();
  const read = async () => {
    let text = "";
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) {
      text = (text + part).slice(-20_000);
      const match = text.match(ADDRESS);
      if (match) resolve({ port: match[1]!, token: match[2]! });
    }
    reject(new Error(`Cannot open JupyterLab: it ended\n${text}`));
  };
  read().catch(reject);
  return await promise;
}
