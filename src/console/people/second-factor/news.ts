/** That a second factor is new, in words: for its user, for somebody who is asked for its code, for administrators. */
import {
  type AccountsContext,
  newSecondFactorsOfAdministrators,
  type SecondFactorNews,
  secondFactorNewsForTicket,
  secondFactorNewsOf,
} from '../../../accounts/index.ts';
import {
  absoluteMoment,
  type Content,
  fill,
  html,
  notice,
  type PageContext,
  type SignedInContext,
} from '../../../web/index.ts';
import { SECOND_FACTOR_PATH } from '../paths.ts';
import { secondFactorMessages } from './messages.ts';

/** For one's own pages; nothing unless it is new. */
export async function ownNews(accounts: AccountsContext, c: SignedInContext): Promise<Content> {
  const news = await secondFactorNewsOf(accounts, c.viewer.user.name);
  return news === null ? '' : ownNotice(c, news);
}

/** For whoever is asked for a code: the password was right, and the device is perhaps a stranger's. */
export async function newsForTicket(
  accounts: AccountsContext,
  c: PageContext,
  ticket: string,
): Promise<Content> {
  const t = c.messages(secondFactorMessages);
  const news = await secondFactorNewsForTicket(accounts, ticket);
  return news === null ? '' : notice('warning', html`<p>${told(c, t.newOwn, news)} ${t.newAtLogin}</p>`);
}

/**
 * For the page on which administrators begin: their own, and those of the other administrators.
 * @param pathOf the page of a user
 */
export async function administratorsNews(
  accounts: AccountsContext,
  c: SignedInContext,
  pathOf: (userName: string) => string,
): Promise<Content> {
  const t = c.messages(secondFactorMessages);
  const all = await newSecondFactorsOfAdministrators(accounts);
  return all.map((news) =>
    news.userName === c.viewer.user.name
      ? ownNotice(c, news)
      : notice(
          'warning',
          html`<p>${told(c, t.newOther, news)} ${t.newOtherAdvice} <a href="${c.url(pathOf(news.userName))}">${fill(t.newOtherOpen, { name: news.userName })}</a></p>`,
        ),
  );
}

function ownNotice(c: SignedInContext, news: SecondFactorNews): Content {
  const t = c.messages(secondFactorMessages);
  const link = html`<a href="${c.url(SECOND_FACTOR_PATH)}">${t.title}</a>`;
  return notice('info', html`<p>${told(c, t.newOwn, news)} ${t.newOwnAdvice} ${link}</p>`);
}

function told(
  c: PageContext,
  sentence: { readonly from: string; readonly plain: string },
  { userName, createdAt, clientAddress }: SecondFactorNews,
): string {
  const values = { name: userName, moment: absoluteMoment(c, createdAt), address: clientAddress ?? '' };
  return fill(clientAddress === null ? sentence.plain : sentence.from, values);
}
