/** The scripts of dashboards and of gadgets, each with the files that make it up. */
import type { BrowserScript } from '../web/index.ts';

/** Scripts that dashboards' pages name in `Page.scripts`. */
export const PAGE_SCRIPTS: readonly BrowserScript[] = [
  script('container.js', 'messages', 'read-frame-message', 'carry-request', 'container'),
  script('approval.js', 'approval'),
  script('approval-done.js', 'approval-done'),
  script('dashboard.js', 'sending', 'moving', 'dashboard'),
];

/** What gadgets in frames call. */
export const GADGET_RUNTIME: BrowserScript = script(
  'gadget-runtime.js',
  'messages',
  'gadget-channel',
  'gadget-io',
  'gadget-prefs',
  'gadget-surface',
  'gadget-runtime',
);

function script(name: string, ...parts: readonly string[]): BrowserScript {
  return { name, sources: parts.map((part) => new URL(`./browser/${part}.ts`, import.meta.url)) };
}
