/**
 * Explains a refusal that was kept: the request as it was judged then, held against what is known now. A record that
 * was changed meanwhile may give another answer than the one that was sent; whoever shows the two shows both.
 */
import { type Refusal, type RefusedRequest, unpackRefusal } from '../model/index.ts';
import type { ProblemCode } from '../oauth/index.ts';
import type { ProviderContext, ProviderRequest } from '../provider/index.ts';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { type GatheredBeside, gatherKnowledge } from './gather-knowledge.ts';
import type { Language, NonceKnowledge } from './knowledge.ts';

/** Explains a kept refusal. Changes nothing. */
export async function explainRefusal(
  context: Pick<ProviderContext, 'storage' | 'clock' | 'settings'>,
  refusal: Refusal,
  language: Language = 'en',
): Promise<Explanation> {
  const refused = unpackRefusal(refusal);
  const { kind, publicUrl } = refused;
  const beside: GatheredBeside = {
    requestId: refusal.requestId,
    kind,
    now: refusal.at,
    publicUrl,
    nonce: nonceOfRefusal(refusal.problem),
    arrival: refused,
  };
  const request = providerRequest(refused);
  return explain(request, await gatherKnowledge(context, request, beside), language);
}

/** What the refusal itself tells of the nonce; asking the store again would use it up. */
export function nonceOfRefusal(problem: ProblemCode): NonceKnowledge | null {
  if (problem === 'nonce_used') return { outcome: 'used', firstSeenAt: null };
  return problem === 'consumer_key_refused' ? { outcome: 'limited', firstSeenAt: null } : null;
}

function providerRequest(refused: RefusedRequest): ProviderRequest {
  const { method, baseUri, query, authorization, contentType, body, isSecureTransport, localPath } = refused;
  return { method, baseUri, query, authorization, contentType, body, isSecureTransport, path: localPath };
}
