/**
 * The page that lists all documents, and finds every section of them by its words where scripts run. Nothing is asked of
 * any server: what is searched lies beside the page, in a script, so that the site works from a directory, too.
 */
import { readFileSync } from 'node:fs';
import { isGuide } from './chapters.ts';
import type { SiteGroup, SitePage } from './site-pages.ts';

/** Where it is on the site. */
export const SEARCH_PAGE = 'search.html';

/** The scripts of the page, in their order; no other page has any. */
export const SEARCH_SCRIPTS = ['search-sections.js', 'search.js'] as const;

/** A page as it was rendered. */
interface RenderedArticle {
  readonly page: SitePage;
  /** The document as HTML. */
  readonly article: string;
}

/** The page as a document, which links to every other one. */
export function searchDocument(groups: readonly SiteGroup[]): SitePage {
  const lists = groups.map(({ title, pages }) => {
    const lines = pages.map(
      ({ title: name, source, summary }) => `- [${name}](${source}): ${escaped(summary)}`,
    );
    return `## ${title}\n\n${lines.join('\n')}`;
  });
  const summary = 'Every document, and with a script in the browser every section of them by its words.';
  return {
    source: 'search.md',
    path: SEARCH_PAGE,
    language: 'en',
    group: groups[0]!.title,
    place: Number.POSITIVE_INFINITY,
    title: 'All documents',
    summary,
    markdown: `# All documents\n\n${lists.join('\n\n')}\n`,
  };
}

/** What the page shows in the place of the list when something is looked for. */
export function searchArticle(article: string): string {
  const [heading = '', rest = ''] = article.split(/(?<=<\/h1>\n)/u);
  return `${heading}<noscript><p>Scripts are off in this browser, so this page lists everything; the browser’s own search finds what is on it.</p></noscript>
<p id="found" role="status"></p>
<ol id="results"></ol>
<div id="everything">
${rest}</div>
${SEARCH_SCRIPTS.map((file) => `<script src="${file}"></script>\n`).join('')}`;
}

/** The scripts by their names. */
export function searchScripts(pages: readonly RenderedArticle[]): ReadonlyMap<string, string> {
  const [sections, script] = SEARCH_SCRIPTS;
  const text = JSON.stringify(pages.flatMap(sectionsOf));
  return new Map([
    [sections, `globalThis.SITE_SECTIONS = ${text};\n`],
    [script, readFileSync(new URL(script, import.meta.url), 'utf8')],
  ]);
}

/** The sections of a page: what stands under each of its headings. Guides come before what is looked up in them. */
function sectionsOf({ page, article }: RenderedArticle): object[] {
  const weight = isGuide(page.group) ? 2 : 1;
  return article
    .split(/(?=<h[1-6] id=")/u)
    .map((part) => {
      const [, id = '', heading = '', rest = ''] =
        /^<h[1-6] id="([^"]*)">(.*?)<\/h[1-6]>(.*)$/su.exec(part) ?? [];
      return { id, heading: textOf(heading), text: textOf(rest) };
    })
    .filter(({ id }) => id !== '')
    .map(({ id, heading, text }) => ({
      path: `${page.path}#${id}`,
      title: page.title,
      heading,
      text,
      weight,
    }));
}

function textOf(html: string): string {
  return html
    .replaceAll(/<(?!\/?(?:a|code|em|strong|span)\b)[^>]*>/gu, ' ')
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}

/** A text in which nothing is Markdown. */
function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>]|:(?=\/\/)/gu, '\\$&');
}
