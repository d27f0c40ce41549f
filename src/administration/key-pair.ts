/** RSA key pairs of this installation's own. They are generated off the event loop. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { Secret } from '../base/index.ts';
import type { KeyPair } from '../model/index.ts';

/** Enough for the life of an installation (NIST SP 800-57). */
const MODULUS_BITS = 3072;

/** Makes a pair. @param modulusBits 2048 or more */
export async function makeKeyPair(modulusBits = MODULUS_BITS): Promise<KeyPair> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)('rsa', {
    modulusLength: modulusBits,
    publicExponent: 65537,
  });
  return {
    publicKeySpki: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: new Secret(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
  };
}
