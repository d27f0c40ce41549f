/**
 * `countersign sign`: signs one request and shows every text on the way to its signature. It contacts nobody; what it
 * makes can be sent with the curl line that it prints.
 */
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { randomAlphanumeric } from '../../base/index.ts';
import {
  baseStringUri,
  type Carrier,
  methodFamily,
  SIGNATURE_METHODS,
  type SignatureMethod,
  type SignedRequest,
  type SigningInput,
  type SigningKey,
  signRequest,
} from '../../oauth/index.ts';
import { systemRandom } from '../../server/index.ts';
import { type Answer, facts } from '../answer.ts';
import { type Flags, printing, repeated, withExamples } from '../define-command.ts';
import { createPainter, printable } from '../paint.ts';
import { CommandRefused, UsageRefused } from '../refusals.ts';
import { curlLine, type SentBody } from '../signing/curl-line.ts';
import { readSecret, readTokenSecret, withSecrets } from '../signing/offline-credential.ts';
import { redactedPair, type SigningSteps, signingSteps, stepLines } from '../signing/signing-steps.ts';
import { fileRefused, readNamedFile } from '../standard-input.ts';

const CARRIERS: readonly Carrier[] = ['header', 'query', 'body'];

/** Adds the command to the program. */
export function defineSignCommand(program: Command): void {
  const command = withSecrets(
    program
      .command('sign')
      .description('sign one request, and show every text on the way')
      .argument('<METHOD>', 'HTTP method')
      .argument('<URL>', 'absolute address, as it will be requested')
      .requiredOption('--consumer-key <KEY>', 'the consumer key'),
  )
    .option('--private-key <FILE>', 'RSA private key in PEM')
    .addOption(
      new Option('--method <METHOD>', 'signature method')
        .choices(SIGNATURE_METHODS)
        .default(undefined, 'HMAC-SHA1, with a private key RSA-SHA1'),
    )
    .option('--token <TOKEN>', 'the token; empty sends an empty one')
    .option('--timestamp <SECONDS>', 'seconds since 1970 (default: now)')
    .option('--nonce <TEXT>', 'the nonce (default: a random one)')
    .option('--callback <URL>', 'oauth_callback')
    .option('--verifier <TEXT>', 'oauth_verifier')
    .option('--realm <TEXT>', 'realm of the Authorization header')
    .option('--form <NAME=VALUE>', 'a field of a form body (may be repeated)', repeated)
    .option('--body <FILE>', 'another body; oauth_body_hash is sent with it')
    .option('--content-type <TYPE>', 'type of that body', 'application/octet-stream')
    .addOption(
      new Option('--carrier <WHERE>', 'where the protocol parameters go').choices(CARRIERS).default('header'),
    );
  printing(command, run);
  withExamples(
    command,
    'countersign sign GET https://tracker.example.com/rest/issues --consumer-key wiki --secret-file secret.txt',
    'countersign sign POST https://tracker.example.com/rest/issues --consumer-key wiki --private-key wiki.pem --method RSA-SHA256 --form summary=Snow',
  );
}

async function run(flags: Flags, method?: string, url?: string): Promise<Answer> {
  const key = await readKey(flags);
  const input = await signingInput(flags, method!, url!, key);
  const signed = sign(input);
  const steps = signingSteps(arrived(signed), keyWords(key));
  const sent =
    flags.body === undefined ? null : { file: String(flags.body), contentType: String(flags.contentType) };
  return { json: signJson(signed, steps, sent), lines: signLines(signed, steps, sent) };
}

function signJson(signed: SignedRequest, steps: SigningSteps, sent: SentBody | null): unknown {
  const { url, authorization, contentType, body } = signed;
  const form = contentType === null ? null : Buffer.from(body).toString('utf8');
  return { ...steps, url, authorization, form, curl: curlLine(signed, sent) };
}

function signLines(signed: SignedRequest, steps: SigningSteps, sent: SentBody | null): string[] {
  const painter = createPainter();
  return [
    ...stepLines(steps, painter),
    painter.bold('7. The request'),
    ...facts([
      ['URL', signed.url],
      ...(signed.authorization === null ? [] : ([['Authorization', signed.authorization]] as const)),
      ...(signed.contentType === null
        ? []
        : ([['Form', Buffer.from(signed.body).toString('utf8')]] as const)),
    ]).map((line) => `   ${printable(line)}`),
    '',
    curlLine(signed, sent),
  ];
}

