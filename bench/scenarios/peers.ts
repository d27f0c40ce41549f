/**
 * Verification as a function against other people's libraries, on the same signed requests, in one process each and in
 * turn: a launch of LTI (a form of 20 fields, HMAC-SHA1, no token) and a GET with a token (HMAC-SHA1, RSA-SHA1). All
 * begin with what came over the wire; for the npm libraries query and form are parsed as their framework would.
 * By processor time: on a machine that does other things too, the clock would measure those.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createRequire } from 'node:module';
import { parse } from 'node:querystring';
import { createInterface } from 'node:readline';
import {
  type ArrivedRequest,
  baseStringUri,
  parseMessage,
  type SignedRequest,
  type SigningInput,
  signRequest,
  type VerificationKey,
  verifySignature,
} from '../../src/oauth/index.ts';
import { median } from '../compare.ts';

/** Verifications in a second of processor time, of one library on one request. */
export interface PeerSpeed {
  readonly request: string;
  readonly library: string;
  readonly perSecond: number;
  /** Ours by theirs; 1 for ours. */
  readonly ratio: number;
}

interface Task {
  readonly name: string;
  readonly signed: SignedRequest;
  readonly arrived: ArrivedRequest;
  readonly key: VerificationKey;
  /** What the peers need besides. */
  readonly secrets: {
    readonly consumerSecret: string;
    readonly tokenSecret: string;
    readonly publicKey: string;
  };
}

/** One measurement: verifications in a second of processor time. */
type Measure = () => number | Promise<number>;

const SECONDS = 0.4;
const HOST = 'tool.example.com';
const ORIGIN = `https://${HOST}`;
const PATHS: Readonly<Record<string, string>> = { GET: '/rest/search', POST: '/launch' };
const CONSUMER_SECRET = 'kd94hf93k423kf44xyzPQRST';
const TOKEN_SECRET = 'pfkkdhi9sl3r4s00abcPQRST';

/** Fields of a launch as learning platforms send them. */
const LAUNCH = [
  'lti_message_type=basic-lti-launch-request&lti_version=LTI-1p0&resource_link_id=88391-e1919-bb3456',
  'resource_link_title=My Weekly Wiki&resource_link_description=Each student has a wiki&user_id=29123',
  'roles=Instructor&lis_person_name_full=Jane Q. Public&lis_person_name_family=Public',
  'lis_person_name_given=Given&lis_person_contact_email_primary=user@school.edu&context_id=456434513',
  'lis_person_sourcedid=school.edu:user&context_title=Design of Personal Environments&context_label=SI182',
  'tool_consumer_instance_guid=lmsng.school.edu&tool_consumer_instance_description=University of School',
  'launch_presentation_locale=en-US&launch_presentation_document_target=frame',
  'launch_presentation_return_url=https://lms.school.edu/return',
].join('&');

/** Times as fast as each that we want to be, by library and method; 4 for all others. */
export const PEER_AIMS: ReadonlyMap<string, number> = new Map([
  ['python3-oauthlib, HMAC-SHA1', 30],
  ['python3-oauthlib, RSA-SHA1', 50],
]);

/** Measures every library that can verify each request. @param rounds turns of each */
export async function comparePeers(rounds: number): Promise<readonly PeerSpeed[]> {
  const python = startPython();
  try {
    const results: PeerSpeed[] = [];
    for (const task of tasks()) results.push(...(await compareOn(task, rounds, python)));
    return results;
  } finally {
    python.child.kill();
  }
}

async function compareOn(task: Task, rounds: number, python: Python): Promise<PeerSpeed[]> {
  const measures: [string, Measure][] = [
    ['countersign', () => perSecond(() => verifySignature(parseMessage(task.arrived), task.key))],
    ...javaScriptPeers(task),
    ['python3-oauthlib', () => python.measure(task)],
  ];
  const seen = new Map<string, number[]>(measures.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, measure] of measures) seen.get(name)!.push(await measure());
  const ours = median(seen.get('countersign')!);
  return measures.map(([library]) => {
    const speed = median(seen.get(library)!);
    return { request: task.name, library, perSecond: speed, ratio: ours / speed };
  });
}

/** @throws when it does not verify: a library that refuses is quick, and of no interest */
function perSecond(verify: () => boolean): number {
  assert.ok(verify());
  const begin = process.cpuUsage();
  let count = 0;
  for (;;) {
    for (let i = 0; i < 50; i += 1) verify();
    count += 50;
    const { user, system } = process.cpuUsage(begin);
    if (user + system > SECONDS * 1e6) return (count * 1e6) / (user + system);
  }
}

