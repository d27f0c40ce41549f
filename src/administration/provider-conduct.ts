/**
 * What is peculiar about requests to a service provider, as an administrator enters it: where parameters travel,
 * which method its token addresses want, whether it speaks 1.0a, and which requests may be made to it at all.
 */
import {
  HAND_ENTRIES,
  type ProviderConduct,
  TOKEN_METHODS,
  TWO_LEGGED_FORMS,
  USUAL_CONDUCT,
} from '../model/index.ts';
import type { Carrier } from '../oauth/index.ts';
import type { Findings, MistakeField } from './mistake.ts';
import { readPathPatterns } from './path-patterns.ts';
import { refuseBraces, trimPasted } from './text-field.ts';

/** The fields; blank ones have their usual value. */
export interface ProviderConductFields {
  /** `header`, `query` or `body`. */
  readonly carrier: string;
  /** Blank: none. */
  readonly realm: string;
  /** `POST` or `GET`. */
  readonly tokenMethod: string;
  readonly confirmsCallback: boolean;
  readonly callbackAtAuthorize: boolean;
  readonly sendsBodyHash: boolean;
  /** `off`, `empty-token` or `no-token`. */
  readonly providerTwoLegged: string;
  /** `off`, `token` or `api-key`. */
  readonly handEntry: string;
  /** Empty: every method. */
  readonly allowedMethods: readonly string[];
  /** Empty: every path. */
  readonly allowedPaths: readonly string[];
}

/** The choices of the carrier. */
export const CARRIERS: readonly Carrier[] = ['header', 'query', 'body'];

const LONGEST_REALM = 255;

/** Method names that a signed request can have. */
const METHOD = /^(?!CONNECT$|TRACE$)[A-Z]{1,20}$/;

/** A stored conduct as a form shows it. */
export function conductFields(conduct: ProviderConduct): ProviderConductFields {
  return {
    carrier: conduct.carrier,
    realm: conduct.realm ?? '',
    tokenMethod: conduct.tokenMethod,
    confirmsCallback: conduct.confirmsCallback,
    callbackAtAuthorize: conduct.callbackAtAuthorize,
    sendsBodyHash: conduct.sendsBodyHash,
    providerTwoLegged: conduct.twoLegged,
    handEntry: conduct.handEntry,
    allowedMethods: conduct.allowedMethods,
    allowedPaths: conduct.allowedPaths,
  };
}

/** The fields about which nothing was said. */
export const USUAL_CONDUCT_FIELDS: ProviderConductFields = conductFields(USUAL_CONDUCT);

/** Reads the fields. */
export function readConduct(fields: ProviderConductFields, findings: Findings): ProviderConduct {
  return {
    carrier: readChoice('carrier', fields.carrier, CARRIERS, findings),
    realm: readRealm(fields.realm, findings),
    tokenMethod: readChoice('tokenMethod', fields.tokenMethod.toUpperCase(), TOKEN_METHODS, findings),
    confirmsCallback: fields.confirmsCallback,
    callbackAtAuthorize: fields.callbackAtAuthorize,
    sendsBodyHash: fields.sendsBodyHash,
    twoLegged: readChoice('providerTwoLegged', fields.providerTwoLegged, TWO_LEGGED_FORMS, findings),
    handEntry: readChoice('handEntry', fields.handEntry, HAND_ENTRIES, findings),
    allowedMethods: readMethods(fields.allowedMethods, findings),
    allowedPaths: readPathPatterns(fields.allowedPaths, findings, 'allowedPaths'),
  };
}

/** One of the choices; blank is the first, which is the usual one. */
function readChoice<T extends string>(
  field: MistakeField,
  text: string,
  choices: readonly T[],
  findings: Findings,
): T {
  const word = trimPasted(text);
  const choice = word === '' ? choices[0] : choices.find((one) => one === word);
  if (choice === undefined) findings.add(field, 'unknown-choice', { text: word.slice(0, 80) });
  return choice ?? choices[0]!;
}

function readRealm(text: string, findings: Findings): string | null {
  const realm = trimPasted(text);
  if (realm === '' || refuseBraces('realm', realm, findings)) return null;
  if (!/^[\x20-\x7e]*$/.test(realm)) findings.add('realm', 'forbidden-character');
  if (realm.length > LONGEST_REALM) findings.add('realm', 'too-long', { maximum: LONGEST_REALM });
  return realm;
}

function readMethods(texts: readonly string[], findings: Findings): readonly string[] {
  const methods = [...new Set(texts.map((text) => trimPasted(text).toUpperCase()).filter(Boolean))];
  const wrong = methods.find((method) => !METHOD.test(method));
  if (wrong !== undefined) findings.add('allowedMethods', 'unknown-choice', { text: wrong.slice(0, 80) });
  return methods;
}
