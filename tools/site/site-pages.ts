/**
 * The pages of the site: every document of the project, at the place where it is in the project, so that links
 * between documents lead to the same things on the site. A directory's README becomes its index.
 */
import { globSync, readFileSync } from 'node:fs';
import { Marked, type Token } from 'marked';
import { CHAPTER_TITLES, placeOf } from './chapters.ts';

/** The project's root, with a slash at its end. */
export const ROOT = new URL('../../', import.meta.url).pathname;

/** One page. */
export interface SitePage {
  /** The document, from the project's root. */
  readonly source: string;
  /** Where it is on the site, without a slash at the beginning. */
  readonly path: string;
  readonly language: 'en' | 'ja';
  readonly group: string;
  /** Its place in the group. */
  readonly place: number;
  readonly title: string;
  /** Its first paragraph, or as many sentences of it as fit into a line. */
  readonly summary: string;
  readonly markdown: string;
}

/** Pages of one group. */
export interface SiteGroup {
  readonly title: string;
  readonly pages: readonly SitePage[];
}

/** Every page, by chapter; within one by its place, and where those are the same the directory's index first, then by title. */
export function readSite(): SiteGroup[] {
  const sources = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'bench/**/*.md'], { cwd: ROOT });
  const pages = sources.map(readPage);
  return CHAPTER_TITLES.map((title) => ({
    title,
    pages: pages
      .filter(({ group }) => group === title)
      .sort(
        (a, b) =>
          a.place - b.place ||
          Number(isIndex(b)) - Number(isIndex(a)) ||
          a.title.localeCompare(b.title, 'en'),
      ),
  }));
}

/** Where a document is on the site. */
export function pathOnSite(source: string): string {
  return source.replace(/(^|\/)README\.md$/, '$1index.md').replace(/\.md$/, '.html');
}

/** Markdown without its marks. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ('tokens' in token && token.tokens !== undefined) return plainText(token.tokens);
      return token.type === 'html' ? '' : 'text' in token ? String(token.text) : '';
    })
    .join('')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', '’');
}

function readPage(source: string): SitePage {
  const markdown = readFileSync(ROOT + source, 'utf8');
  const tokens = new Marked().lexer(markdown);
  const heading = tokens.find(({ type }) => type === 'heading');
  const paragraph = tokens.find((token) => token.type === 'paragraph' && plainText([token]).trim() !== '');
  const { chapter, place } = placeOf(source);
  return {
    source,
    path: pathOnSite(source),
    language: source.endsWith('.ja.md') ? 'ja' : 'en',
    group: chapter,
    place,
    title: heading === undefined ? source : plainText([heading]).trim(),
    summary: paragraph === undefined ? '' : shortened(plainText([paragraph]).trim()),
    markdown,
  };
}

const SUMMARY_LENGTH = 200;

/** The sentences of a text that fit; at least the first one. */
function shortened(text: string): string {
  let summary = '';
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)) {
    if (summary !== '' && summary.length + segment.length > SUMMARY_LENGTH) break;
    summary += segment;
  }
  return summary.trim();
}

function isIndex({ path }: SitePage): boolean {
  return /(?:^|\/)index\.html$/.test(path);
}
