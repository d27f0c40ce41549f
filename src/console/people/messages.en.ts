/** Sentences of the pages for everybody, in English. Placeholders in braces are filled in by the pages. */
import type { AccountMistakeCode, IdentityProblem } from '../../accounts/index.ts';
import { ACCOUNT_MISTAKES } from '../../accounts/index.ts';

const mistakes: Record<AccountMistakeCode, string> = { ...ACCOUNT_MISTAKES };

const identityProblems: Record<IdentityProblem, string> = {
  'login-lost':
    'This login was begun in another browser, has been finished already, or took longer than ten minutes. Begin again.',
  denied: '{provider} says that the login was cancelled there. You can begin again.',
  'provider-refused':
    '{provider} does not log anybody in here at the moment. Try again later, or tell an administrator.',
  unreachable:
    '{provider} cannot be reached at the moment. Try again later, or log in with a password of {application}.',
  'answer-invalid':
    'The answer of {provider} could not be verified, so nobody was logged in. Begin again; if that does not help, tell an administrator.',
  clock: 'The answer of {provider} is of another time: its clock and ours differ. Tell an administrator.',
  'not-set-up':
    '{application} has no administrator yet. The first one is set up by the link that the server printed at its start.',
  'name-unusable':
    '{provider} gives no verified name that can be a user name in {application}. Tell an administrator.',
  'name-taken':
    'There is a user of your name in {application} who is not known to be you. Log in with that user’s password, or ask an administrator to bind the user to you.',
  'unknown-user': 'You are not a user of {application} yet. Ask an administrator for an account.',
  'password-needed':
    'Administrators, and people with a second factor in {application}, log in with their password here.',
  disabled: 'Your account in {application} is disabled. Ask an administrator.',
};

