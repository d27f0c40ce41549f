/**
 * Stage: two-legged requests, which carry an empty `oauth_token`. They run as the consumer's *Execute as* user,
 * as the user that `xoauth_requestor_id` names where the consumer may impersonate, or as nobody.
 */
import type { User } from '../../model/index.ts';
import { decodePercent, Problem } from '../../oauth/index.ts';
import type { Examination } from '../examination.ts';

/** @throws {Problem} permission_denied when the consumer may not, or the user cannot be acted for */
export function checkTwoLeggedAccess(examination: Examination): void | Promise<void> {
  const { message, consumer } = examination;
  if (message.protocol.token) return;
  if (!consumer.twoLegged.allowed)
    throw denied('This consumer may act for users with an approved token only.');
  const requestor = requestorId(examination);
  if (requestor !== null && !consumer.twoLegged.mayImpersonate) {
    throw denied('This consumer may not name a user with xoauth_requestor_id.');
  }
  const name = requestor ?? consumer.twoLegged.executeAs;
  if (name !== null) return actAs(examination, name);
  examination.user = null;
}

async function actAs(examination: Examination, name: string): Promise<void> {
  const user: User | null = await examination.context.storage.users.find(name);
  if (user === null || user.isDisabled)
    throw denied('The user whom this request is to run as has no access here.');
  examination.user = user;
}

/** The requestor's name from the query only: a form field of that name belongs to the application behind. */
function requestorId({ message, request }: Examination): string | null {
  // The fast path, for launches most of all: to make a list of their parameters takes longer than to verify them.
  if (request.query === '') return null;
  const named = message.parameters.filter(
    (parameter) => parameter.name === 'xoauth_requestor_id' && parameter.carrier === 'query',
  );
  if (named.length > 1) {
    throw new Problem('parameter_rejected', {
      rejected: ['xoauth_requestor_id'],
      advice: 'Send xoauth_requestor_id once.',
    });
  }
  const value = named[0]?.value ?? '';
  return value === '' ? null : decodePercent(value);
}

function denied(advice: string): Problem {
  return new Problem('permission_denied', { advice });
}
