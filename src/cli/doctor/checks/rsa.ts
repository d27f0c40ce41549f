/**
 * Whether RSA signatures can be made and verified here. Some operating systems switch SHA-1 signatures off (RHEL 9,
 * Fedora 41 and newer): then every RSA-SHA1 request fails, whatever its key.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { MOCK_CREDENTIALS } from '../../../mock/index.ts';
import { parseMessage, type SignatureMethod, signRequest, verifySignature } from '../../../oauth/index.ts';
import { type DoctorCheck, type Finding, failed, ok, type Patient, warning } from '../check.ts';

export const rsaCheck: DoctorCheck = {
  name: 'RSA',
  examine: () =>
    works('RSA-SHA256')
      ? ok('RSA-SHA256 signatures can be made and verified')
      : failed(
          'RSA-SHA256 signatures cannot be verified here',
          'Start Countersign with the Node.js that it brings.',
        ),
};

export const rsaSha1Check: DoctorCheck = {
  name: 'RSA-SHA1',
  examine: ({ consumers }) => sha1Finding(works('RSA-SHA1'), consumers),
};

/** What it means that SHA-1 signatures can, or cannot, be verified. */
export function sha1Finding(isUsable: boolean, consumers: Patient['consumers']): Finding {
  if (isUsable) return ok('signatures with SHA-1, as most older clients send them, can be verified');
  const advice =
    'Let clients sign with RSA-SHA256; or allow SHA-1 for this program alone, with an OPENSSL_CONF file that sets ' +
    'rh-allow-sha1-signatures = yes under [evp_properties]; or for the machine, with ' +
    'update-crypto-policies --set DEFAULT:SHA1.';
  const finding = 'this operating system refuses signatures with SHA-1';
  const hasRsa = consumers.some(({ consumer }) => consumer.credential.kind === 'public-key');
  return hasRsa
    ? failed(`${finding}, and consumers with RSA keys are registered`, advice)
    : warning(finding, advice);
}

/** Signs and verifies one request, wholly as the server does. */
function works(signatureMethod: SignatureMethod): boolean {
  try {
    const key = createPrivateKey(MOCK_CREDENTIALS.rsaPrivateKey);
    const { authorization } = signRequest({
      method: 'GET',
      url: 'http://localhost/',
      consumerKey: 'doctor',
      key: { kind: 'private-key', key },
      signatureMethod,
      timestamp: 1,
      nonce: '1',
    });
    const message = parseMessage({
      method: 'GET',
      baseUri: 'http://localhost/',
      query: '',
      authorization: [authorization ?? ''],
      contentType: [],
      body: new Uint8Array(),
    });
    return verifySignature(message, { kind: 'public-key', key: createPublicKey(key) });
  } catch {
    return false;
  }
}
