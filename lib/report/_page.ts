import { createHash } from "node:crypto";
import type { PageAssets } from "./_assets.ts";
import { type Html, markup, trusted } from "./_html.ts";
import type { Site } from "./site_spec.ts";

/** The parts of one page. */
export interface PageParts {
  readonly title: string;
  readonly description?: string | undefined;
  /** Whether code is hidden until the reader asks for it. */
  readonly hidesCode?: boolean;
  /** Rules that this page needs besides. */
  readonly css?: string;
  /** Kinds of figures on it that a script makes interactive. */
  readonly enhancements?: ReadonlySet<string>;
  /** Beside the content: the table of contents. */
  readonly aside?: Html | undefined;
  readonly main: Html;
  readonly footer: Html;
}

/** A whole document that asks no host for anything and runs our scripts alone. */
export function renderPage(parts: PageParts, site: Site, assets: PageAssets): string {
  const used = [...parts.enhancements ?? []].sort()
    .flatMap((kind) => assets.enhancements.get(kind) ?? []);
  const script = [assets.js, ...used.map(({ js }) => js)].join("\n");
  const style = [
    assets.css,
    ...used.map(({ css }) => css),
    parts.css ?? "",
    site.banner ? printedBanner(site.banner) : "",
  ].filter(Boolean).join("\n");
  const banner = site.banner &&
    markup`<section class="banner" aria-label="Warning"><strong>${
      trusted(WARNING_SIGN)
    } ${site.banner}</strong></section>`;
  const isIndex = parts.aside === undefined;
  return markup`<!doctype html>
<html lang="en" data-code="${parts.hidesCode ? "hidden" : "shown"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf([assets.head, script], style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${isIndex ? parts.title : `${parts.title} · ${site.title}`}</title>
${parts.description && markup`<meta name="description" content="${parts.description}">`}
<script>${trusted(assets.head)}</script>
<style>${trusted(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${banner}
<div class="page${isIndex && " index"}">
${parts.aside}
<main id="content" tabindex="-1">
${parts.main}
</main>
</div>
${parts.footer}
<script>${trusted(script)}</script>
</body>
</html>
`.text;
}

/**
 * What a browser may do for this page: run these scripts, use this style sheet and
 * pictures that are in it. Style attributes pass, for drawings have them; browsers
 * that do not know `style-src-elem` take `style-src` for it.
 */
function policyOf(scripts: readonly string[], style: string): string {
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  return `default-src 'none'; img-src data:; script-src ${scripts.map(hash).join(" ")}; ` +
    `style-src 'unsafe-inline'; style-src-elem ${hash(style)}; style-src-attr 'unsafe-inline'; ` +
    `base-uri 'none'; form-action 'none'`;
}

const WARNING_SIGN = `<span aria-hidden="true">▲</span>`;

/** Paper is torn apart: each printed page says it again in its margin. */
function printedBanner(banner: string): string {
  const quoted = banner.replace(/[^\p{L}\p{N} .,:;!?()%'’–—-]/gu, " ").replace(/\s+/g, " ").trim();
  return `@page{margin-top:22mm;@top-center{content:"${quoted}";font:bold 9pt system-ui,sans-serif;color:#7a3e00}}`;
}

/** The address of a notebook's page beside this one, whatever the name has in it. */
export function toHref(name: string): string {
  return `${encodeURIComponent(name)}.html`;
}

/** A duration as people say it: "0.4 s", "12 s", "3 min 5 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
}

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

/** A moment as "22 November 2026, 18:05 UTC"; a text that is none stays as it is. */
export function formatMoment(iso: string): string {
  let moment: Temporal.ZonedDateTime;
  try {
    moment = Temporal.Instant.from(iso).toZonedDateTimeISO("UTC");
  } catch {
    return iso;
  }
  const minute = String(moment.minute).padStart(2, "0");
  return `${moment.day} ${MONTHS[moment.month - 1]} ${moment.year}, ${moment.hour}:${minute} UTC`;
}
