/** The user that an argument or a flag names; whoever mistyped it is told so, and where to look. */
import { refusal } from '../administration/index.ts';
import type { Storage, User } from '../model/index.ts';

/** @throws {Refused} `unknown-user` */
export async function findUser(
  { storage }: { storage: Pick<Storage, 'users'> },
  name: string,
): Promise<User> {
  const user = await storage.users.find(name);
  if (user === null) throw refusal('user', 'unknown-user', { text: name });
  return user;
}
