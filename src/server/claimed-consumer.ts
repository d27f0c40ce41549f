/**
 * The consumer that a request says it comes from. It is a claim: only for a request that was accepted it is known to
 * be true. Of a request that cannot be taken apart, what looks like a key is taken.
 */
import { type ArrivedRequest, decodePercent, parseMessage } from '../oauth/index.ts';

const LONGEST_KEY = 200;

/** The key; null for none, and for what is too long to be one. */
export function claimedConsumer(request: ArrivedRequest): string | null {
  const key = parsedKey(request) ?? guessedKey(request);
  return key === null || key === '' || key.length > LONGEST_KEY ? null : key;
}

function parsedKey(request: ArrivedRequest): string | null {
  try {
    return parseMessage(request).protocol.consumerKey ?? null;
  } catch {
    return null;
  }
}

function guessedKey({ authorization, query, body }: ArrivedRequest): string | null {
  const text = [...authorization, query, Buffer.from(body).toString('latin1')].join('&');
  const found = /oauth_consumer_key="?([^"&,\s]{1,600})/.exec(text)?.[1];
  try {
    return found === undefined ? null : decodePercent(found);
  } catch {
    return null;
  }
}
