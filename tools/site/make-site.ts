/** The whole site, as files by their paths: pages, what they link to, the stylesheet, the search, and `llms.txt`. */
import { readFileSync } from 'node:fs';
import { renderPage, STYLESHEET } from './render-page.ts';
import { SEARCH_PAGE, searchDocument, searchScripts } from './search-page.ts';
import { ROOT, readSite, type SiteGroup } from './site-pages.ts';

/** Makes it. @throws if a document links to something that is not there */
export function makeSite(): Map<string, string | Uint8Array> {
  const groups = withSearch(readSite());
  const site = new Map<string, string | Uint8Array>();
  const rendered = groups
    .flatMap(({ pages }) => pages)
    .map((page) => ({ page, ...renderPage(page, groups) }));
  for (const { page, html, files } of rendered) {
    site.set(page.path, html);
    for (const file of files) site.set(file, readFileSync(ROOT + file));
  }
  const searched = rendered.filter(({ page }) => page.path !== SEARCH_PAGE);
  for (const [path, script] of searchScripts(searched)) site.set(path, script);
  site.set(STYLESHEET, readFileSync(new URL(STYLESHEET, import.meta.url)));
  site.set('llms.txt', llmsText(groups));
  return site;
}

/** The page that lists all others stands last in the first chapter. */
function withSearch(groups: readonly SiteGroup[]): readonly SiteGroup[] {
  const [first, ...others] = groups;
  return [{ ...first!, pages: [...first!.pages, searchDocument(groups)] }, ...others];
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
