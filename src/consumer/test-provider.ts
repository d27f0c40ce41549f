/**
 * Testing a provider's record without a person: what is entered, the request token, whether our callback is confirmed,
 * whether the authorize page answers. Each step is told with what was sent and what came back; tokens, secrets and
 * signatures are left out of both. The steps that need a person go on through the browser, by `beginConnection`.
 */
import type { ServiceProvider } from '../model/index.ts';
import { send, USER_AGENT } from './ask-for-token.ts';
import { askForRequestToken, authorizeLocation } from './connect.ts';
import type { ConsumerContext, FetchAnswer, FetchRequest } from './context.ts';
import { ProviderAnswerRefused, ProviderUnreachable, RequestNotAllowed } from './errors.ts';
import { redactText } from './redact.ts';

export type TestOutcome = 'success' | 'warning' | 'failure';

/** A request and its answer, with everything secret taken out. */
export interface ShownExchange {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: string;
  /** Null if no answer came. */
  readonly status: number | null;
  readonly answerHeaders: Readonly<Record<string, string>>;
  /** Its beginning. */
  readonly answerBody: string;
}

/** One thing that was tried. */
export interface TestStep {
  readonly step: 'addresses' | 'credential' | 'request-token' | 'callback' | 'authorize-page';
  readonly outcome: TestOutcome;
  /** What was found out: a word for translations. */
  readonly finding: string;
  /** The same as an English sentence, with what to do. */
  readonly advice: string;
  readonly exchange: ShownExchange | null;
}

/** Most of an answer's body that is shown, in characters. */
const SHOWN_BODY = 1000;

const SHOWN_HEADERS = ['content-type', 'www-authenticate', 'location', 'date', 'server'];

/**
 * Runs the steps in order, up to the first that fails. The request token that it gets is thrown away.
 * @param callbackUrl our callback, absolute
 */
export async function testProvider(
  context: ConsumerContext,
  provider: ServiceProvider,
  callbackUrl: string,
): Promise<readonly TestStep[]> {
  const missing = checkAddresses(provider);
  if (missing !== null) return [missing];
  const steps = [
    step('addresses', 'success', 'complete', 'All three addresses are entered.', null),
    await checkCredential(context, provider),
  ];
  if (steps.some(({ outcome }) => outcome === 'failure')) return steps;
  const seen: ShownExchange[] = [];
  const watched = watch(context, seen);
  const token = await tryRequestToken(watched, provider, callbackUrl, seen, steps);
  if (token !== null)
    steps.push(
      await tryAuthorizePage(watched, provider, authorizeLocation(provider, token, callbackUrl), seen),
    );
  return steps;
}

function checkAddresses(provider: ServiceProvider): TestStep | null {
  const { requestTokenUrl, authorizeUrl, accessTokenUrl, twoLegged } = provider;
  if (requestTokenUrl !== null && authorizeUrl !== null && accessTokenUrl !== null) return null;
  return twoLegged === 'off'
    ? step(
        'addresses',
        'failure',
        'no-addresses',
        'Enter its request-token, authorize and access-token URLs; without them nobody can connect.',
        null,
      )
    : step(
        'addresses',
        'warning',
        'two-legged-only',
        'It has no addresses for a dance: only requests without a user can be made.',
        null,
      );
}

async function checkCredential({ storage }: ConsumerContext, provider: ServiceProvider): Promise<TestStep> {
  if (provider.secret !== null) {
    return step(
      'credential',
      'success',
      'shared-secret',
      'Requests are signed with its shared secret.',
      null,
    );
  }
  if ((await storage.installation.read()) === null) {
    return step('credential', 'failure', 'no-own-key', 'This installation has no key of its own yet.', null);
  }
  const sentence = `Requests are signed with our own RSA key: it has to know our public key (Consumer Info) under the consumer key “${provider.consumerKey}”.`;
  return step('credential', 'success', 'own-key', sentence, null);
}

