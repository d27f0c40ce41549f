/**
 * Requests of AUTHORIZATION SIGNED: signed with this installation's own key, for no token, and saying which gadget
 * asks and who looks at it (OpenSocial Core API Server 1.0, "Signed requests"). What is signed is what is sent. A
 * gadget that gave such parameters itself could speak for other gadgets and people; its request is refused. Whether the
 * place may get such a request at all is judged before (`maySignTwoLegged`).
 */
import { type Clock, nowSeconds, type RandomSource, randomAlphanumeric } from '../../base/index.ts';
import { type Installation, signingKeyOf } from '../../model/index.ts';
import { signRequest } from '../../oauth/index.ts';
import { type ContainerRequest, GadgetRequestRefused, isForm } from './gadget-request.ts';

/** Who asks, for whom. */
export interface Asker {
  readonly specUrl: string;
  readonly moduleId: string;
  /** Of the dashboard; null: it is nobody's. */
  readonly ownerName: string | null;
  readonly viewerName: string;
  /** Where our public key can be read. */
  readonly keyAddress: string;
}

/** A request, ready to be sent. */
export interface SignedForGadget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

const NONCE_LENGTH = 32;

/** Signs. @throws {GadgetRequestRefused} protocol-parameter, escape-malformed */
export function signForGadget(
  { installation, clock, random }: { installation: Installation; clock: Clock; random: RandomSource },
  request: ContainerRequest,
  asker: Asker,
): SignedForGadget {
  const now = nowSeconds(clock);
  const form = request.body !== null && isForm(request.headers) ? readForm(request.body) : null;
  const url = addressFor(request, asker);
  refuseProtocolParameters([...request.url.searchParams.keys(), ...(form ?? []).map(([name]) => name)]);
  const signed = signRequest({
    method: request.method,
    url,
    ...(form === null ? {} : { form }),
    ...(form === null && request.body !== null ? { body: request.body } : {}),
    consumerKey: installation.consumerKey,
    key: { kind: 'private-key', key: signingKeyOf(installation, now) },
    signatureMethod: 'RSA-SHA1',
    timestamp: now,
    nonce: randomAlphanumeric(random, NONCE_LENGTH),
    token: '',
    bodyHash: form === null && request.body !== null,
  });
  return {
    url: signed.url,
    headers: {
      ...request.headers,
      ...(signed.contentType === null ? {} : { 'content-type': signed.contentType }),
      authorization: signed.authorization!,
    },
    body: signed.body.length === 0 ? null : signed.body,
  };
}

/** With our parameters in the query, where they are signed whatever the body is. */
function addressFor(request: ContainerRequest, asker: Asker): string {
  const url = new URL(request.url);
  if (/%(?![0-9a-f]{2})/i.test(url.search)) throw new GadgetRequestRefused('escape-malformed', url.search);
  const said: [string, string][] = [
    ['opensocial_app_url', asker.specUrl],
    ['opensocial_instance_id', asker.moduleId],
    ...(request.signsOwner && asker.ownerName !== null
      ? ([['opensocial_owner_id', asker.ownerName]] as [string, string][])
      : []),
    ...(request.signsViewer ? ([['opensocial_viewer_id', asker.viewerName]] as [string, string][]) : []),
    ['xoauth_signature_publickey', asker.keyAddress],
    ['xoauth_public_key', asker.keyAddress],
  ];
  const query = said.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  url.search = url.search === '' ? query : `${url.search}&${query}`;
  return url.href;
}

function refuseProtocolParameters(names: readonly string[]): void {
  const reserved = names.find((name) => /^(?:x?oauth|opensocial)_/i.test(name));
  if (reserved !== undefined) throw new GadgetRequestRefused('protocol-parameter', reserved);
}

/** Its fields are written anew when they are signed, so one that cannot be read without loss is not sent at all. */
function readForm(body: Uint8Array): [string, string][] {
  const text = Buffer.from(body).toString('latin1');
  if (!/^[\x20-\x7e]*$/.test(text) || /%(?![0-9a-f]{2})/i.test(text)) {
    throw new GadgetRequestRefused('escape-malformed', 'POST_DATA');
  }
  return [...new URLSearchParams(text)] as [string, string][];
}
