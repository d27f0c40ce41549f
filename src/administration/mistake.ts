/**
 * The closed catalogue of what can be wrong with an administrator's input, in the words that the API and the
 * command line say. The console has the same codes in each of its languages. A refusal carries every mistake of
 * the input at once, so that nobody corrects a form one line at a time; it never repeats a secret.
 */
import { CALLBACK_MISTAKES, type CallbackMistake, type KeyRefused } from '../model/index.ts';

/** English names of the fields, as they stand in a sentence; in the order of the forms. */
export const FIELD_LABELS = {
  key: 'Consumer Key',
  name: 'Name',
  consumerKey: 'Consumer Key',
  description: 'Description',
  owner: 'Owner',
  publicKey: 'Public Key',
  secret: 'Shared Secret',
  signatureMethod: 'Signature method',
  callback: 'Callback URL',
  readOnly: 'Read-only',
  paths: 'Path patterns',
  twoLegged: '2-legged access',
  executeAs: 'Execute as',
  mayImpersonate: 'Impersonation',
  legacy10: 'OAuth 1.0 of 2007',
  allowPlaintext: 'PLAINTEXT',
  requestTokenUrl: 'Request-token URL',
  authorizeUrl: 'Authorize URL',
  accessTokenUrl: 'Access-token URL',
  baseUrl: 'Base URL',
  carrier: 'Parameters in',
  realm: 'Realm',
  tokenMethod: 'Method of the token addresses',
  confirmsCallback: 'OAuth 1.0a',
  callbackAtAuthorize: 'Callback at the authorize address',
  sendsBodyHash: 'Body hash',
  providerTwoLegged: 'Requests without a user',
  handEntry: 'Entered by users',
  allowedMethods: 'Allowed methods',
  allowedPaths: 'Allowed paths',
  endsConnections: 'Users connect again',
  overlap: 'Overlap',
  reason: 'Reason',
  entry: 'Entry',
  user: 'User',
  token: 'Token',
  record: 'Record',
} as const;

/** A field that a mistake can belong to; `record` stands for the whole. */
export type MistakeField = keyof typeof FIELD_LABELS;

type AddressMistake = `address-${Exclude<CallbackMistake, 'empty'>}`;
type KeyMistake = `key-${Exclude<KeyRefused['code'], 'empty'>}`;
type OtherMistake = keyof typeof OTHER_MISTAKES;

/** A kind of mistake. */
export type MistakeCode = OtherMistake | AddressMistake | KeyMistake;

/** One thing that is wrong. */
export interface Mistake {
  readonly field: MistakeField;
  readonly code: MistakeCode;
  /** Values that the sentence mentions (`maximum`, `text`); nothing secret. */
  readonly params: Readonly<Record<string, string | number>>;
}

const OTHER_MISTAKES = {
  required: '{field} is missing.',
  'too-long': '{field} is longer than {maximum} characters.',
  'too-many': '{field}: there are more than {maximum}.',
  'forbidden-character': '{field} contains a control character or an invisible one; remove it.',
  taken: '{field}: "{text}" is in use already; choose another, or edit the existing one.',
  'not-found': '{field}: there is no "{text}" here.',
  'changed-meanwhile':
    'Somebody changed this while you edited it; look at the present values, then make your change again.',
  'unknown-user':
    '{field}: there is no user "{text}". Look the name up in the list of users, or with: countersign user list.',
  'disabled-user': '{field}: the user "{text}" is disabled.',
  'needs-two-legged': '{field} has a meaning with 2-legged access only; allow that, or leave this out.',
  'needs-shared-secret': '{field} is for consumers with a shared secret only; this one has a public key.',
  'secret-too-short':
    '{field} is shorter than {minimum} characters; use a longer one or let one be generated.',
  'private-key':
    '{field}: that was a private key. It was not stored; keep it to yourself and enter the public key. If others may have seen it, make a new pair.',
  'credential-kind':
    '{field}: the kind of credential cannot change; remove this consumer and add it again instead.',
  'same-credential': '{field}: this is the one in use already; enter the new one.',
  'not-a-path':
    '{field}: "{text}" is no path pattern; begin with "/", and let * stand for a part of one step, ** for any number of steps.',
  'overlap-range': '{field} must be between 0 and {maximum} days.',
  'unknown-choice': '{field}: "{text}" is none of the choices.',
  'unknown-method': '{field}: there is no method "{text}".',
  'method-mismatch':
    '{field}: {text} does not fit the credential; a shared secret needs HMAC or PLAINTEXT, a key pair needs RSA.',
  incomplete: '{field}: fill in the request-token, authorize and access-token URLs, or none of them.',
  unfilled: '{field}: replace {text} with what is yours.',
  'own-installation': '{field}: that is this installation itself.',
  'key-changed':
    '{field}: "{text}" is registered with another key. If their administrators confirm that they changed it, accept the new one; the old one then stays valid for a while.',
  'other-consumer':
    '{field}: what is published there belongs to "{text}", another consumer key; if that is right, add it as a consumer of its own.',
  'registered-by-hand': '{field}: this consumer was registered by hand; enter its new key instead.',
  'in-force-already': '{field}: the settings of "{text}" are in force already; nothing was changed.',
  'rotation-under-way':
    'The key is being rotated already. Wait until the next one has taken over, or let it take over now.',
  'ends-connections':
    'The tokens of connected users are for the present addresses and consumer key, and are shown to no other: users who have to connect again after this change: {count}. Say that this is meant, or leave them as they are.',
  'needs-own-credential':
    '{field}: users’ API keys hold a consumer key of their own, which our RSA key and requests without a user do not go with.',
  'nothing-chosen': 'Say whose tokens to revoke: a user, a consumer, or both.',
} as const;

