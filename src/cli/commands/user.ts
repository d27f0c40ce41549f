/** `countersign user …`: the people who can log in here. */
import type { Command } from 'commander';
import {
  bindIdentity,
  CLI_ACTOR,
  changePassword,
  createUser,
  disableUser,
  enableUser,
  removeUser,
  resetSecondFactor,
  unbindIdentity,
} from '../../accounts/index.ts';
import { SHEETS } from '../../administration/index.ts';
import { jsonRecord } from '../../base/index.ts';
import type { User } from '../../model/index.ts';
import { type Answer, facts, shownTime, table } from '../answer.ts';
import { commandGroup, type Flags, withExamples } from '../define-command.ts';
import { everyRow } from '../every-row.ts';
import { findUser } from '../find-user.ts';
import { type CommandContext, onData } from '../on-data.ts';
import { asksForSheet, printSheet, withSheet } from '../print-sheet.ts';
import { readStandardInput } from '../standard-input.ts';

/** Adds the commands to the program. */
export function defineUserCommands(program: Command): void {
  const user = commandGroup(program, 'user', 'the people who can log in here');
  withExamples(
    onData(
      user
        .command('add')
        .description('add a user')
        .argument('<NAME>', 'login name; it never changes')
        .option('--display-name <TEXT>', 'full name, shown on pages')
        .option('--email <ADDRESS>', 'e-mail address')
        .option('--admin', 'may administer this installation')
        .requiredOption('--password-stdin', 'read the password from standard input'),
      addUser,
    ),
    'printf %s "$PASSWORD" | countersign user add alice --display-name "Alice Jones" --password-stdin',
    'printf %s "$PASSWORD" | countersign user add admin --admin --password-stdin',
  );
  withExamples(
    onData(
      withSheet(
        user
          .command('list')
          .description('list all users')
          .option('--search <TEXT>', 'only those that contain this'),
      ),
      listUsers,
    ),
    'countersign user list',
    'countersign user list --search alice --json',
  );
  onName(user, 'show', 'show one user', showUser);
  onName(user, 'disable', 'keep a user from logging in and from being acted for, at once', disable);
  onName(user, 'enable', 'let a disabled user in again', enable);
  onName(
    user,
    'reset-second-factor',
    'take a second factor away whose device and recovery codes are lost',
    resetFactor,
  );
  onName(user, 'remove', 'delete a user with all sessions and tokens', remove);
  withExamples(
    onData(
      user
        .command('password')
        .description('set a new password; ends every session of the user')
        .argument('<NAME>', 'login name')
        .requiredOption('--password-stdin', 'read the password from standard input'),
      setPassword,
    ),
    'printf %s "$PASSWORD" | countersign user password alice --password-stdin',
  );
  defineIdentityCommands(user);
}

/** Adds the commands that say who a user is at an OpenID provider. */
function defineIdentityCommands(user: Command): void {
  withExamples(
    onData(
      user
        .command('bind')
        .description('let a person of the OpenID provider log in as this user')
        .argument('<NAME>', 'login name')
        .requiredOption('--issuer <URL>', 'the provider, as the setting oidc-issuer names it')
        .requiredOption('--subject <TEXT>', 'the person, as the provider’s claim "sub" names them'),
      bind,
    ),
    'countersign user bind admin --issuer https://id.example.com --subject 248289761001',
  );
  onName(user, 'unbind', 'end that, and every session of the user', unbind);
}

function onName(
  parent: Command,
  verb: string,
  description: string,
  run: (context: CommandContext, flags: Flags, name: string) => Promise<Answer>,
): void {
  const command = parent.command(verb).description(description).argument('<NAME>', 'login name');
  withExamples(
    onData(command, (context, flags, name) => run(context, flags, name!)),
    `countersign user ${verb} alice`,
  );
}

async function addUser(context: CommandContext, flags: Flags, name?: string): Promise<Answer> {
  const user = await createUser(
    context,
    {
      username: name!,
      displayName: String(flags.displayName ?? ''),
      email: String(flags.email ?? ''),
      isAdministrator: flags.admin === true,
      password: await readStandardInput(),
    },
    CLI_ACTOR,
  );
  return { json: userRecord(user), lines: [`Added ${user.name}.`] };
}

