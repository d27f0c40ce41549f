/** Sentences of the usage, in English. */
import type { OldWay } from '../../../model/index.ts';

const ways: Readonly<Record<OldWay, string>> = {
  sha1: 'SHA-1 in signatures',
  legacy10: 'OAuth 1.0 of 2007',
  plaintext: 'PLAINTEXT',
};

const wayTexts: Readonly<Record<OldWay, string>> = {
  sha1: 'HMAC-SHA1 and RSA-SHA1. SHA-1 is not broken in HMAC, but RSA-SHA1 should go. These consumers can change to HMAC-SHA256 or RSA-SHA256 at any time with the secret or key that they have: here, nothing has to be set.',
  legacy10:
    'Request tokens that are asked for without a callback, open to session fixation. Counted in the dance only: with an access token, both versions make the same requests. These consumers have to change to OAuth 1.0a.',
  plaintext:
    'Secrets travel as they are, protected by TLS alone. These consumers can change to HMAC-SHA256 with the same secret at any time.',
};

const waySafe: Readonly<Record<OldWay, string>> = {
  sha1: 'Nobody signed with SHA-1 in this time.',
  legacy10: 'Nobody used OAuth 1.0 of 2007 in this time.',
  plaintext: 'Nobody used PLAINTEXT in this time.',
};

export const en = {
  title: 'Usage',
  lead: 'How many signed requests were accepted on each day, by signature method, and who still depends on an old one. A request shows here within half a minute.',
  filterTitle: 'Choose consumer and time',
  consumer: 'Consumer Key',
  period: 'Time',
  periods: { one: 'last day', other: 'last {n} days' },
  filter: 'Show',
  clear: 'Show all',
  emptyTitle: 'No request was accepted yet',
  emptyText: 'As soon as a consumer makes a signed request, it is counted here by its signature method.',
  ofConsumer: 'Only requests of {consumer}.',
  unknownConsumer: 'No consumer is registered under this key.',
  noneFound: 'No accepted request in this time.',
  pictureTitle: 'Accepted requests for each day, by signature method',
  pictureText:
    '{requests} from {from} to {to}; most on one day: {most}. The table below has the same numbers.',
  requests: { one: '{n} request', other: '{n} requests' },
  legend: 'Signature methods',
  numbers: 'The same numbers as a table',
  numbersCaption: 'Accepted requests for each day (UTC), newest first; days without any are left out',
  columnDay: 'Day (UTC)',
  columnAll: 'All',
  breakTitle: 'What would break',
  breakLead: 'Who used something old in this time, and would be refused if it were switched off.',
  waySafe,
  ways,
  wayTexts,
  dependantsCaption: 'Consumers that use it: {way}',
  columnConsumer: 'Consumer',
  columnRequests: 'Requests',
  columnLast: 'Last',
  more: { one: 'One more consumer is in the download.', other: '{n} more consumers are in the download.' },
  moreThan: 'more than {n}',
  manyMore: 'More than {n} consumers used it; all are in the download.',
  shown: 'Shown are those that made the most such requests in the last {days} days.',
};
