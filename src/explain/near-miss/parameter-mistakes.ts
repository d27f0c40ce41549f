/**
 * Which parameters were signed. All of the query, all of a form body and all of the header but `realm` and
 * `oauth_signature` are (RFC 5849 s3.4.1.3.1): also empty ones, also repeated ones, and nothing else.
 */
import { encodePercent, encodeWireBytes } from '../../oauth/index.ts';
import type { Attempt, SignedParameter } from './attempt.ts';
import { originalTargets } from './path-mistakes.ts';
import { parametersOf, type Scene } from './scene.ts';
import type { AdviceValues, MistakeToTry, Variant } from './signing-mistake.ts';

/** Ordinary parameters of which each alone is tried as added on the way. */
const MOST_SINGLE = 24;

export const PARAMETER_MISTAKES: readonly MistakeToTry[] = [
  without('query-not-signed', 1, ({ carrier, name }) => carrier === 'query' && !name.startsWith('oauth_')),
  without('form-not-signed', 1, ({ carrier, name }) => carrier === 'body' && !name.startsWith('oauth_')),
  mistake('query-lost', 2, lostQueries),
  without('empty-token-not-signed', 1, ({ name, value }) => name === 'oauth_token' && value === ''),
  mistake('empty-token-signed', 1, (scene) =>
    scene.protocol.token === undefined ? [adding('oauth_token', '')] : [],
  ),
  without('version-not-signed', 1, isNamed('oauth_version')),
  mistake('version-signed-not-sent', 2, (scene) =>
    scene.protocol.version === undefined ? [adding('oauth_version', '1.0')] : [],
  ),
  without('token-not-signed', 2, ({ name, value }) => name === 'oauth_token' && value !== ''),
  without('callback-not-signed', 1, isNamed('oauth_callback')),
  without('verifier-not-signed', 1, isNamed('oauth_verifier')),
  without('body-hash-not-signed', 2, isNamed('oauth_body_hash')),
  mistake('realm-signed', 2, (scene) =>
    scene.realm === null ? [] : [adding('realm', encodeWireBytes(scene.realm)), adding('realm', '')],
  ),
  mistake('signature-signed', 3, () => [adding('oauth_signature', '')]),
  mistake('duplicates-dropped', 2, () => [dropping(isRepeatedBefore), dropping(isRepeatedAfter)]),
  without('empty-values-dropped', 2, ({ value }) => value === ''),
  mistake('array-brackets', 3, () => [
    renaming((name) => name.replace(/%5B\d*%5D$/, '')),
    renaming((name, at) => name.replace(/%5B%5D$/, `%5B${at}%5D`)),
    renaming((name) => name.replace(/%5B\d+%5D$/, '%5B%5D')),
    renaming((name, _at, isRepeated) => (isRepeated ? `${name}%5B%5D` : name)),
  ]),
  mistake('parameter-added', 2, addedParameters),
  without('protocol-parameters-not-signed', 3, ({ name }) => name.startsWith('oauth_')),
];

function mistake(
  code: MistakeToTry['code'],
  rank: MistakeToTry['rank'],
  variants: MistakeToTry['variants'],
): MistakeToTry {
  return { code, layer: 'parameters', rank, variants };
}

type Test = (parameter: SignedParameter) => boolean;

/** Parameters of a kind were left out by the client. */
function without(code: MistakeToTry['code'], rank: MistakeToTry['rank'], isLeftOut: Test): MistakeToTry {
  return mistake(code, rank, ({ parameters }) => {
    const names = [...new Set(parameters.filter(isLeftOut).map(({ name }) => name))];
    if (names.length === 0) return [];
    const change = (all: readonly SignedParameter[]) => all.filter((one) => !isLeftOut(one));
    return [changing(change, { without: names.slice(0, 8).join(', ') })];
  });
}

/** Applies a change to the list of parameters. */
export function changing(
  change: (parameters: readonly SignedParameter[]) => readonly SignedParameter[],
  values: AdviceValues = {},
): Variant {
  return {
    values,
    apply: (attempt: Attempt) => ({ ...attempt, parameters: change(attempt.parameters) }),
  };
}

/** A parameter that did not arrive was signed. Both texts are canonical. */
export function adding(name: string, value: string): Variant {
  const added: SignedParameter = { name, value, carrier: 'header', rawName: name, rawValue: value };
  return changing((parameters) => [...parameters, added], { added: name });
}

function dropping(
  isDropped: (parameter: SignedParameter, at: number, all: readonly SignedParameter[]) => boolean,
) {
  return changing((parameters) => parameters.filter((one, at, all) => !isDropped(one, at, all)));
}

function isRepeatedBefore({ name }: SignedParameter, at: number, all: readonly SignedParameter[]): boolean {
  return all.findIndex((other) => other.name === name) < at;
}

function isRepeatedAfter({ name }: SignedParameter, at: number, all: readonly SignedParameter[]): boolean {
  return all.findLastIndex((other) => other.name === name) > at;
}

function renaming(rename: (name: string, at: number, isRepeated: boolean) => string): Variant {
  return changing((parameters) => {
    const seen = new Map<string, number>();
    const counts = Map.groupBy(parameters, ({ name }) => name);
    return parameters.map((one) => {
      const at = seen.get(one.name) ?? 0;
      seen.set(one.name, at + 1);
      return { ...one, name: rename(one.name, at, (counts.get(one.name)?.length ?? 0) > 1) };
    });
  });
}

/** Each ordinary parameter by itself: something between client and server may have added it. */
function addedParameters({ parameters }: Scene): Variant[] {
  return parameters
    .filter(({ name }) => !name.startsWith('oauth_'))
    .slice(-MOST_SINGLE)
    .toReversed()
    .map((added) => changing((all) => all.filter((one) => one !== added), { without: added.name }));
}

/** Queries that proxies say the client asked with. */
function lostQueries(scene: Scene): Variant[] {
  return originalTargets(scene).flatMap((target) => {
    const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
    if (query === scene.query) return [];
    const others = parametersOf(query, 'query');
    return [
      changing((all) => [...all.filter(({ carrier }) => carrier !== 'query'), ...others], { added: query }),
    ];
  });
}

function isNamed(wanted: string): Test {
  return ({ name }) => name === wanted;
}

/** A pair of texts as a parameter of the body. */
export function bodyParameter(name: string, value: string): SignedParameter {
  const [rawName, rawValue] = [encodePercent(name), encodePercent(value)];
  return { name: rawName, value: rawValue, carrier: 'body', rawName, rawValue };
}