async function tryRequestToken(
  context: ConsumerContext,
  provider: ServiceProvider,
  callbackUrl: string,
  seen: readonly ShownExchange[],
  steps: TestStep[],
): Promise<string | null> {
  const given = 'It knows our consumer key, accepts our signature, and gave a request token.';
  try {
    const { token } = await askForRequestToken(context, provider, callbackUrl);
    steps.push(step('request-token', 'success', 'token-given', given, seen.at(-1) ?? null));
    steps.push(
      provider.confirmsCallback
        ? step('callback', 'success', 'callback-confirmed', 'It confirmed our callback.', null)
        : step(
            'callback',
            'warning',
            'callback-not-asked',
            'Its record says that it does not confirm callbacks: somebody could slip a foreign approval in. Change that if it speaks 1.0a.',
            null,
          ),
    );
    return token;
  } catch (error) {
    const exchange = seen.at(-1) ?? null;
    if (error instanceof ProviderAnswerRefused && error.code === 'callback-not-confirmed') {
      steps.push(step('request-token', 'success', 'token-given', given, exchange));
      steps.push(step('callback', 'failure', error.code, error.message, null));
    } else {
      steps.push(failedStep('request-token', error, exchange));
    }
    return null;
  }
}

/** The page is opened without a session, so a redirect to a login or a refusal of our kind is as good as the page. */
async function tryAuthorizePage(
  context: ConsumerContext,
  provider: ServiceProvider,
  location: string,
  seen: readonly ShownExchange[],
): Promise<TestStep> {
  try {
    const { status } = await send(context, provider, location, {
      method: 'GET',
      headers: { accept: 'text/html', 'user-agent': USER_AGENT },
      body: null,
      maxRedirects: 0,
    });
    const exchange = seen.at(-1) ?? null;
    if (status < 400) {
      const sentence = 'The authorize page answers; go on through the browser to approve as a user.';
      return step('authorize-page', 'success', 'page-answers', sentence, exchange);
    }
    return status === 404 || status >= 500
      ? step(
          'authorize-page',
          'failure',
          'page-missing',
          `The authorize page answers with ${status}; check its address.`,
          exchange,
        )
      : step(
          'authorize-page',
          'warning',
          'page-refuses',
          `The authorize page answers with ${status} to a program; try it in the browser.`,
          exchange,
        );
  } catch (error) {
    const exchange = seen.at(-1) ?? null;
    if (error instanceof ProviderAnswerRefused && error.code === 'redirected') {
      const sentence = 'The authorize page sends the browser on, to a login most likely.';
      return step('authorize-page', 'success', 'page-redirects', sentence, exchange);
    }
    return failedStep('authorize-page', error, exchange);
  }
}

function failedStep(name: TestStep['step'], error: unknown, exchange: ShownExchange | null): TestStep {
  if (error instanceof ProviderAnswerRefused) {
    const words = error.advice === null ? '' : ` It says: “${error.advice}”`;
    const finding = error.code === 'problem' ? (error.problem ?? 'problem') : error.code;
    return step(name, 'failure', finding, `${error.message}${words}`, exchange);
  }
  if (error instanceof ProviderUnreachable || error instanceof RequestNotAllowed) {
    return step(name, 'failure', error.code, error.message, exchange);
  }
  throw error;
}

function step(
  name: TestStep['step'],
  outcome: TestOutcome,
  finding: string,
  advice: string,
  exchange: ShownExchange | null,
): TestStep {
  return { step: name, outcome, finding, advice, exchange };
}

/** The same context, with every exchange noted. */
function watch(context: ConsumerContext, seen: ShownExchange[]): ConsumerContext {
  return {
    ...context,
    fetch: async (url, request) => {
      seen.push(shown(url, request, null));
      const answer = await context.fetch(url, request);
      seen[seen.length - 1] = shown(url, request, answer);
      return answer;
    },
  };
}

function shown(url: string, request: FetchRequest, answer: FetchAnswer | null): ShownExchange {
  const headers = (from: Readonly<Record<string, string>>, names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (name in from ? [[name, redactText(from[name] ?? '')]] : [])));
  return {
    method: request.method,
    url: redactText(url),
    requestHeaders: headers(request.headers, Object.keys(request.headers)),
    requestBody: redactText(Buffer.from(request.body ?? '').toString('utf8')),
    status: answer?.status ?? null,
    answerHeaders: headers(answer?.headers ?? {}, SHOWN_HEADERS),
    answerBody: redactText(Buffer.from(answer?.body ?? '').toString('utf8')).slice(0, SHOWN_BODY),
  };
}
