/** Mistakes that show by themselves, in English: title, and what to do. */
export const evidentMistakes = {
  'authorization-missing': {
    title: 'No OAuth parameters arrived',
    advice:
      'The client sent none, or a proxy removed the Authorization header (Apache with CGI does, and redirects to another host do). Let the proxy forward it.',
  },
  'other-authorization-scheme': {
    title: 'The Authorization header is of another kind',
    advice: 'OAuth 1 begins the header with the word OAuth. Bearer belongs to OAuth 2, Basic to passwords.',
  },
  'parameters-in-two-places': {
    title: 'OAuth parameters were sent twice',
    advice:
      'They stand in two of header, query and form body, or twice in one. Send each once, in one place.',
  },
  'signature-line-breaks': {
    title: 'The signature holds line breaks',
    advice:
      'The base64 function breaks lines after 60 or 76 characters. Use the one that does not, or remove the breaks.',
  },
  'clock-milliseconds': {
    title: 'The timestamp counts milliseconds',
    advice: 'oauth_timestamp counts seconds since 1970: divide by 1000 and leave out the fraction.',
  },
  'clock-time-zone': {
    title: 'The timestamp was made from local time',
    advice: 'It is off by a time zone. Take the seconds since 1970 in UTC.',
  },
  'clock-skew': {
    title: 'The clock of the client is wrong',
    advice: 'Set it by NTP. In a virtual machine look at the time after it was suspended.',
  },
  'nonce-repeated': {
    title: 'The request was sent twice',
    advice:
      'Make a new nonce and timestamp and sign again for every attempt, retries too. Look for a proxy that repeats requests.',
  },
  'method-of-other-family': {
    title: 'The signature method does not go with the credential',
    advice:
      'A consumer with a public key signs with RSA, one with a secret with HMAC. Change the client, or register the other credential.',
  },
  'method-name-misspelt': {
    title: 'The name of the signature method is misspelt',
    advice: 'Names are written in capital letters with one hyphen: HMAC-SHA1, RSA-SHA256.',
  },
  'plaintext-not-allowed': {
    title: 'PLAINTEXT is not allowed to this consumer',
    advice: 'Sign with HMAC. An administrator can allow PLAINTEXT to a consumer that cannot.',
  },
  'plaintext-unprotected': {
    title: 'PLAINTEXT was sent where others can read it',
    advice:
      'Send it over TLS and in the Authorization header; never in an address. Change the secrets, others may have read them.',
  },
  'consumer-key-blanks': {
    title: 'The consumer key has blanks or quotes around it',
    advice: 'Remove what was copied with it.',
  },
  'callback-missing': {
    title: 'The request for a request token has no oauth_callback',
    advice:
      'Send the address that gets the user back, or oob. Clients of OAuth 1.0 of 2007 do not: update the client.',
  },
  'verifier-missing': {
    title: 'The verifier is missing',
    advice: 'Send the oauth_verifier that came with the user to the callback, or that the user was shown.',
  },
  'request-token-for-access-token': {
    title: 'A request token was used as an access token',
    advice: 'Exchange it at the access-token address first, and use the token and the secret that come back.',
  },
  'body-changed': {
    title: 'The body is not the one that was hashed',
    advice:
      'Something changed it after signing: compression, another serialisation of the JSON, a proxy. Hash the bytes that are sent.',
  },
  'body-hash-of-other-bytes': {
    title: 'oauth_body_hash was computed wrongly',
    advice:
      'It is base64 of the digest of the exact body, by the hash of the signature method; not of an empty or trimmed body, not in hexadecimal digits.',
  },
};
