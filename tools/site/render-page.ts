/** One page of the site as HTML: navigation, the document, nothing from elsewhere, and no script but that of the search. */
import { existsSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { Marked, type Tokens } from 'marked';
import { isGuide } from './chapters.ts';
import { SEARCH_PAGE, searchArticle } from './search-page.ts';
import { pathOnSite, plainText, ROOT, type SiteGroup, type SitePage } from './site-pages.ts';

/** A page, and the files of the project that it links to. */
export interface RenderedPage {
  readonly html: string;
  /** The document alone. */
  readonly article: string;
  readonly files: ReadonlySet<string>;
}

/** The name of the stylesheet, at the root of the site. */
export const STYLESHEET = 'site.css';

/** Renders it. @param groups the whole site, for the navigation */
export function renderPage(page: SitePage, groups: readonly SiteGroup[]): RenderedPage {
  const files = new Set<string>();
  const article = renderArticle(page, files);
  const shown = page.path === SEARCH_PAGE ? searchArticle(article) : article;
  const title = page.path === 'index.html' ? page.title : `${page.title} · Countersign`;
  const html = `<!doctype html>
<html lang="${page.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<meta name="description" content="${escaped(page.summary)}">
<link rel="stylesheet" href="${towards(page, STYLESHEET)}">
<header><a class="name" href="${towards(page, 'index.html')}">Countersign</a><form role="search" action="${towards(page, SEARCH_PAGE)}"><input type="search" name="q" aria-label="Search the documents" placeholder="Search" autocomplete="off"><button>Search</button></form><a class="to-documents" href="#documents">Documents</a></header>
<div class="columns">
<main>
${shown}</main>
<nav id="documents" aria-label="Documents">
${groups.map((group) => navigationGroup(page, group)).join('\n')}
</nav>
</div>
</html>
`;
  return { html, article, files };
}

function navigationGroup(page: SitePage, { title, pages }: SiteGroup): string {
  const links = pages.map((one) => {
    const current = one === page ? ' aria-current="page"' : '';
    const language = one.language === page.language ? '' : ` lang="${one.language}"`;
    return `<li><a href="${towards(page, one.path)}"${current}${language}>${escaped(one.title)}</a></li>`;
  });
  const isOpen = pages.includes(page) || isGuide(title) || title === 'Reference' ? ' open' : '';
  return `<details${isOpen}><summary>${title}</summary><ul>${links.join('')}</ul></details>`;
}

function renderArticle(page: SitePage, files: Set<string>): string {
  const taken = new Map<string, number>();
  const linkTo = (href: string) => rewritten(page, href, files);
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const id = unique(anchorOf(plainText(tokens)), taken);
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const target = linkTo(href);
        const words = this.parser.parseInline(tokens);
        return target === null ? words : `<a href="${escaped(target)}">${words}</a>`;
      },
    },
  });
  const html = marked.parse(page.markdown, { async: false });
  for (const [, file = ''] of html.matchAll(/<(?:img|source)\b[^>]*\b(?:src|srcset)="([^"]+)"/g))
    linkTo(file);
  return html
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replaceAll('<table>', '<div class="wide" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
}

/** The address of a link on the site; null where the site has nothing to lead to. Files that it leads to are noted. */
function rewritten(page: SitePage, href: string, files: Set<string>): string | null {
  if (/^(?:[a-z]+:|#)/.test(href)) return href;
  const [target = '', section] = href.split('#');
  const source = posix.normalize(posix.join(posix.dirname(page.source), target)).replace(/\/$/, '');
  if (!existsSync(ROOT + source)) throw new Error(`${page.source} links to ${href}, which is not there.`);
  const suffix = section === undefined ? '' : `#${section}`;
  if (source.endsWith('.md')) return towards(page, pathOnSite(source)) + suffix;
  if (statSync(ROOT + source).isDirectory()) {
    const index = `${source}/README.md`;
    return existsSync(ROOT + index) ? towards(page, pathOnSite(index)) + suffix : null;
  }
  files.add(source);
  return towards(page, source);
}

/** A relative address, so that the site may lie anywhere, also in a directory that no server serves. */
function towards(page: SitePage, path: string): string {
  return posix.relative(posix.dirname(page.path), path);
}

/** A heading's name in addresses, as the places that show Markdown make it. */
function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

function unique(name: string, taken: Map<string, number>): string {
  const before = taken.get(name) ?? 0;
  taken.set(name, before + 1);
  return before === 0 ? name : `${name}-${before}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
