/** Who we are to other installations: our consumer information, readable by anybody; and our assertion key. */
import { publishedKey } from '../model/index.ts';
import { type Endpoint, sendText, writeConsumerInformation } from '../web/index.ts';
import type { EndpointDependencies } from './dependencies.ts';

/** The consumer information under both of its addresses. */
export function consumerInformationEndpoints({ readInstallation }: EndpointDependencies): Endpoint[] {
  const handle: Endpoint['handle'] = async (wire, response) => {
    const installation = await readInstallation();
    const { consumerKey, name, description, callback } = installation;
    const xml = writeConsumerInformation({
      key: consumerKey,
      name,
      description,
      publicKey: publishedKey(installation),
      callback,
    });
    sendText(response, wire, 200, xml, 'application/xml;charset=UTF-8');
  };
  return ['/oauth/consumer-info', '/plugins/servlet/oauth/consumer-info'].map((path) => ({
    path,
    methods: ['GET', 'HEAD'],
    access: 'anyone',
    handle,
  }));
}

/** The key set with which an upstream verifies `X-Countersign-Assertion`. */
export function keySetEndpoint({ keySet }: EndpointDependencies): Endpoint {
  return {
    path: '/oauth/jwks.json',
    methods: ['GET', 'HEAD'],
    access: 'anyone',
    handle: (wire, response) => sendText(response, wire, 200, keySet(), 'application/jwk-set+json'),
  };
}
