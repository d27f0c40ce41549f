/** What each problem code means and what to do, in English. */
export const problems = {
  version_rejected: {
    title: 'Another version of the protocol',
    meaning: 'oauth_version is neither 1.0 nor left out.',
    advice: 'Send oauth_version=1.0, or leave it out. A client of OAuth 2 needs another library.',
  },
  parameter_absent: {
    title: 'A parameter is missing',
    meaning: 'The request carries some OAuth parameters, and not all that it needs.',
    advice: 'Send the parameters named in oauth_parameters_absent and sign again.',
  },
  parameter_rejected: {
    title: 'A parameter is not acceptable',
    meaning: 'A parameter is malformed, sent twice, or not allowed here.',
    advice:
      'Look at oauth_parameters_rejected. Send each OAuth parameter once, in one place, percent-encoded.',
  },
  timestamp_refused: {
    title: 'The clock is off',
    meaning: 'oauth_timestamp is too far from the present.',
    advice: 'Set the clock of the client; count seconds since 1970 in UTC, not milliseconds.',
  },
  signature_method_rejected: {
    title: 'Signature method not allowed',
    meaning: 'This consumer may not use the method that was named.',
    advice: 'Use RSA with a public key, HMAC with a secret. The answer lists the methods that are allowed.',
  },
  nonce_used: {
    title: 'The request came before',
    meaning: 'A request with this nonce, timestamp and token was accepted already.',
    advice: 'Sign every request anew, retries too.',
  },
  token_used: {
    title: 'The request token was used',
    meaning: 'A request token can be exchanged once.',
    advice: 'Keep the access token that came back, or begin the authorization again.',
  },
  token_expired: {
    title: 'The token has expired',
    meaning: 'Its time is over.',
    advice: 'Renew it with its session handle, or ask the user to approve access again.',
  },
  token_revoked: {
    title: 'The token was revoked',
    meaning: 'The user or an administrator took access back, or the token was renewed.',
    advice: 'Use the renewed token, or ask the user to approve access again.',
  },
  token_rejected: {
    title: 'The token is not valid here',
    meaning: 'It is unknown, of another consumer or another kind, or its user has no access.',
    advice: 'Check that token, secret and consumer key belong together and to this installation.',
  },
  signature_invalid: {
    title: 'The signature does not fit',
    meaning: 'What was signed is not what arrived, or it was signed with another key.',
    advice: 'Compare both base strings, beginning with the address; then check the secrets.',
  },
  consumer_key_unknown: {
    title: 'The consumer is not registered',
    meaning: 'No consumer has this key.',
    advice: 'Correct oauth_consumer_key, capital letters included, or register the consumer.',
  },
  consumer_key_rejected: {
    title: 'The consumer may not do this',
    meaning: 'The consumer is known, and this request is not open to it.',
    advice: 'Ask the administrator of this installation.',
  },
  permission_unknown: {
    title: 'The user has not decided yet',
    meaning: 'The request token waits for its user.',
    advice: 'Send the user to the authorize address, and exchange the token after they came back.',
  },
  permission_denied: {
    title: 'Access was denied',
    meaning: 'The user said no, or the request goes beyond what the consumer may do.',
    advice: 'Stay within the limits of the consumer, or ask for others.',
  },
  additional_authorization_required: {
    title: 'The user has to approve again',
    meaning: 'What was approved does not cover this request.',
    advice: 'Begin the authorization again.',
  },
  consumer_key_refused: {
    title: 'Too many requests',
    meaning: 'The consumer has used up what it may send in this time.',
    advice: 'Wait for the seconds in Retry-After, then send less often.',
  },
};
