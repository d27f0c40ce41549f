/**
 * A provider's context whose storage is what is known: the provider's own stages run on it, so that the explanation
 * and the refusal cannot differ. Nothing is looked up elsewhere, nothing is written, no nonce is burnt, no wrong
 * verifier is counted.
 */
import { FixedClock } from '../base/index.ts';
import { tokenHash, userNameKey } from '../model/index.ts';
import type { ProviderContext } from '../provider/index.ts';
import type { Knowledge } from './knowledge.ts';

/** The few look-ups that stages make, answered from what is known. */
type StageStorage = {
  [Store in 'consumers' | 'grounds' | 'requestTokens' | 'accessTokens' | 'users']: Pick<
    ProviderContext['storage'][Store],
    StageMethod & keyof ProviderContext['storage'][Store]
  >;
};

type StageMethod = 'find' | 'lookUp' | 'tryVerifier';

/** The context that stages are run in. */
export function knowledgeContext(knowledge: Knowledge): ProviderContext {
  const { now, settings, nonce, earliestTimestamp } = knowledge;
  const storage: StageStorage = stageStorage(knowledge);
  return {
    // Stages look up no more than this; everything else of storage belongs to the use cases that change something.
    storage: storage as unknown as ProviderContext['storage'],
    nonces: {
      burn: () => nonce?.outcome ?? 'fresh',
      earliestTimestamp: () => earliestTimestamp,
    },
    clock: new FixedClock(now),
    random: { bytes: (length) => new Uint8Array(length) },
    settings,
    noteUse: () => {},
    noteAccepted: () => {},
  };
}

function stageStorage({ consumer, presented, users }: Knowledge): StageStorage {
  const { requestToken, accessToken } = presented;
  const findUser = (name: string) =>
    users.find((user) => userNameKey(user.name) === userNameKey(name)) ?? null;
  return {
    consumers: { find: async (key) => (consumer?.key === key ? consumer : null) },
    grounds: {
      lookUp: (key, token) => {
        const named = accessToken !== null && accessToken.hash === tokenHash(token) ? accessToken : null;
        return {
          consumer: consumer?.key === key ? consumer : null,
          token: named,
          user: named === null ? null : findUser(named.userName),
        };
      },
    },
    requestTokens: {
      find: async (hash) => (requestToken?.hash === hash ? requestToken : null),
      tryVerifier: async (_, readings) =>
        readings.includes(requestToken?.verifierHash ?? '') ? 'right' : 'wrong',
    },
    accessTokens: { find: async (hash) => (accessToken?.hash === hash ? accessToken : null) },
    users: { find: async (name) => findUser(name) },
  };
}
