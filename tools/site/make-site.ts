/** The whole site, as files by their paths: pages, what they link to, the stylesheet, and `llms.txt`. */
import { readFileSync } from 'node:fs';
import { renderPage, STYLESHEET } from './render-page.ts';
import { ROOT, readSite, type SiteGroup } from './site-pages.ts';

/** Makes it. @throws if a document links to something that is not there */
export function makeSite(): Map<string, string | Uint8Array> {
  const groups = readSite();
  const site = new Map<string, string | Uint8Array>();
  for (const page of groups.flatMap(({ pages }) => pages)) {
    const { html, files } = renderPage(page, groups);
    site.set(page.path, html);
    for (const file of files) site.set(file, readFileSync(ROOT + file));
  }
  site.set(STYLESHEET, readFileSync(new URL(STYLESHEET, import.meta.url)));
  site.set('llms.txt', llmsText(groups));
  return site;
}

/** What programs that read documents for people begin with: one line for each page. @see https://llmstxt.org */
function llmsText(groups: readonly SiteGroup[]): string {
  const [{ pages: [front] = [] } = {}] = groups;
  const parts = groups.map(({ title, pages }) => {
    const lines = pages.map(({ title: name, path, summary }) => `- [${name}](${path}): ${summary}`);
    return `## ${title}\n\n${lines.join('\n')}\n`;
  });
  return [`# ${front?.title}\n\n> ${front?.summary}\n`, ...parts].join('\n');
}
