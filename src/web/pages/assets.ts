/**
 * The static files: the stylesheets, the scripts, the mark, and the scripts of faces. A file's name carries the beginning of its
 * content's SHA-256, so browsers may keep it for ever and still get the new one at once. Where a script imports an
 * earlier one of the list, the name with the hash is put in.
 */
import { createHash } from 'node:crypto';
import { accessSync, readFileSync } from 'node:fs';
import { type BrowserScript, browserScriptText, scriptFiles, tightScript } from './browser-script.ts';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Each file as browsers get it, and the sources under `browser/` that make it up, in their order. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  'pages.css': ['ink', 'frame', 'form', 'parts', 'list', 'sections'].map((part) => `styles/${part}.css`),
  'card.css': ['styles/card.css'],
  'diagnosis.css': ['styles/diagnosis.css'],
  'usage.css': ['styles/usage.css'],
  'dashboard.css': ['styles/dashboard.css', 'styles/gadget-bar.css'],
  'gadgets.css': ['styles/gadgets.css'],
  'palette.css': ['styles/palette.css'],
  'palette.js': ['palette.js'],
  'draft.js': ['draft.js'],
  'selection.js': ['selection.js'],
  'pages.js': ['pages.js', 'keys.js'],
  'signature.js': ['signature.js'],
  'signature-page.js': ['signature-page.js'],
  'mark.svg': ['mark.svg'],
};

/** Where the files are served, below the public URL's path. */
export const ASSETS_PATH = '/oauth/assets/';

/** The static files, each made when it is first asked for. */
export interface Assets {
  /** The local path of a file, with its hash. */
  path(name: string): string;
  /** Answers the request for a file; null when there is none of that name. */
  respond(localPath: string): Response | null;
}

interface Asset {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** Finds the files. @throws when one is missing: better at start than at the first page */
export function loadAssets(scripts: readonly BrowserScript[] = []): Assets {
  const texts = new Map<string, () => string>();
  for (const [file, sources] of Object.entries(FILES)) {
    const parts = sources.map((source) => new URL(`./browser/${source}`, import.meta.url));
    for (const part of parts) accessSync(part);
    texts.set(file, () => {
      const text = parts.map((part) => readFileSync(part, 'utf8')).join('');
      return tightened(
        file,
        withHashedImports(text, (name) => find(name)?.path),
      );
    });
  }
  for (const script of scripts) {
    scriptFiles(script);
    texts.set(script.name, () => browserScriptText(script));
  }
  const made = new Map<string, Asset>();
  function find(name: string): Asset | undefined {
    const text = texts.get(name);
    if (text === undefined || made.has(name)) return made.get(name);
    const asset = assetOf(name, Buffer.from(text()));
    made.set(name, asset);
    return asset;
  }
  return {
    path(name) {
      const path = find(name)?.path;
      if (path === undefined) throw new Error(`There is no static file ${name}.`);
      return path;
    },
    respond(localPath) {
      const file = find(localPath.slice(ASSETS_PATH.length).replace(HASH, ''));
      if (file?.path !== localPath) return null;
      const headers = {
        'Content-Type': file.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Content-Security-Policy': "default-src 'none'",
      };
      return new Response(file.bytes, { headers });
    },
  };
}

function assetOf(name: string, content: Buffer): Asset {
  const bytes = new Uint8Array(content);
  const [stem, extension] = name.split('.') as [string, string];
  return {
    path: `${ASSETS_PATH}${stem}.${contentHash(bytes)}.${extension}`,
    bytes,
    type: TYPES[extension]!,
  };
}

/** What stands in an address between the name and its extension. */
const HASH = /\.[0-9a-f]{10}(?=\.\w+$)/;

/** The beginning of a content's SHA-256, for its name. */
export function contentHash(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

function withHashedImports(script: string, pathOf: (name: string) => string | undefined): string {
  return script.replace(/( from |import\()'\.\/([\w-]+\.js)'/g, (whole, word: string, name: string) => {
    const path = pathOf(name);
    return path === undefined ? whole : `${word}'./${path.slice(ASSETS_PATH.length)}'`;
  });
}

/** A file without what only people need in it. */
function tightened(file: string, text: string): string {
  if (file.endsWith('.js')) return bareScript(text);
  return file.endsWith('.css') ? tightStyle(text) : text;
}

/** A script without indentation, empty lines, the lines that are comments, and the blanks that only people need. */
function bareScript(script: string): string {
  return tightScript(script.replace(/^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)?\s*/gm, ''));
}

/** A stylesheet without its comments and the blanks that only people need. */
function tightStyle(style: string): string {
  return style
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: |::(?=before|after)/g, ':')
    .replaceAll('@media (', '@media(')
    .replace(/ ([>/]|\+(?= [.*a-z])) /g, '$1')
    .replace(/="([a-z][\w-]*)"\]/gi, '=$1]')
    .replace(/(?<![\w.])0\.(?=\d)/g, '.')
    .replace(/;\}/g, '}');
}
