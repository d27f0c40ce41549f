/** Sentences about gadgets and what they may fetch for their viewers, in English. */
export const en = {
  approve: 'Login & approve',
  approveNamed: 'Login & approve at {provider}',
  approveFor: 'Login & approve at {provider} ({title})',
  inspect: 'Inspect',
  inspectFor: 'Inspect ({title})',
  waiting: 'Decide in the window of {provider} that has opened. This gadget goes on by itself afterwards.',
  closedEarly: 'The window was closed before you decided.',
  barLabel: 'Access of {title}',

  anonymous: 'This is what {provider} shows to everybody. Log in there and approve to see what is yours.',
  needsApproval: '“{gadget}” shows your data of {provider} as soon as you log in there and approve.',
  expired: 'Your approval at {provider} has expired. Log in there and approve again to go on.',
  revoked:
    '{provider} does not accept your approval any more: it was taken back there. Log in and approve again to go on.',
  providerChanged:
    'An administrator has changed the addresses of {provider} here, and your approval was for the ones before. Log in and approve again.',
  moreNeeded: '{provider} asks you for a further approval. Log in there and approve again to go on.',
  providerDown:
    '{provider} does not answer just now. Your approval stays as it is; this gadget works again as soon as {provider} does.',
  providerFailed: '{provider} answered with an error of its own ({status}). Try again later.',
  refused: '{provider} did not let this request pass.',
  tellAdministrator: 'If it stays like this, tell your administrator.',
  serviceNotInSpec:
    'The gadget asks for the service “{service}”, which its spec does not name. Tell whoever wrote the gadget.',
  serviceUnknown:
    'There is no service provider here for what the gadget calls “{service}”. An administrator can enter one with its addresses, or add the gadget to the directory again.',

  connectedTitle: 'You are connected to {provider}',
  connectedText:
    '“{gadget}” can fetch your data now. This window closes by itself; if it does not, close it.',
  deniedTitle: 'You did not give access',
  deniedText:
    '{provider} said that access was not approved, so “{gadget}” shows nothing of yours. If that was a mistake, log in and approve again.',
  failedTitle: '{provider} gave no access',
  failedText: 'Your decision came back, but {provider} gave no access token for it.',
  failedNext: 'Begin again; if it stays like this, tell your administrator.',
  reason: 'Reason',
  beginFailedTitle: 'Asking {provider} did not work',
  beginFailedNext: 'Nothing was changed. Try again; if it stays like this, tell your administrator.',
  limitedTitle: 'Too many requests at once',
  limitedText: 'You have begun many approvals within a minute. Wait a minute, then try again.',
  tryAgain: 'Try again',
  backToDashboard: 'Back to the dashboard',
  toDashboards: 'Go to Dashboards',
  testProvider: 'Test this provider',
  oldTitle: 'This link is over',
  oldText: 'The dashboard was open for long. Go back to it: it asks again by itself.',
  foreignTitle: 'This link does not begin anything here',
  foreignText:
    'It was made in another session: before you logged in again, in another browser, or by somebody else. If somebody sent it to you, do nothing. If you came from your dashboard, load it again.',
  goneTitle: 'The gadget is not there any more',
  goneText: 'It was taken from its dashboard, or an administrator removed it from the directory.',

  dashboard: 'Dashboard',
  inspectTitle: '“{gadget}” and {provider}',
  inspectLead: 'What this gadget was told when it last asked for your data, and what to do about it.',
  stateTitle: 'How it stands',
  stateNotConnected: 'You have not approved access for this gadget.',
  stateActive: 'You approved access for this gadget.',
  stateDead: 'Your approval has ended.',
  spec: 'Gadget',
  provider: 'Service provider',
  access: 'Access',
  lastRefusal: 'Last refusal',
  noRefusal: 'none since this server was started',
  problem: 'Problem',
  theirWords: 'In its own words',
  requestId: 'Request number there',
  requestIdHelp:
    'With this number, the administrators of {provider} find the request in their diagnosis, and what was wrong with it.',
  explanation: 'Explanation',
  explainedThere: 'Explained at {provider}',
  explainedHere: 'What this problem means',
  seeConnections: 'Your connections',
};
