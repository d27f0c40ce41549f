/**
 * The static files: the stylesheets, the scripts, the mark, and the scripts of faces. A file's name carries the beginning of its
 * content's SHA-256, so browsers may keep it for ever and still get the new one at once. Where a script imports an
 * earlier one of the list, the name with the hash is put in.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type BrowserScript, browserScriptText } from './browser-script.ts';

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
  'pages.js': ['pages.js', 'selection.js', 'keys.js'],
  'signature.js': ['signature.js'],
  'signature-page.js': ['signature-page.js'],
  'mark.svg': ['mark.svg'],
};

/** Where the files are served, below the public URL's path. */
export const ASSETS_PATH = '/oauth/assets/';

/** The static files, read once. */
export interface Assets {
  /** The local path of a file, with its hash. */
  path(name: string): string;
  /** Answers the request for a file; null when there is none of that name. */
  respond(localPath: string): Response | null;
}

/** Reads the files. @throws when one is missing: better at start than at the first page */
export function loadAssets(scripts: readonly BrowserScript[] = []): Assets {
  const paths = new Map<string, string>();
  const bodies = new Map<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }>();
  function add(file: string, content: Buffer): void {
    const bytes = new Uint8Array(content);
    const [stem, extension] = file.split('.') as [string, string];
    const path = `${ASSETS_PATH}${stem}.${contentHash(bytes)}.${extension}`;
    paths.set(file, path);
    bodies.set(path, { bytes, type: TYPES[extension]! });
  }
  for (const [file, sources] of Object.entries(FILES)) {
    const parts = sources.map((source) => readFileSync(new URL(`./browser/${source}`, import.meta.url)));
    const text = withHashedImports(Buffer.concat(parts).toString('utf8'), paths);
    add(file, Buffer.from(tightened(file, text)));
  }
  for (const script of scripts) add(script.name, Buffer.from(browserScriptText(script)));
  return {
    path(name) {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`There is no static file ${name}.`);
      return path;
    },
    respond(localPath) {
      const file = bodies.get(localPath);
      if (file === undefined) return null;
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

/** The beginning of a content's SHA-256, for its name. */
export function contentHash(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10);
}

function withHashedImports(script: string, paths: ReadonlyMap<string, string>): string {
  return script.replace(/( from |import\()'\.\/([\w-]+\.js)'/g, (whole, word: string, name: string) => {
    const path = paths.get(name);
    return path === undefined ? whole : `${word}'./${path.slice(ASSETS_PATH.length)}'`;
  });
}

/** A file without what only people need in it. */
function tightened(file: string, text: string): string {
  if (file.endsWith('.js')) return bareScript(text);
  return file.endsWith('.css') ? tightStyle(text) : text;
}

/** A script without indentation, empty lines, and the lines that are comments. */
function bareScript(script: string): string {
  return script.replace(/^\s*(?:\/\/.*|\/\*[\s\S]*?\*\/)?\s*/gm, '');
}

/** A stylesheet without its comments and the blanks that only people need. */
function tightStyle(style: string): string {
  return style
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/ > /g, '>')
    .replace(/(?<![\w.])0\.(?=\d)/g, '.')
    .replace(/;\}/g, '}');
}
