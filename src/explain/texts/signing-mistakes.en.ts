/** Mistakes about encoding, key, algorithm and the signature's own form, in English: title, and what to do. */
export const signingMistakes = {
  'encoded-twice': {
    title: 'Values were encoded twice',
    advice:
      'Hand the signing library plain values: it encodes them itself. An escape such as %2520 in the sent address is the sign.',
  },
  'query-signed-raw': {
    title: 'The query was signed as it stands in the address',
    advice:
      'Decode each name and value of the query, then encode it anew by RFC 3986. What the address left unencoded differs otherwise.',
  },
  'plus-signed-literally': {
    title: 'A plus sign was signed as a plus, and arrived as a space',
    advice: 'In a query or form + means a space. Send a space as %20 and a plus as %2B.',
  },
  'space-as-plus': {
    title: 'Spaces were encoded as plus signs',
    advice:
      'A form encoder was used. The base string wants RFC 3986: %20 for a space, %2A for an asterisk, and the tilde as it is.',
  },
  'values-not-encoded': {
    title: 'Names and values were not encoded before they were joined',
    advice: 'Encode each name and value, join them, and encode the result once more.',
  },
  'parameters-encoded-once': {
    title: 'The joined parameters were not encoded',
    advice:
      'The whole parameter text is encoded once more in the base string: & becomes %26, = becomes %3D, % becomes %25.',
  },
  'lower-case-hex': {
    title: 'Escapes were written in lower case',
    advice: 'Hexadecimal digits are capital in the base string: %3A, not %3a.',
  },
  'marks-not-encoded': {
    title: "! ' ( ) * were not encoded",
    advice:
      'encodeURIComponent and its like leave them alone; RFC 5849 does not. Escape them too: %21 %27 %28 %29 %2A.',
  },
  'tilde-encoded': {
    title: 'The tilde was encoded',
    advice: 'A tilde stands for itself (RFC 3986). Undo %7E after an old encoder.',
  },
  'latin1-encoding': {
    title: 'Text was signed and sent in different character sets',
    advice:
      'Names and values are UTF-8 on both sides. Latin-1 and Windows-1252 give other bytes for é and ü.',
  },
  'unicode-form': {
    title: 'Accented characters were composed differently',
    advice:
      'The same character was signed in one Unicode form and sent in another (as macOS file names are). Normalise before signing.',
  },
  'address-not-encoded': {
    title: 'The address was not encoded in the base string',
    advice: 'The address is encoded there: https%3A%2F%2Fhost%2Fpath.',
  },
  'callback-encoding': {
    title: 'oauth_callback was encoded another number of times',
    advice:
      'Hand the library the callback as plain text. In the header it is encoded once, in the base string twice.',
  },
  'base-string-newline': {
    title: 'The base string was signed with something at its end',
    advice: 'Nothing follows the parameters: no line break, no ampersand.',
  },
  'token-secret-missing': {
    title: 'The token secret was left out of the key',
    advice:
      'The key is consumer secret, &, token secret. Store the token secret with the token and hand it to the library.',
  },
  'ampersand-missing': {
    title: 'The key lacks its ampersand',
    advice: 'The & stands between the secrets even if there is no token secret yet: "secret&".',
  },
  'secret-with-newline': {
    title: 'A secret has a line break at its end',
    advice: 'It came with the file, the environment variable or the copy. Trim the secret where it is read.',
  },
  'secret-with-blanks': {
    title: 'A secret has an invisible character around it',
    advice: 'A space, a tab or a byte order mark came with the copy. Trim the secret where it is read.',
  },
  'secret-trimmed': {
    title: 'The secret registered here has white space around it',
    advice: 'The client uses it without. Register the secret again, without white space.',
  },
  'secret-quoted': {
    title: 'A secret is used with its quotation marks',
    advice: 'The quotes of a configuration file were taken for part of the secret. Remove them.',
  },
  'key-not-encoded': {
    title: 'The secrets were not encoded in the key',
    advice:
      'Each secret is percent-encoded before the two are joined with &. It matters for secrets with characters such as + / = &.',
  },
  'key-encoded-twice': {
    title: 'The secrets were encoded twice in the key',
    advice: 'Hand the library the plain secrets; it encodes them itself.',
  },
  'secrets-swapped': {
    title: 'Consumer secret and token secret are swapped',
    advice: 'The consumer secret comes first, the token secret after the &.',
  },
  'consumer-secret-twice': {
    title: 'One secret stands for both',
    advice:
      'The consumer secret belongs to the application, the token secret to the token. Check which setting holds which.',
  },
  'consumer-key-for-secret': {
    title: 'The consumer key was used as the consumer secret',
    advice: 'Configure the secret that was given out with the key.',
  },
  'token-for-secret': {
    title: 'The token was used as its secret',
    advice: 'oauth_token and oauth_token_secret come together and are two values. Sign with the secret.',
  },
  'secret-base64-decoded': {
    title: 'The secret was decoded from base64',
    advice: 'A secret is text. Its characters are the key, also if they look like base64.',
  },
  'secret-hex-decoded': {
    title: 'The secret was decoded from hexadecimal digits',
    advice: 'A secret is text. Its characters are the key, also if they look like hexadecimal digits.',
  },
  'old-credential': {
    title: 'Signed with the credential that was replaced',
    advice:
      'The consumer was given a new key or secret, and the time for both is over. Configure the new one in the client.',
  },
  'other-digest': {
    title: 'Another hash was used than oauth_signature_method names',
    advice:
      'Name the method that is used, or use the one that is named: SHA-1, SHA-256 and SHA-512 are three methods.',
  },
  'hashed-twice': {
    title: 'The base string was hashed before it was signed',
    advice: 'The signing function hashes by itself. Hand it the base string, not its digest.',
  },
  'rsa-pss': {
    title: 'Signed with PSS padding',
    advice: 'OAuth 1 uses RSASSA-PKCS1-v1_5. Choose that padding in the client.',
  },
  'rsa-bare-digest': {
    title: 'The digest was encrypted instead of signed',
    advice: 'Use the signing function of the library; it puts the name of the hash in front of the digest.',
  },
  'plaintext-signature': {
    title: 'The signature is the secrets themselves',
    advice:
      'That is PLAINTEXT under the name of another method. Change the secrets, which are in logs now, and sign.',
  },
  'signature-hex': {
    title: 'The signature is written in hexadecimal digits',
    advice: 'Write the bytes of the signature in base64.',
  },
  'signature-base64-of-hex': {
    title: 'The signature is base64 of hexadecimal digits',
    advice: 'Ask the hash function for raw bytes (PHP: hash_hmac(…, true)), then encode those.',
  },
  'signature-base64url': {
    title: 'The signature is written in base64url',
    advice: 'Use plain base64: + and / instead of - and _, with = at the end.',
  },
  'signature-unpadded': {
    title: 'The signature lacks its = at the end',
    advice:
      'Base64 is padded with = to a multiple of four characters. Keep them, as %3D where it is encoded.',
  },
  'signature-encoded-twice': {
    title: 'The signature was encoded twice',
    advice: 'Percent-encode the signature once where it is put into the header or the query.',
  },
  'signature-plus-lost': {
    title: 'The + of the signature arrived as a space',
    advice: 'Percent-encode the signature in a query or form: + as %2B.',
  },
};
