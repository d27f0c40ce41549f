/** `countersign token …`: the access tokens that users gave consumers. */
import type { Command } from 'commander';
import { CLI_ACTOR } from '../../accounts/index.ts';
import { findConsumer, listTokens, revokeToken, revokeTokens, SHEETS } from '../../administration/index.ts';
import { jsonRecord } from '../../base/index.ts';
import type { TokenFilter, TokenSummary } from '../../model/index.ts';
import { type Answer, counted, shownTime, table } from '../answer.ts';
import { commandGroup, type Flags, withExamples } from '../define-command.ts';
import { everyRow } from '../every-row.ts';
import { findUser } from '../find-user.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { asksForSheet, printSheet, withSheet } from '../print-sheet.ts';
import { UsageRefused } from '../refusals.ts';

/** Adds the commands to the program. */
export function defineTokenCommands(program: Command): void {
  const token = commandGroup(program, 'token', 'the access tokens that users gave consumers');
  withExamples(
    onData(
      withSheet(withFilter(token.command('list').description('list the tokens that work or can be renewed'))),
      list,
    ),
    'countersign token list',
    'countersign token list --user alice --json',
  );
  withExamples(
    onData(
      withFilter(
        token
          .command('revoke')
          .description(
            'revoke one token by its id, or all of a user, of a consumer, or of both; in force at once',
          )
          .argument('[ID]', 'public id, as the list shows it'),
      ),
      revoke,
    ),
    'countersign token revoke --user alice',
    'countersign token revoke --user alice --consumer wiki',
  );
}

function withFilter(command: Command): Command {
  return command
    .option('--user <NAME>', 'only of this user')
    .option('--consumer <KEY>', 'only of this consumer');
}

function givenFilter({ user, consumer }: Flags): TokenFilter {
  return {
    ...(user !== undefined && { userName: String(user) }),
    ...(consumer !== undefined && { consumerKey: String(consumer) }),
  };
}

async function list(context: CommandContext, flags: Flags): Promise<Answer> {
  const filter = givenFilter(flags);
  await refuseStrangers(context, filter);
  const asked = { search: '', sort: 'created', descending: true } as const;
  if (asksForSheet(flags))
    return printSheet(SHEETS.tokens, (place) => listTokens(context, filter, { ...asked, ...place }));
  const rows = await everyRow((offset, limit) => listTokens(context, filter, { ...asked, offset, limit }));
  return {
    json: rows.map(tokenRecord),
    lines: table(
      ['ID', 'USER', 'CONSUMER', 'ISSUED', 'EXPIRES', 'LAST USED'],
      rows.map(({ token }) => [
        token.id,
        token.userName,
        token.consumerKey,
        shownTime(token.createdAt),
        shownTime(token.expiresAt),
        shownTime(token.lastUsedAt),
      ]),
      'There are no tokens.',
    ),
  };
}

async function revoke(context: CommandContext, flags: Flags, id?: string): Promise<Answer> {
  const filter = givenFilter(flags);
  const isFiltered = Object.keys(filter).length > 0;
  if ((id !== undefined) === isFiltered) {
    throw new UsageRefused('say which tokens to revoke: an ID, or --user, --consumer or both');
  }
  if (id !== undefined) {
    await revokeToken(context, id, CLI_ACTOR);
    return { json: { revoked: 1 }, lines: [`Revoked ${id}.`] };
  }
  const revoked = await revokeTokens(context, filter, CLI_ACTOR);
  if (revoked === 0) await refuseStrangers(context, filter);
  return { json: { revoked }, lines: [`Revoked ${counted(revoked, 'token')}.`] };
}

/** A mistyped name must not look like somebody without tokens, or tokens that were revoked. @throws {Refused} */
async function refuseStrangers(
  context: CommandContext,
  { userName, consumerKey }: TokenFilter,
): Promise<void> {
  if (userName !== undefined) await findUser(context, userName);
  if (consumerKey !== undefined) await findConsumer(context, consumerKey);
}

/** What may be told of a token: never itself, its secret or its handle, not even hashed. */
function tokenRecord({ token, consumerName, userDisplayName }: TokenSummary): unknown {
  const { id, userName, consumerKey, gadgetUrl, createdAt, expiresAt, sessionExpiresAt, lastUsedAt } = token;
  return jsonRecord({
    id,
    user: userName,
    userDisplayName,
    consumer: consumerKey,
    consumerName,
    gadgetUrl,
    createdAt,
    expiresAt,
    sessionExpiresAt,
    lastUsedAt,
  });
}
