/**
 * What JupyterLab starts as this workspace's kernel, by the specification that
 * `deno task lab` writes: `deno run -A lab_kernel.ts CONNECTION_FILE`.
 */
import { serveKernel } from "feira/notebook";
import { FIGURE_MIME, type FigureData, liveFigureHtml } from "feira/plots";
import { main } from "./_main.ts";

const LOOK_MS = 1_000;

await main(async ([connectionFile]) => {
  const lab = Deno.ppid;
  // A Jupyter that was killed cannot end its kernels; ours ends with this process.
  Deno.unrefTimer(setInterval(() => Deno.ppid === lab || Deno.exit(1), LOOK_MS));
  const end = await serveKernel(connectionFile!, {
    cwd: Deno.cwd(),
    toLive: (data) => {
      const figure = data[FIGURE_MIME] as FigureData | undefined;
      return figure === undefined ? data : { ...data, "text/html": liveFigureHtml(figure) };
    },
  });
  // Jupyter starts a kernel again that ends without having been asked to.
  return end === "shutdown" ? 0 : 1;
});
