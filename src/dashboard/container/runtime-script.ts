/**
 * The script that gadgets call, at an address that changes with it, and at any other name for gadgets that are pages
 * elsewhere. It runs in origins that are nobody's or somebody else's, so it says that it may be loaded from there.
 */
import {
  browserScriptText,
  contentHash,
  type PageContext,
  type PageRoute,
  scriptFiles,
} from '../../web/index.ts';
import { GADGET_RUNTIME } from '../scripts.ts';
import { SCRIPTS_PATH } from './paths.ts';

let loaded: { readonly text: string; readonly path: string } | null = null;

function runtime(): { readonly text: string; readonly path: string } {
  if (loaded === null) {
    const text = browserScriptText(GADGET_RUNTIME);
    loaded = { text, path: `${SCRIPTS_PATH}gadget-runtime.${contentHash(text)}.js` };
  }
  return loaded;
}

/** Its local path. */
export function runtimePath(): string {
  return runtime().path;
}

/** Answers for the script. @throws when a file of it is missing */
export function runtimeRoute(): PageRoute {
  scriptFiles(GADGET_RUNTIME);
  return { method: 'GET', path: `${SCRIPTS_PATH}:name`, access: 'anyone', handle: sendRuntime };
}

function sendRuntime(c: PageContext): Response {
  const { text, path } = runtime();
  return new Response(text, {
    headers: {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': c.path === path ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      'X-Content-Type-Options': 'nosniff',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'Content-Security-Policy': "default-src 'none'",
    },
  });
}
