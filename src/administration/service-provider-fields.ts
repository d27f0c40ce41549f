/**
 * The fields of a service provider: a third party's consumer key with either the shared secret it gave us, or our
 * own RSA key. The secret is write-only: blank keeps the stored one. The signature method must fit the credential.
 */
import { Secret } from '../base/index.ts';
import type { ServiceProvider } from '../model/index.ts';
import { isSignatureMethod, methodFamily, type SignatureMethod } from '../oauth/index.ts';
import { readSecret } from './credential.ts';
import type { Findings, MistakeField } from './mistake.ts';
import {
  conductFields,
  type ProviderConductFields,
  readConduct,
  USUAL_CONDUCT_FIELDS,
} from './provider-conduct.ts';
import { readAddress, readDescription, readKey, readName, refuseBraces, trimPasted } from './text-field.ts';

/** What an administrator may enter about a service provider. */
export interface ServiceProviderFields extends ProviderConductFields {
  readonly name: string;
  readonly consumerKey: string;
  /** Sign with this installation's own RSA key instead of a shared secret. */
  readonly ownKey: boolean;
  readonly description: string;
  /** Blank: HMAC-SHA1 with a secret, RSA-SHA1 with our own key. */
  readonly signatureMethod: string;
  readonly requestTokenUrl: string;
  readonly authorizeUrl: string;
  readonly accessTokenUrl: string;
  readonly baseUrl: string;
}

/** What the fields make of a record. */
export type ServiceProviderTraits = Omit<ServiceProvider, 'id' | 'createdAt' | 'updatedAt'>;

/** The fields of a service provider about which nothing was said. */
export const PLAIN_PROVIDER_FIELDS: ServiceProviderFields = {
  name: '',
  consumerKey: '',
  ownKey: false,
  description: '',
  signatureMethod: '',
  requestTokenUrl: '',
  authorizeUrl: '',
  accessTokenUrl: '',
  baseUrl: '',
  ...USUAL_CONDUCT_FIELDS,
};

/** The fields of a stored service provider, as a form shows them; its secret is not among them. */
export function serviceProviderFields(provider: ServiceProvider): ServiceProviderFields {
  return {
    name: provider.name,
    consumerKey: provider.consumerKey,
    ownKey: provider.secret === null,
    description: provider.description,
    signatureMethod: provider.signatureMethod,
    requestTokenUrl: provider.requestTokenUrl ?? '',
    authorizeUrl: provider.authorizeUrl ?? '',
    accessTokenUrl: provider.accessTokenUrl ?? '',
    baseUrl: provider.baseUrl ?? '',
    ...conductFields(provider),
  };
}

/**
 * Reads the fields.
 * @param given the secret that was entered; null or blank keeps `stored`
 */
export function readServiceProvider(
  fields: ServiceProviderFields,
  given: Secret | null,
  stored: Secret | null,
  findings: Findings,
): ServiceProviderTraits {
  const conduct = readConduct(fields, findings);
  const isPersonal = conduct.handEntry === 'api-key';
  if (isPersonal && (fields.ownKey || conduct.twoLegged !== 'off')) {
    findings.add('handEntry', 'needs-own-credential');
  }
  return {
    name: readName('name', fields.name, findings),
    consumerKey: isPersonal ? '' : readKey('consumerKey', fields.consumerKey, findings),
    secret: readCredential(fields, given, stored, isPersonal, findings),
    description: readDescription(fields.description, findings),
    signatureMethod: readMethod(fields, findings),
    ...readAddresses(fields, findings),
    baseUrl: readProviderAddress('baseUrl', fields.baseUrl, findings),
    ...conduct,
  };
}

/** Null stands for our own key; with API keys of users there is no secret but theirs. */
function readCredential(
  { ownKey }: ServiceProviderFields,
  given: Secret | null,
  stored: Secret | null,
  isPersonal: boolean,
  findings: Findings,
): Secret | null {
  if (ownKey) return null;
  return isPersonal ? new Secret('') : readProviderSecret(given, stored, findings);
}

/** Others choose the length of a secret that they give us, so any that is not empty is taken. */
function readProviderSecret(given: Secret | null, kept: Secret | null, findings: Findings): Secret | null {
  const stored = kept?.reveal() === '' ? null : kept;
  if (given !== null && trimPasted(given.reveal()) !== '') return readSecret(given, 1, findings);
  return stored ?? readSecret(new Secret(''), 1, findings);
}

function readMethod(fields: ServiceProviderFields, findings: Findings): SignatureMethod {
  const text = trimPasted(fields.signatureMethod).toUpperCase();
  const usual = fields.ownKey ? 'RSA-SHA1' : 'HMAC-SHA1';
  if (text === '') return usual;
  if (!isSignatureMethod(text)) {
    findings.add('signatureMethod', 'unknown-method', { text });
    return usual;
  }
  if (methodFamily(text) !== (fields.ownKey ? 'rsa' : 'shared-secret')) {
    findings.add('signatureMethod', 'method-mismatch', { text });
  }
  return text;
}

/** Two of the three addresses cannot make a connection, so they come together or not at all. */
function readAddresses(fields: ServiceProviderFields, findings: Findings) {
  const names = ['requestTokenUrl', 'authorizeUrl', 'accessTokenUrl'] as const;
  const blank = names.filter((name) => trimPasted(fields[name]) === '');
  if (blank.length > 0 && blank.length < names.length) {
    for (const name of blank) findings.add(name, 'incomplete');
  }
  return {
    requestTokenUrl: readProviderAddress('requestTokenUrl', fields.requestTokenUrl, findings),
    authorizeUrl: readProviderAddress('authorizeUrl', fields.authorizeUrl, findings),
    accessTokenUrl: readProviderAddress('accessTokenUrl', fields.accessTokenUrl, findings),
  };
}

function readProviderAddress(field: MistakeField, text: string, findings: Findings): string | null {
  if (refuseBraces(field, text, findings)) return null;
  return readAddress(field, text, { allowPlainHttp: true }, findings);
}