async function readKey(flags: Flags): Promise<SigningKey> {
  const given = ['secretStdin', 'secretFile', 'privateKey'].filter((name) => flags[name] !== undefined);
  if (given.length !== 1) {
    throw new UsageRefused('one credential is needed: --secret-stdin, --secret-file or --private-key');
  }
  if (flags.privateKey !== undefined) {
    return { kind: 'private-key', key: readPrivateKey(await readNamedFile(String(flags.privateKey))) };
  }
  return {
    kind: 'shared-secret',
    consumerSecret: (await readSecret(flags, false)).reveal(),
    tokenSecret: (await readTokenSecret(flags)).reveal(),
  };
}

/** What is wrong about a key is said without any of its text. */
function readPrivateKey(pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === 'rsa') return key;
  } catch {}
  throw new CommandRefused('The file given with --private-key holds no unencrypted RSA private key in PEM.');
}

function keyWords(key: SigningKey): string {
  if (key.kind === 'shared-secret') return redactedPair(key.consumerSecret, key.tokenSecret);
  return `[RSA private key, ${key.key.asymmetricKeyDetails?.modulusLength} bits]`;
}

async function signingInput(
  flags: Flags,
  method: string,
  url: string,
  key: SigningKey,
): Promise<SigningInput> {
  const { form, body, timestamp } = flags;
  if (form !== undefined && body !== undefined) throw new UsageRefused('choose one of --form and --body');
  if (timestamp !== undefined && !/^\d{1,11}$/.test(String(timestamp))) {
    throw new UsageRefused('--timestamp: must be seconds since 1970');
  }
  if (!/^https?:\/\/[^/?#]/i.test(url)) {
    throw new CommandRefused(
      `${printable(url)}: that is no absolute address; begin it with https:// or http://.`,
    );
  }
  return {
    method,
    url,
    consumerKey: String(flags.consumerKey),
    key,
    signatureMethod: chosenMethod(flags, key),
    timestamp: timestamp === undefined ? Math.floor(Date.now() / 1000) : Number(timestamp),
    nonce: flags.nonce === undefined ? randomAlphanumeric(systemRandom, 32) : String(flags.nonce),
    carrier: flags.carrier as Carrier,
    ...texts(flags, ['token', 'callback', 'verifier', 'realm']),
    ...(form === undefined ? {} : { form: (form as string[]).map(formField) }),
    ...(body === undefined ? {} : { body: await readBytes(String(body)), bodyHash: true }),
  };
}

function chosenMethod(flags: Flags, key: SigningKey): SignatureMethod {
  const isRsa = key.kind === 'private-key';
  const method = (flags.method ?? (isRsa ? 'RSA-SHA1' : 'HMAC-SHA1')) as SignatureMethod;
  if ((methodFamily(method) === 'rsa') === isRsa) return method;
  throw new UsageRefused(`--method ${method}: needs ${isRsa ? 'a shared secret' : '--private-key'}`);
}

function texts<Name extends string>(flags: Flags, names: readonly Name[]): { [N in Name]?: string } {
  const given = names.filter((name) => flags[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, String(flags[name])])) as { [N in Name]?: string };
}

function formField(field: string): readonly [string, string] {
  const at = field.indexOf('=');
  return at === -1 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
}

async function readBytes(path: string): Promise<Uint8Array> {
  return readFile(path).catch((error) => {
    throw fileRefused(path, error);
  });
}

/** Signing refuses what makes no sense with a sentence of its own. */
function sign(input: SigningInput): SignedRequest {
  try {
    return signRequest(input);
  } catch (error) {
    if (error instanceof TypeError) throw new CommandRefused(error.message);
    throw error;
  }
}

/** The signed request as its receiver would take it apart. */
function arrived(signed: SignedRequest) {
  const { method, authorization, contentType, body } = signed;
  const [, origin = '', path = '', query = ''] =
    /^([^/]+\/\/[^/?#]*)([^?#]*)\??([^#]*)/.exec(signed.url) ?? [];
  return {
    method,
    baseUri: baseStringUri(origin, path),
    query,
    authorization: authorization === null ? [] : [authorization],
    contentType: contentType === null ? [] : [contentType],
    body,
  };
}