/** Where those that there are can be seen, or how something that is missing is made; `record` stands for all other fields. */
const NEXT_STEPS = {
  key: 'Look the key up in the list of consumers, or with: countersign consumer list.',
  name: 'Look the name up in the list of service providers, or with: countersign provider list.',
  baseUrl:
    'Linked installations are among consumers and service providers; see countersign consumer list and countersign provider list.',
  entry: 'Its history shows the numbers of those there are.',
  token: 'It may have ended; those that work are in the list of tokens, and in: countersign token list.',
  record: 'Start the server once, which makes it: countersign serve.',
} as const satisfies Partial<Record<MistakeField, string>>;

/** A field with a next step of its own. */
export type NextStepField = keyof typeof NEXT_STEPS;

/** The field whose next step is said where something is not found. */
export function nextStepField(field: MistakeField): NextStepField {
  return field in NEXT_STEPS ? (field as NextStepField) : 'record';
}

const KEY_MISTAKES: Readonly<Record<KeyMistake, string>> = {
  'key-private-key': OTHER_MISTAKES['private-key'],
  'key-not-a-key': '{field}: this is neither a public key nor a certificate that can be read.',
  'key-not-rsa': '{field}: this is not an RSA key; OAuth 1 signs with RSA only.',
  'key-weak-exponent':
    '{field}: the public exponent is too small or even; make a new key with exponent 65537.',
  'key-too-short': '{field}: the key has fewer than 1024 bits; make one of 2048 or more.',
  'key-too-long': '{field}: the key has more than 8192 bits.',
};

/** The sentence of a mistake in English, for the API, the command line and logs. */
export function mistakeSentence(mistake: Mistake): string {
  const { params, field, code } = mistake;
  const words: Record<string, string | number> = { ...params, field: FIELD_LABELS[field] };
  const sentence = template(code).replace(/\{(\w+)\}/gu, (_, name: string) => String(words[name] ?? ''));
  return code === 'not-found' ? `${sentence} ${NEXT_STEPS[nextStepField(field)]}` : sentence;
}

/** Every code, for tests and translations. */
export const MISTAKE_CODES: readonly MistakeCode[] = [
  ...(Object.keys(OTHER_MISTAKES) as OtherMistake[]),
  ...(Object.keys(KEY_MISTAKES) as KeyMistake[]),
  ...Object.keys(CALLBACK_MISTAKES)
    .filter((reason) => reason !== 'empty')
    .map((reason) => `address-${reason}` as AddressMistake),
];

function template(code: MistakeCode): string {
  if (code in OTHER_MISTAKES) return OTHER_MISTAKES[code as OtherMistake];
  if (code in KEY_MISTAKES) return KEY_MISTAKES[code as KeyMistake];
  const reason = code.slice('address-'.length) as CallbackMistake;
  return CALLBACK_MISTAKES[reason].replace('The callback', '{field}');
}

/** A change that was not made, and every reason why. */
export class Refused extends Error {
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(mistakeSentence).join(' '));
    this.name = 'Refused';
    this.mistakes = mistakes;
  }
}

/** Gathers mistakes while an input is read. */
export class Findings {
  readonly #mistakes: Mistake[] = [];

  add(field: MistakeField, code: MistakeCode, params: Mistake['params'] = {}): void {
    this.#mistakes.push({ field, code, params });
  }

  /** @throws {Refused} with all mistakes in the order of the form, when there are any */
  refuse(): void {
    if (this.#mistakes.length === 0) return;
    const order = Object.keys(FIELD_LABELS);
    throw new Refused(this.#mistakes.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field)));
  }
}

/** A refusal for one reason. */
export function refusal(field: MistakeField, code: MistakeCode, params: Mistake['params'] = {}): Refused {
  return new Refused([{ field, code, params }]);
}
