/** A service provider: a third party that gave this installation a consumer key and a shared secret. */
import type { Secret } from '../base/index.ts';
import type { SignatureMethod } from '../oauth/index.ts';

/** A registered service provider. Its name is what a gadget's `<Service name>` refers to. */
export interface ServiceProvider {
  readonly name: string;
  readonly consumerKey: string;
  /** The shared secret; null: sign with this installation's own RSA key. */
  readonly secret: Secret | null;
  readonly description: string;
  readonly signatureMethod: SignatureMethod;
  readonly requestTokenUrl: string | null;
  readonly authorizeUrl: string | null;
  readonly accessTokenUrl: string | null;
  readonly baseUrl: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}