async function listUsers({ storage }: CommandContext, flags: Flags): Promise<Answer> {
  const asked = { search: String(flags.search ?? ''), sort: 'name', descending: false } as const;
  if (asksForSheet(flags))
    return printSheet(SHEETS.users, (place) => storage.users.list({ ...asked, ...place }));
  const users = await everyRow((offset, limit) => storage.users.list({ ...asked, offset, limit }));
  return {
    json: users.map(userRecord),
    lines: table(
      ['NAME', 'FULL NAME', 'E-MAIL', 'ROLE', 'STATE', 'LAST LOGIN'],
      users.map((user) => [
        user.name,
        user.displayName,
        user.email ?? '—',
        user.isAdministrator ? 'administrator' : 'user',
        user.isDisabled ? 'disabled' : 'active',
        shownTime(user.lastLoginAt),
      ]),
      'There are no users. Add one with: countersign user add NAME --password-stdin',
    ),
  };
}

async function showUser(context: CommandContext, _flags: Flags, name: string): Promise<Answer> {
  const user = await findUser(context, name);
  const factor = await context.storage.secondFactors.find(name);
  return {
    json: {
      ...(userRecord(user) as object),
      secondFactor: factor && jsonRecord({ createdAt: factor.createdAt }),
    },
    lines: facts([
      ['Name', user.name],
      ['Full name', user.displayName],
      ['E-mail', user.email ?? '—'],
      ['Role', user.isAdministrator ? 'administrator' : 'user'],
      ['OpenID', shownIdentity(user)],
      ['Second factor', factor === null ? 'off' : `on, since ${shownTime(factor.createdAt)}`],
      ['State', user.isDisabled ? 'disabled' : 'active'],
      ['Added', shownTime(user.createdAt)],
      ['Last login', shownTime(user.lastLoginAt)],
    ]),
  };
}

async function disable(context: CommandContext, _flags: Flags, name: string): Promise<Answer> {
  const user = await disableUser(context, name, CLI_ACTOR);
  return {
    json: userRecord(user),
    lines: [`Disabled ${user.name}. Their sessions have ended and no token of theirs works.`],
  };
}

async function enable(context: CommandContext, _flags: Flags, name: string): Promise<Answer> {
  const user = await enableUser(context, name, CLI_ACTOR);
  return { json: userRecord(user), lines: [`Enabled ${user.name}.`] };
}

async function resetFactor(context: CommandContext, _flags: Flags, name: string): Promise<Answer> {
  const user = await resetSecondFactor(context, name, CLI_ACTOR);
  return { json: userRecord(user), lines: [`${user.name} logs in without a second factor now.`] };
}

async function remove(context: CommandContext, _flags: Flags, name: string): Promise<Answer> {
  await removeUser(context, name, CLI_ACTOR);
  return { json: { removed: name }, lines: [`Removed ${name}, with all their sessions and tokens.`] };
}

async function setPassword(context: CommandContext, _flags: Flags, name?: string): Promise<Answer> {
  const password = await readStandardInput();
  const user = await changePassword(context, { username: name!, currentPassword: null, password }, CLI_ACTOR);
  return {
    json: userRecord(user),
    lines: [`Set a new password for ${user.name}; their sessions have ended.`],
  };
}

async function bind(context: CommandContext, flags: Flags, name?: string): Promise<Answer> {
  const identity = { issuer: String(flags.issuer), subject: String(flags.subject) };
  const user = await bindIdentity(context, name!, identity, CLI_ACTOR);
  return { json: userRecord(user), lines: [`Bound ${user.name} to ${shownIdentity(user)}.`] };
}

async function unbind(context: CommandContext, _flags: Flags, name: string): Promise<Answer> {
  const user = await unbindIdentity(context, name, CLI_ACTOR);
  return {
    json: userRecord(user),
    lines: [`${user.name} is bound to nobody of an OpenID provider; their sessions have ended.`],
  };
}

function shownIdentity({ identity }: User): string {
  return identity === null ? '—' : `${identity.subject} at ${identity.issuer}`;
}

/** A user as programs read one; the password's hash is nobody's business. */
function userRecord({ passwordHash: _, ...user }: User): unknown {
  return jsonRecord(user);
}
