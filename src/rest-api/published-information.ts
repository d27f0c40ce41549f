/**
 * What another installation publishes about itself, taken as it was looked at: whoever sends the digest of the preview
 * along takes that and nothing else, whatever is published by then.
 */
import type { ConsumerInformation } from '../administration/index.ts';
import { sha256Hex } from '../base/index.ts';
import { fetchConsumerInformation } from '../web/index.ts';
import { ApiProblem } from './api-problem.ts';
import type { RestApiContext } from './operation.ts';

/** SHA-256 of all of it, hexadecimal. */
export function informationDigest(information: ConsumerInformation): string {
  const { key, name, description, publicKey, callback } = information;
  return sha256Hex(JSON.stringify([key, name, description, publicKey, callback]));
}

/**
 * Fetches it.
 * @param digest of what was looked at; undefined: whatever is published is taken
 * @throws {ApiProblem} changed-meanwhile
 */
export async function fetchAsSeen(
  { outbound }: Pick<RestApiContext, 'outbound'>,
  baseUrl: string,
  digest: string | undefined,
): Promise<ConsumerInformation> {
  const information = await fetchConsumerInformation(outbound, baseUrl);
  if (digest === undefined || informationDigest(information) === digest) return information;
  throw new ApiProblem('changed-meanwhile', {
    detail: 'What is published there changed between the preview and now. Look at it again before you go on.',
  });
}
