/**
 * The document in a gadget's frame: the spec's HTML with its placeholders filled in, after what it is told and the
 * script that gadgets call. It is sandboxed by its own headers, too, so that it is nobody's origin wherever it is
 * opened, and it may be framed by this installation only. What it may load is what the administrators' rules name;
 * it sends nothing by itself: not by fetch, not by forms, not by frames of its own.
 */
import {
  CORE_FEATURES,
  contentFor,
  type OutboundPlaces,
  type ReadGadget,
  substitute,
  substitutionsFor,
} from '../../gadgets/index.ts';
import type { PlacedGadget } from '../../model/index.ts';
import { type Content, html, type PageContext } from '../../web/index.ts';
import type { GadgetFacts } from '../browser/messages.ts';
import { shownTitle, viewerPlace } from '../specs.ts';
import { SCRIPTS_PATH } from './paths.ts';
import { runtimePath } from './runtime-script.ts';

/** The headers of everything that stands in a frame. @param sources where it may load from */
export function frameHeaders(c: PageContext, sources: readonly string[]): Record<string, string> {
  const own = c.publicUrl.origin;
  const scripts = `${own}${c.url(SCRIPTS_PATH)}`;
  const from = [scripts, ...sources].join(' ');
  const policy = [
    "default-src 'none'",
    `script-src 'unsafe-inline' 'unsafe-eval' ${from}`,
    `style-src 'unsafe-inline' ${from}`,
    `img-src data: ${from}`,
    `font-src data: ${from}`,
    `media-src data: ${from}`,
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "object-src 'none'",
    `frame-ancestors ${own}`,
    'sandbox allow-scripts allow-forms',
  ];
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy.join('; '),
    'Connection-Allowlist': connectionList([scripts, ...sources]),
    'X-Content-Type-Options': 'nosniff',
    'X-DNS-Prefetch-Control': 'off',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Cache-Control': 'private, no-store',
  };
}

/**
 * The same once more for browsers that know this header: it holds for WebRTC, too, for which policies have no word
 * that browsers follow, and which would carry anything to any host.
 */
function connectionList(sources: readonly string[]): string {
  const patterns = sources.map((source) => (source.endsWith('/') ? `${source}*` : source));
  return `(${patterns.map((pattern) => `"${pattern}"`).join(' ')})`;
}

/** Where a gadget's document may load from. One of our own may load from where our own stand. */
export function frameSources(c: PageContext, { providers, rules }: OutboundPlaces, isOwn: boolean): string[] {
  const origins = providers
    .flatMap((provider) => provider.origins)
    .filter((one) => one !== c.publicUrl.origin);
  const own = isOwn ? [`${c.publicUrl.origin}${c.url('/rest/gadgets/1.0/')}`] : [];
  return [...new Set([...own, ...origins, ...rules.map(({ pattern }) => pattern)])];
}

/** The document of a gadget whose content is HTML. */
export async function gadgetDocument(
  c: PageContext,
  read: ReadGadget,
  placed: PlacedGadget,
  view: string,
): Promise<string> {
  const { spec, bundles } = read;
  const content = contentFor(spec, view);
  const substitutions = substitutionsFor(spec, {
    bundles,
    ...viewerPlace(c),
    moduleId: placed.id,
    preferences: placed.preferences,
    environment: { public_url: c.publicUrl.href.replace(/\/$/, '') },
  });
  const facts: GadgetFacts = {
    moduleId: substitutions.moduleId,
    pageOrigin: c.publicUrl.origin,
    view: content.views.includes(view) ? view : content.views[0]!,
    views: [...new Set(spec.contents.flatMap(({ views }) => views))],
    ...viewerPlace(c),
    preferences: substitutions.preferences,
    messages: substitutions.messages,
    features: Object.fromEntries([
      ...CORE_FEATURES.map((name) => [name, {}] as const),
      ...spec.features.map(({ name, parameters }) => [name, parameters] as const),
    ]),
  };
  const title = String(await html`<title>${shownTitle(placed, read, c.locale)}</title>`);
  const head = `${title}
<script type="application/json" id="gadget-facts">${inScript(facts)}</script>
<script src="${c.url(runtimePath())}"></script>`;
  return frameShell(c, substitutions.direction, head, substitute(content.html, substitutions, 'html'));
}

/** The document that says why there is no gadget. */
export async function frameNotice(c: PageContext, words: Content): Promise<string> {
  return frameShell(
    c,
    'ltr',
    String(await html`<title>${words}</title>`),
    String(await html`<p>${words}</p>`),
  );
}

function frameShell(c: PageContext, direction: 'ltr' | 'rtl', head: string, body: string): string {
  return `<!doctype html>
<html lang="${c.locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<style>body{margin:8px;font:14px/1.4 system-ui,sans-serif;overflow-wrap:break-word}</style>
${head}
</head>
<body>
${body}
</body>
</html>`;
}

/** No text in it can end the script element, or begin a comment in it. */
function inScript(facts: GadgetFacts): string {
  return JSON.stringify(facts).replaceAll('<', '\\u003c');
}
