/**
 * The quickstart of a consumer, in the language that its reader chose: one program, with the consumer's key and the
 * public URL filled in. Administrators and the consumer's owner are shown the same; a secret is in neither.
 */
import type { Consumer } from '../model/index.ts';
import {
  QUICKSTART_WORDS,
  QUICKSTARTS,
  type QuickstartLanguage,
  quickstartLanguage,
  SECRET_LINE,
} from '../quickstarts/index.ts';
import { copyBlock, fill, type Html, html, type PageContext } from '../web/index.ts';

/** What a quickstart needs to know of a consumer. */
interface Described {
  readonly key: string;
  readonly credential: { readonly kind: Consumer['credential']['kind'] };
}

/** The page's title. */
export function quickstartTitle(c: PageContext): string {
  return QUICKSTART_WORDS[c.locale].title;
}

/**
 * The page's body.
 * @param pathOf the address of the same page for another language
 */
export function quickstartBody(
  c: PageContext,
  { key, credential }: Described,
  pathOf: (language: QuickstartLanguage) => string,
): Html {
  const t = QUICKSTART_WORDS[c.locale];
  const language = quickstartLanguage(c.query.get('language'));
  const { title, file, install, run, isTested, code } = QUICKSTARTS[language];
  const publicUrl = c.publicUrl.href.replace(/\/+$/, '');
  const isSecret = credential.kind === 'shared-secret';
  return html`<p>${t.lead}</p>
<ul class="choices">${(Object.keys(QUICKSTARTS) as QuickstartLanguage[]).map(
    (one) =>
      html`<li><a href="${c.url(pathOf(one))}"${one === language ? html` aria-current="page"` : ''}>${nameOf(one)}</a></li>`,
  )}</ul>
<h2>${title}</h2>
<ol>
<li><p>${t.install}</p>${copyBlock(c, install, t.install)}</li>
<li><p>${isSecret ? t.secret : t.privateKey}</p>${isSecret ? copyBlock(c, SECRET_LINE, t.secret) : ''}</li>
<li class="program"><p>${fill(t.save, { file })}</p>${copyBlock(c, code({ publicUrl, consumerKey: key, credential: credential.kind }), file)}</li>
<li><p>${t.run}</p>${copyBlock(c, run, t.run)}</li>
</ol>
<p>${t.next}</p>
<p class="meta">${isTested ? t.tested : t.untested}</p>`;
}

/** The language's name, without the library's. */
function nameOf(language: QuickstartLanguage): string {
  return QUICKSTARTS[language].title.split(':')[0] ?? language;
}
