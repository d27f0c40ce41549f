/** Stage: who says they are asking. The signature will show whether it is so. */
import { Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} consumer_key_unknown */
export async function knowConsumer(examination: Examination): Promise<void> {
  const key = examination.message.protocol.consumerKey!;
  const consumer = await examination.context.storage.consumers.find(key);
  if (consumer === null) throw unknownConsumer();
  examination.consumer = consumer;
  examination.presented = { requestToken: null, accessToken: null };
}

/** The refusal of a key that is not registered. */
export function unknownConsumer(): Problem {
  return new Problem('consumer_key_unknown', {
    advice: 'Register the consumer with the administrator of this service, or correct oauth_consumer_key.',
  });
}