export const en = {
  identityProblems,

  mistakes,

  username: 'User name',
  password: 'Password',
  displayName: 'Full name',
  displayNameHelp: 'Applications and other people see this name.',
  email: 'E-mail address',
  newPassword: 'New password',
  currentPassword: 'Present password',
  passwordHelp: 'At least 8 characters. A few words in a row are easy to remember and hard to guess.',
  usernameHelp: 'Letters, digits and . _ @ + -. It cannot be changed later.',

  logInTitle: 'Log in',
  logInLead: 'to {application}',
  logInToDecide: 'to {application}, to answer an application’s request',
  logIn: 'Log in',
  logInRefused: 'User name and password do not belong together. Check both, then try again.',
  logInLimited: {
    one: 'Too many attempts. Wait one minute, then try again.',
    other: 'Too many attempts. Wait {n} minutes, then try again.',
  },
  logInWith: 'Log in with {provider}',
  logInAgain: 'Back to login',
  providerRefused: 'You are not logged in',
  noPassword: 'You have no password here.',
  vouchedForBy: 'Vouched for by',
  loggedOut: 'You are logged out.',
  namedByProxy: 'The proxy in front says that you are {name}.',
  logInAs: 'Log in as {name}',
  logOutThere: 'Log out there, too',
  theProxy: 'The proxy in front',
  logOutTitle: 'Log out?',
  logOutText: 'You are logged in as {name}. Applications that you gave access keep it.',
  logOut: 'Log out',
  stay: 'Stay logged in',

  logInNobody:
    'There are no users yet. Open the set-up link that the server printed when it started: it makes the first administrator.',
  setUpTitle: 'Set up the first administrator',
  setUpLead: 'Whoever opens this link first administers {application}. The link works once.',
  setUp: 'Create administrator',
  setUpDone: 'Welcome, {name}. You are the first administrator.',
  setUpGoneTitle: 'This set-up link does not work',
  setUpGoneUsers:
    '{application} has its first administrator already. Log in, or ask an administrator for an account.',
  setUpGoneNone:
    'It was replaced by a newer one, or mistyped. Start the server again: it prints a new link as long as there is no user.',

  consentTitle: '{consumer} wants to act for {user} in {application}',
  consentHeading: '{consumer} wants to act for {user} in {application}',
  consentDescription: 'How {consumer} describes itself',
  consentGadget: 'For a gadget, says {consumer}: {gadget}',
  consentMay: 'It will be able to',
  consentMayNot: 'It will not be able to',
  mayRead: 'read what you can read in {application}',
  mayReadAndChange: 'read and change in {application} what you can read and change',
  mayOnlyPaths: 'reach these addresses only:',
  mayWhileAway: 'do so while you are away, without asking again',
  mayNotPassword: 'see your password or change it',
  mayNotChange: 'change, add or delete anything',
  mayNotMore: 'reach anything that you cannot reach yourself',
  mayNotOther: 'reach any other address',
  consentUntil: 'Until',
  consentUntilRenewable: '{end}; it can renew its access by itself until {last}',
  consentTakeBack: 'To take it back',
  consentTakeBackText: 'any time, at {link}',
  consentWhere: 'Where',
  consentReturn: 'Afterwards',
  consentReturnTo: 'you go back to {host}',
  consentReturnCode: 'you get a code to type into {consumer}',
  consentLegacy:
    'This application uses an old protocol that cannot tell who began this request. Approve only if you yourself have just begun it in {consumer}.',
  approve: 'Approve',
  deny: 'Deny',
  myAccess: 'Applications with access',

  verifierTitle: 'You approved {consumer}',
  verifierText: 'Type this code into {consumer} to finish. It works once, for a few minutes.',
  verifierLabel: 'Code',
  verifierWarning: 'Give it to no person: {consumer} itself is the only one that needs it.',
  approvedTitle: 'You approved {consumer}',
  approvedText: 'Go back to {consumer} and continue there; no code is needed.',
  deniedTitle: 'You denied the request',
  deniedText: '{consumer} got no access. If that was a mistake, start again in {consumer}.',
  seeAccess: 'See applications with access',

  problemAbsentTitle: 'No request to decide about',
  problemAbsentText:
    'Applications send you here with a request (oauth_token) in the address, and this address has none. Start in the application that wants access.',
  problemRejectedTitle: 'This request is not known',
  problemRejectedText:
    'It was mistyped, has ended, or was opened by another user first. Nothing was approved. Go back to the application and start again.',
  problemUsedTitle: 'This request was decided already',
  problemUsedText:
    'A request can be approved or denied once only. If the application still waits, go back to it and start again.',
  problemExpiredTitle: 'This request is too old',
  problemExpiredText:
    'It waited longer than a request may. Nothing was approved. Go back to the application and start again.',
  problemOtherTitle: 'This request cannot be decided',
  problemFrom: 'Asked by',
  problemCode: 'Problem',
  openRequest: 'Open the request',
  decisionAbsent:
    'The form was sent without a decision. Open the request again, then choose Approve or Deny.',

  endSoon: {
    one: 'One access ends soon. To keep it, let the application ask you again.',
    other: '{n} accesses end soon. To keep them, let the applications ask you again.',
  },
  accessLead:
    'These applications may act for you in {application}. What you revoke here stops working at once.',
  accessCaption: 'Applications that may act for you',
  accessSearch: 'Search applications',
  columnConsumer: 'Application',
  columnDescription: 'Description',
  columnIssued: 'Issued',
  columnExpires: 'Expires',
  columnUsed: 'Last used',
  columnActions: 'Actions',
  throughGadget: 'gadget {gadget}',
  throughConsumer: 'a gadget in {consumer}',
  revokeGadget:
    'That is the access of the gadget “{gadget}” alone: what you granted to {consumer} besides stays. The gadget asks you again when you look at it.',
  renewable: 'renewable',
  revoke: 'Revoke',
  revokeNamed: 'Revoke access of {consumer}',
  revokeAll: 'Revoke all',
  accessEmptyTitle: 'No application has access',
  accessEmptyText:
    'When an application asks to act for you and you approve, it is listed here, and you can take its access back.',
  revokeTitle: 'Revoke access of {consumer}?',
  revokeText:
    '{consumer} can no longer act for you in {application}, from this moment on. You can approve it again later.',
  revokeSubmit: 'Revoke OAuth Access Token',
  revokeAllTitle: 'Revoke all access?',
  revokeAllText: {
    one: 'One access token stops working, from this moment on. You can approve the application again later.',
    other:
      '{n} access tokens stop working, from this moment on. You can approve each application again later.',
  },
  revokeAllSubmit: 'Revoke all access tokens',
  keep: 'Keep it',
  revoked: 'Access revoked.',
  revokedAll: { one: 'One access token revoked.', other: '{n} access tokens revoked.' },
  revokeGoneTitle: 'There is nothing to revoke',
  revokeGoneText: 'You have no such access token: it was revoked, or has ended, already.',
  backToList: 'Back to the list',

  accountTitle: 'Account',
  role: 'Role',
  administrator: 'Administrator',
  user: 'User',
  lastLogin: 'Last login',
  changePassword: 'Change password',
  changePasswordHelp:
    'Other browsers in which you are logged in are logged out. Applications with access keep it.',
  passwordChanged: 'Your password was changed.',

  indexTitle: 'An OAuth 1.0a provider lives here',
  indexLead: '{application} lets applications act for its users, with their consent.',
  indexUsers: 'For users',
  indexUsersText:
    'See what matters to you at a glance, see which applications may act for you, and take access back.',
  indexDashboards: 'Dashboards',
  indexAdministrators: 'For administrators',
  indexAdministratorsText: 'Register consumers, and see every token and every change.',
  indexAdministration: 'OAuth Administration',
  indexDevelopers: 'For developers of applications',
  indexSign: 'Sign step by step',
  indexProblems: 'Why was a request refused?',
  requestTokenUrl: 'Request token URL',
  authorizeUrl: 'Authorize URL',
  accessTokenUrl: 'Access token URL',
  consumerInfoUrl: 'Consumer information',
};
