/**
 * Stage of the hot path: consumer, access token and user in one look-up. Says nothing about the token yet,
 * except that leaving `oauth_token` out altogether is a mistake unless the consumer may act without a user.
 */
import type { Grounds } from '../../model/index.ts';
import type { Examination } from '../examination.ts';
import { unknownConsumer } from './know-consumer.ts';
import { missing } from './require-parameters.ts';

/** @throws {Problem} consumer_key_unknown, or parameter_absent for a request without `oauth_token` */
export function lookUpGrounds(examination: Examination): void | Promise<void> {
  const { consumerKey, token } = examination.message.protocol;
  const grounds = examination.context.storage.grounds.lookUp(consumerKey!, token ?? '');
  if (grounds instanceof Promise) return grounds.then((found) => take(examination, found));
  take(examination, grounds);
}

function take(examination: Examination, { consumer, token, user }: Grounds): void {
  if (consumer === null) throw unknownConsumer();
  if (examination.message.protocol.token === undefined && !consumer.twoLegged.allowed)
    throw missing(['oauth_token']);
  examination.consumer = consumer;
  examination.presented = { requestToken: null, accessToken: token };
  examination.user = user;
}
