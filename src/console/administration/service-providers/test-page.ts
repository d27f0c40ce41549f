/**
 * "Test this provider": the steps of a connection that need no person, run now through the guarded client. Each is a
 * row with its outcome and what to do; what was sent and what came back is folded away under it, without secrets.
 */
import { findServiceProvider, recordProviderTest, worstOf } from '../../../administration/index.ts';
import { type ShownExchange, type TestStep, testProvider } from '../../../consumer/index.ts';
import {
  buttonRow,
  type Content,
  copyBlock,
  fill,
  type Html,
  html,
  linkButton,
  notice,
  type PageContext,
  type SignedInContext,
} from '../../../web/index.ts';
import { refuseTooMany } from '../../connections/limit.ts';
import { callbackUrl } from '../../connections/paths.ts';
import { commonMessages } from '../common-messages.ts';
import type { AdministrationDependencies } from '../dependencies.ts';
import { adviceWords, outcomeMark, stepTitle } from './test-words.ts';
import { connectPart, testForm } from './view-page.ts';
import { PROVIDERS_PATH, providerMessages, providerPath } from './words.ts';

/** Runs the test, notes how it ended, and answers with its steps. */
export async function test(
  { administration, consumer }: AdministrationDependencies,
  c: SignedInContext,
): Promise<Response> {
  const limited = await refuseTooMany(administration.storage, c);
  if (limited !== null) return limited;
  const t = c.messages(providerMessages);
  const provider = await findServiceProvider(administration, c.query.get('name') ?? '');
  const { name } = provider;
  const steps = await testProvider(consumer, provider, callbackUrl(c));
  const verdict = worstOf(steps.map(({ outcome }) => outcome));
  const finding = steps.findLast(({ outcome }) => outcome === verdict)?.finding ?? '';
  await recordProviderTest(administration, name, { verdict, finding }, c.viewer.user.name);
  const isFailed = verdict === 'failure';
  return c.page({
    title: fill(t.testTitle, { name }),
    section: 'service-providers',
    breadcrumbs: [
      { label: t.title, path: PROVIDERS_PATH },
      { label: name, path: providerPath('view', name) },
    ],
    formLeadsAway: true,
    styles: ['diagnosis.css'],
    body: html`${notice(isFailed || verdict === 'warning' ? 'warning' : 'done', html`<p>${t.verdicts[verdict]}</p>`)}
<ol class="test-steps">${steps.map((step) => stepRow(c, name, step))}</ol>
${isFailed ? '' : connectPart(c, provider)}
${buttonRow(
  testForm(c, name, isFailed ? 'primary' : 'plain'),
  linkButton(c, providerPath('edit', name), c.messages(commonMessages).edit),
  linkButton(c, providerPath('view', name), t.returnToProvider),
)}`,
  });
}

function stepRow(c: PageContext, provider: string, step: TestStep): Html {
  const t = c.messages(providerMessages);
  return html`<li class="test-step is-${step.outcome}"><h2>${outcomeMark(c, step.outcome)} ${stepTitle(c, step.step)}</h2>
<p>${adviceWords(c, provider, step)}</p>
${step.exchange === null ? '' : html`<details class="more"><summary>${t.showExchange}</summary>${exchangePart(c, step.exchange)}</details>`}</li>`;
}

function exchangePart(c: PageContext, exchange: ShownExchange): Content {
  const t = c.messages(providerMessages);
  const { method, url, requestHeaders, requestBody, status, answerHeaders, answerBody } = exchange;
  const request = [`${method} ${url}`, ...headerLines(requestHeaders), '', requestBody].join('\n').trimEnd();
  const answer =
    status === null
      ? t.noAnswer
      : [String(status), ...headerLines(answerHeaders), '', answerBody].join('\n').trimEnd();
  return html`<h3>${t.request}</h3>${copyBlock(c, request, t.request)}<h3>${t.answer}</h3>${copyBlock(c, answer, t.answer)}`;
}

function headerLines(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
}
