/** The reference of the audit log's events. An event without a meaning here does not pass the check of types. */
import type { AuditAction } from '../src/model/index.ts';

interface Meaning {
  /** What an entry's object names. */
  readonly object: string;
  readonly meaning: string;
}

const CONSUMER = 'consumer key';
const PROVIDER = 'service provider';
const USER = 'user';
const CONNECTION = 'id of the connection';
const KEY = 'id of the API key';
const DASHBOARD = 'id of the dashboard';
const SPEC = 'address of the spec';
const OWN = 'name of the gadget';
const FEED = 'base URL of the feed';

const EVENTS: Readonly<Record<AuditAction, Meaning>> = {
  'consumer.add': { object: CONSUMER, meaning: 'A consumer was registered.' },
  'consumer.edit': { object: CONSUMER, meaning: 'Fields of a consumer were changed, or its key replaced.' },
  'consumer.remove': { object: CONSUMER, meaning: 'A consumer was removed, with all its tokens.' },
  'consumer.rotate': {
    object: CONSUMER,
    meaning: 'A consumer got another key or secret; the old one is valid until the overlap ends.',
  },
  'service-provider.add': { object: PROVIDER, meaning: 'A service provider was added.' },
  'service-provider.edit': {
    object: PROVIDER,
    meaning: 'Fields of a service provider were changed. The note says how many users have to connect again.',
  },
  'service-provider.remove': { object: PROVIDER, meaning: 'A service provider was removed.' },
  'service-provider.test': {
    object: PROVIDER,
    meaning: 'An administrator tested the way to a service provider.',
  },
  'installation.edit': { object: 'our consumer key', meaning: 'Our own consumer information was changed.' },
  'installation.rotate': {
    object: 'our consumer key',
    meaning: 'A rotation of our own key pair began or took effect.',
  },
  'user.add': { object: USER, meaning: 'A user was added.' },
  'user.edit': { object: USER, meaning: 'Name, address or role of a user was changed.' },
  'user.disable': { object: USER, meaning: 'A user was disabled: no login, and no request in their name.' },
  'user.enable': { object: USER, meaning: 'A disabled user was enabled again.' },
  'user.remove': { object: USER, meaning: 'A user was removed, with all that they granted.' },
  'user.password': {
    object: USER,
    meaning:
      'A password was set. With the note `hash-renewed` it is the same password, kept in a newer way at a login.',
  },
  'user.login': {
    object: 'user; with the note, an address or what else the limit is for',
    meaning:
      'A user logged in; with a code, `secondFactor` is true. With the note `too-many-attempts`, a limit on guessing was reached instead.',
  },
  'second-factor.add': { object: 'user', meaning: 'A second factor was turned on.' },
  'second-factor.renew': { object: 'user', meaning: 'Recovery codes were made anew; the others ended.' },
  'second-factor.recover': {
    object: 'user',
    meaning: 'A recovery code was used in place of a code of the authenticator.',
  },
  'second-factor.remove': {
    object: 'user',
    meaning: 'A second factor was turned off, by its user or by an administrator.',
  },
  'token.approve': { object: CONSUMER, meaning: 'A user approved access of a consumer.' },
  'token.deny': { object: CONSUMER, meaning: 'A user denied access of a consumer.' },
  'token.issue': {
    object: 'public id of the token',
    meaning: 'A consumer exchanged an approval for an access token.',
  },
  'token.renew': {
    object: 'public id of the new token',
    meaning: 'A consumer renewed an access token; the old one stopped working.',
  },
  'token.revoke': {
    object: 'public id of the token, or the user or consumer whose tokens ended',
    meaning: 'Access tokens were revoked, by their user or an administrator.',
  },
  'connection.add': { object: CONNECTION, meaning: 'A user connected to a service provider.' },
  'connection.renew': { object: CONNECTION, meaning: 'The token of a connection was renewed there.' },
  'connection.die': {
    object: CONNECTION,
    meaning: 'A service provider refused the token of a connection. The note is the problem.',
  },
  'connection.remove': { object: CONNECTION, meaning: 'A user ended a connection.' },
  'api-key.add': { object: KEY, meaning: 'A user made an API key.' },
  'api-key.remove': { object: KEY, meaning: 'An API key was taken back.' },
  'dashboard.add': { object: DASHBOARD, meaning: 'A dashboard was made.' },
  'dashboard.edit': {
    object: DASHBOARD,
    meaning:
      'Name, description, sharing or layout of a dashboard were changed; of the system default, anything on it.',
  },
  'dashboard.remove': { object: DASHBOARD, meaning: 'A dashboard was removed.' },
  'gadget.add': { object: SPEC, meaning: 'A gadget was added to the directory.' },
  'gadget.update': { object: SPEC, meaning: 'A newer spec of a gadget was taken.' },
  'gadget.remove': { object: SPEC, meaning: 'A gadget was removed from the directory.' },
  'gadget.hide': { object: OWN, meaning: 'A gadget of this installation was taken out of its directory.' },
  'gadget.show': { object: OWN, meaning: 'A hidden gadget of this installation was shown again.' },
  'gadget-feed.add': { object: FEED, meaning: 'The gadgets of another installation were subscribed to.' },
  'gadget-feed.refresh': {
    object: FEED,
    meaning:
      'A feed was read again; the entry counts what it brought and took away, the note is what failed.',
  },
  'gadget-feed.remove': { object: FEED, meaning: 'A subscription ended; its gadgets were removed.' },
  'allow-list.add': { object: 'pattern', meaning: 'Gadgets may reach another address.' },
  'allow-list.remove': { object: 'pattern', meaning: 'Gadgets may no longer reach an address.' },
  'data.export': {
    object: 'beginning of the file’s SHA-256',
    meaning:
      'A backup or an export was written. With the note `plain-secrets`, its secrets can be read by whoever has it.',
  },
  'data.import': { object: 'name of the source', meaning: 'Records were imported; the entry counts them.' },
  'data.restore': {
    object: 'name of the backup',
    meaning: 'A backup was restored; the entry counts what ended with it.',
  },
  'data.rotate-key': {
    object: 'the key file',
    meaning: 'The secrets in the database were sealed with another key, or old keys were dropped.',
  },
};

const INTRODUCTION = `# Events

<!-- Written by \`node tools/write-references.ts\` from tools/events-page.ts. Do not edit by hand. -->

What the audit log notes, together with each change and in the same transaction. It is shown under *Audit log*, downloaded there as CSV,
and kept for [\`--audit-retention\`](settings.md). An entry has:

| field | |
|---|---|
| \`at\` | when, in seconds since 1970 |
| \`actor\` | the user who did it; \`cli\`, \`set-up\` or \`system\` |
| \`action\` | one of the events below |
| \`object\` | what it was done to |
| \`before\`, \`after\` | the fields that changed; secrets and tokens never, credentials by fingerprint or their last characters |
| \`note\` | why it deserves attention, or nothing |

| event | object | meaning |
|---|---|---|
`;

/** The page. */
export function eventsPage(): string {
  const rows = Object.entries(EVENTS).map(
    ([action, { object, meaning }]) => `| \`${action}\` | ${object} | ${meaning} |\n`,
  );
  return INTRODUCTION + rows.join('');
}
