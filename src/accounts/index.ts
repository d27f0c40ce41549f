/** Accounts: local users, their passwords, sessions and login, and the set-up of the first administrator. */
export {
  type ApiKeyHolder,
  type ApiKeysContext,
  createApiKey,
  findApiKeyHolder,
  isEnded,
  type MadeApiKey,
  type NewApiKey,
  revokeApiKey,
} from './api-keys.ts';
export { type AccountsContext, CLI_ACTOR, type LoginVerdict } from './context.ts';
export {
  type IdentityProblem,
  type IdentityProvider,
  IdentityRefused,
  type LoginUnderWay,
  type Vouched,
} from './identity-provider.ts';
export { type Login, logIn } from './log-in.ts';
export { logInByIdentity } from './log-in-by-identity.ts';
export { logInByProxy } from './log-in-by-proxy.ts';
export { logInWithCode } from './log-in-with-code.ts';
export { networkOf } from './login-limits.ts';
export {
  ACCOUNT_MISTAKES,
  type AccountField,
  type AccountMistakeCode,
  AccountRefused,
  USER_NAME_LENGTH,
} from './mistakes.ts';
export type { OneTimeCodes } from './one-time-codes.ts';
export {
  createPasswordHasher,
  type PasswordHasher,
  PasswordsBusy,
} from './password-hasher.ts';
export { needsProof, PROOF_SECONDS, prove } from './proof.ts';
export {
  disableSecondFactor,
  enableSecondFactor,
  renewRecoveryCodes,
  resetSecondFactor,
  type SecondFactorContext,
} from './second-factor.ts';
export {
  newSecondFactorsOfAdministrators,
  type SecondFactorNews,
  secondFactorNewsForTicket,
  secondFactorNewsOf,
} from './second-factor-news.ts';
export {
  findSession,
  isBoundToProxy,
  logOut,
  SESSION_ABSOLUTE_SECONDS,
  type SignedIn,
  startSession,
} from './sessions.ts';
export {
  createSetupToken,
  isSetupToken,
  setUpFirstAdministrator,
} from './set-up.ts';
export {
  bindIdentity,
  changePassword,
  createUser,
  disableUser,
  enableUser,
  type NewUser,
  removeUser,
  type UserEdit,
  unbindIdentity,
  updateUser,
} from './users.ts';