function tasks(): readonly Task[] {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = {
    kind: 'shared-secret',
    consumerSecret: CONSUMER_SECRET,
    tokenSecret: TOKEN_SECRET,
  } as const;
  const form = Object.entries(parse(LAUNCH)).map(([name, value]) => [name, String(value)] as const);
  const query = 'jql=project%20%3D%20WIKI&startAt=0&maxResults=50';
  const get = {
    method: 'GET',
    url: `${ORIGIN}${PATHS.GET}?${query}`,
    token: 'nnch734d00sl2jdkAbCdEfGhIjKlMnOp',
  };
  return [
    task('LTI launch, HMAC-SHA1', {
      method: 'POST',
      url: `${ORIGIN}${PATHS.POST}`,
      form,
      carrier: 'body',
      signatureMethod: 'HMAC-SHA1',
      key: { ...secret, tokenSecret: '' },
    }),
    task('GET with a token, HMAC-SHA1', { ...get, signatureMethod: 'HMAC-SHA1', key: secret }),
    task(
      'GET with a token, RSA-SHA1',
      { ...get, signatureMethod: 'RSA-SHA1', key: { kind: 'private-key', key: privateKey } },
      publicKey,
    ),
  ];
}

type Draft = Omit<SigningInput, 'consumerKey' | 'timestamp' | 'nonce'>;

function task(name: string, draft: Draft, publicKey?: KeyObject): Task {
  const common = { consumerKey: 'dpf43f3p2l4k3l03', timestamp: 1_790_000_000, nonce: 'kllo9940pd9333jhQ3n1' };
  const signed = signRequest({ ...draft, ...common });
  const url = new URL(signed.url);
  const arrived: ArrivedRequest = {
    method: signed.method,
    baseUri: baseStringUri(ORIGIN, url.pathname),
    query: url.search.slice(1),
    authorization: signed.authorization === null ? [] : [signed.authorization],
    contentType: signed.contentType === null ? [] : [signed.contentType],
    body: signed.body,
  };
  const key: VerificationKey =
    draft.key.kind === 'shared-secret'
      ? draft.key
      : { kind: 'public-key', key: publicKey ?? createPublicKey(draft.key.key) };
  const pem = publicKey?.export({ type: 'spki', format: 'pem' }).toString() ?? '';
  const tokenSecret = draft.key.kind === 'shared-secret' ? draft.key.tokenSecret : '';
  return {
    name,
    signed,
    arrived,
    key,
    secrets: { consumerSecret: CONSUMER_SECRET, tokenSecret, publicKey: pem },
  };
}

const require = createRequire(import.meta.url);

/** The npm libraries that know how to verify this kind of request. */
function javaScriptPeers(task: Task): [string, Measure][] {
  const { signed, secrets } = task;
  if (secrets.publicKey !== '') return [];
  if (signed.authorization !== null)
    return [['passport-http-oauth', () => perSecond(() => passes(parsed(task), secrets))]];
  const simple = require('oauth-simple-signature-check') as (request: object, secret: string) => boolean;
  const Hmac = require('ims-lti/lib/hmac-sha1') as new () => {
    build_signature(request: object, body: object, secret: string): string;
  };
  const lti = new Hmac();
  const { consumerSecret } = secrets;
  const launches = () => {
    const request = parsed(task);
    return lti.build_signature(request, request.body, consumerSecret) === request.body.oauth_signature;
  };
  return [
    ['oauth-simple-signature-check', () => perSecond(() => simple(parsed(task), consumerSecret))],
    ['ims-lti', () => perSecond(launches)],
  ];
}

/** The request as Express would hand it over: query and form parsed. */
function parsed({ arrived, signed }: Task) {
  const url = arrived.query === '' ? PATHS[signed.method]! : `${PATHS[signed.method]}?${arrived.query}`;
  return {
    method: signed.method,
    protocol: 'https',
    url,
    originalUrl: url,
    headers: { host: HOST, authorization: arrived.authorization[0], 'content-type': arrived.contentType[0] },
    body: arrived.body.length === 0 ? {} : parse(Buffer.from(arrived.body).toString()),
    query: parse(arrived.query),
    connection: { encrypted: true },
  };
}

/** Its strategy, with look-ups that answer at once. */
function passes(request: object, { consumerSecret, tokenSecret }: Task['secrets']): boolean {
  const { TokenStrategy } = require('passport-http-oauth');
  let isPassed = false;
  const strategy = new TokenStrategy(
    (_key: string, done: (...answer: unknown[]) => void) => done(null, {}, consumerSecret),
    (_token: string, done: (...answer: unknown[]) => void) => done(null, {}, tokenSecret),
    (_timestamp: string, _nonce: string, done: (...answer: unknown[]) => void) => done(null, true),
  );
  strategy.success = () => {
    isPassed = true;
  };
  strategy.fail = () => undefined;
  strategy.authenticate(request);
  return isPassed;
}

interface Python {
  readonly child: ChildProcess;
  measure(task: Task): Promise<number>;
}

function startPython(): Python {
  const script = new URL('../peers/oauthlib_verify.py', import.meta.url).pathname;
  const child = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async measure({ signed, secrets }) {
      const headers: Record<string, string> = {};
      if (signed.authorization !== null) headers.Authorization = signed.authorization;
      if (signed.contentType !== null) headers['Content-Type'] = signed.contentType;
      const { consumerSecret: clientSecret, ...others } = secrets;
      const body = Buffer.from(signed.body).toString();
      const asked = {
        uri: signed.url,
        method: signed.method,
        body,
        headers,
        clientSecret,
        ...others,
        seconds: SECONDS,
      };
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const { value, done } = await lines.next();
      if (done || Number.isNaN(Number(value))) throw new Error(`oauthlib: ${value}`);
      return Number(value);
    },
  };
}
