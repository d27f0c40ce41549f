/** What a mock answers where no fault is ordered: the real OAuth addresses, instant approval, and an echo. */
import type { ServerResponse } from 'node:http';
import { oauthEndpoints } from '../endpoints/index.ts';
import { carriesOAuth } from '../oauth/index.ts';
import { authenticate, type ProviderContext } from '../provider/index.ts';
import {
  arrivedRequest,
  readBody,
  sendChallenge,
  sendJson,
  sendMethodNotAllowed,
  type WireRequest,
} from '../web/index.ts';
import type { FaultPlace } from './fault.ts';
import { approveAtOnce } from './instant-approval.ts';
import type { MockWorld } from './world.ts';

/** Answers requests. */
export interface MockAnswers {
  /** @throws {Problem} where the provider refuses */
  answer(wire: WireRequest, response: ServerResponse): Promise<void>;
}

/** What an address is for; the same under its compatible alias. */
export function placeOf(localPath: string): FaultPlace {
  const [, name] =
    /^(?:\/plugins\/servlet)?\/oauth\/(request-token|authorize|access-token)$/.exec(localPath) ?? [];
  return (name ?? 'resource') as FaultPlace;
}

/** The answers of a provider. */
export function createMockAnswers({ installation }: MockWorld, provider: ProviderContext): MockAnswers {
  const endpoints = new Map(
    oauthEndpoints({
      provider,
      readInstallation: async () => installation,
      findSessionUser: async () => null,
      keySet: () => '{"keys":[]}',
    }).map((endpoint) => [endpoint.path, endpoint]),
  );
  return {
    async answer(wire, response) {
      const endpoint = endpoints.get(wire.localPath);
      if (placeOf(wire.localPath) === 'authorize') return approveAtOnce(provider, wire, response);
      if (endpoint === undefined) return echo(provider, wire, response);
      if (endpoint.methods.includes(wire.method)) return endpoint.handle(wire, response);
      sendMethodNotAllowed(response, wire, endpoint.methods);
    },
  };
}

/** A protected resource at every other address: what came, and whom it acts as. */
async function echo(provider: ProviderContext, wire: WireRequest, response: ServerResponse): Promise<void> {
  const body = wire.hasBody ? await readBody(wire.incoming) : new Uint8Array();
  const request = {
    ...arrivedRequest(wire, body),
    isSecureTransport: wire.isSecureTransport,
    path: wire.localPath,
  };
  if (!carriesOAuth(request)) return sendChallenge(response, wire);
  const { consumer, user, via } = await authenticate(provider, request);
  sendJson(response, wire, 200, {
    method: wire.method,
    path: wire.path,
    query: wire.query,
    body: Buffer.from(body).toString('utf8'),
    consumer: consumer.key,
    user: user?.name ?? null,
    via,
  });
}
