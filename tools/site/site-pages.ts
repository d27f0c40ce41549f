/**
 * The pages of the site: every document of the project, at the place where it is in the project, so that links
 * between documents lead to the same things on the site. A directory's README becomes its index.
 */
import { globSync, readFileSync } from 'node:fs';
import { Marked, type Token } from 'marked';

/** The project's root, with a slash at its end. */
export const ROOT = new URL('../../', import.meta.url).pathname;

/** The groups of the navigation, in its order, and which documents are in each. */
const GROUPS = [
  { title: 'Guide', matches: /^(?:README\.md$|docs\/guide\/)/ },
  { title: 'Reference', matches: /^docs\/reference\// },
  { title: 'Problems', matches: /^docs\/problems\// },
  { title: 'Known mistakes', matches: /^docs\/mistakes\// },
  { title: 'Examples', matches: /^examples\// },
  { title: 'Decisions', matches: /^docs\/adr\// },
  { title: 'Project', matches: /./ },
] as const;

/** One page. */
export interface SitePage {
  /** The document, from the project's root. */
  readonly source: string;
  /** Where it is on the site, without a slash at the beginning. */
  readonly path: string;
  readonly language: 'en' | 'ja';
  readonly group: string;
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

/** Every page, by group; within one, the directory's index first, then by title. */
export function readSite(): SiteGroup[] {
  const sources = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'bench/**/*.md'], { cwd: ROOT });
  const pages = sources.map(readPage);
  return GROUPS.map(({ title }) => ({
    title,
    pages: pages
      .filter(({ group }) => group === title)
      .sort((a, b) => Number(isIndex(b)) - Number(isIndex(a)) || a.title.localeCompare(b.title, 'en')),
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
  return {
    source,
    path: pathOnSite(source),
    language: source.endsWith('.ja.md') ? 'ja' : 'en',
    group: GROUPS.find(({ matches }) => matches.test(source))!.title,
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
