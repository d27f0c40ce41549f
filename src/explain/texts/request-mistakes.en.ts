/** Mistakes about the address, the method, the parameters and their order, in English: title, and what to do. */
export const requestMistakes = {
  'signed-http-for-https': {
    title: 'Signed with http, this server is reached by https',
    advice:
      'Give the client the https address. If the client is a server behind the same proxy, make it build its own address from X-Forwarded-Proto.',
  },
  'signed-https-for-http': {
    title: 'Signed with https, this server believes it is reached by http',
    advice:
      'A proxy ends TLS in front of this server: set --public-url to the https address that clients use.',
  },
  'signed-seen-host': {
    title: 'Signed for another host name',
    advice:
      'The client uses another name for this server than its public URL. Use the public URL in the client, or set --public-url to the name that clients use.',
  },
  'signed-other-loopback-name': {
    title: 'localhost and 127.0.0.1 were mixed up',
    advice: 'They are different texts to a signature. Use the name of the public URL in the client.',
  },
  'signed-other-www': {
    title: 'Signed with or without www. where this server has it otherwise',
    advice:
      'Use the public URL in the client. A redirect to the other name comes too late: the signature is made.',
  },
  'host-not-lower-case': {
    title: 'The host name was signed with capital letters',
    advice:
      'Scheme and host are signed in lower case (RFC 5849 section 3.4.1.2). Configure the address in lower case.',
  },
  'default-port-signed': {
    title: 'The default port was signed',
    advice:
      'Leave out :443 with https and :80 with http, both in the configured address and in the base string.',
  },
  'port-not-signed': {
    title: 'The port was left out of the signature',
    advice:
      'The public URL has a port, so it is signed. If clients reach this server without one, set --public-url accordingly.',
  },
  'other-port-signed': {
    title: 'Another port was signed',
    advice:
      'The client or its proxy uses an internal port. Sign the address of the public URL; set --public-url if that is the wrong one.',
  },
  'path-prefix-not-signed': {
    title: 'The beginning of the path was not signed',
    advice:
      'The path arrives with a prefix that the client did not sign: a proxy adds it, or the client lost it when joining addresses. Sign the whole path as requested.',
  },
  'path-prefix-signed': {
    title: 'The path was signed with a prefix that did not arrive',
    advice:
      'A proxy strips a prefix from the path. Let it forward the path unchanged, and put the prefix into --public-url.',
  },
  'trailing-slash': {
    title: 'A slash at the end of the path differs',
    advice:
      'Sign the path exactly as it is requested, with or without its last slash. Redirects that add one break signatures.',
  },
  'double-slash': {
    title: 'A double slash in the path differs',
    advice:
      'A base address ending in a slash was joined with a path beginning with one. Take away one of them, or stop the proxy from merging slashes.',
  },
  'path-decoded': {
    title: 'The path was signed with its escapes undone',
    advice: 'Sign the raw path, escapes and all, as it stands on the request line.',
  },
  'path-encoded-again': {
    title: 'The path was encoded again before it was signed',
    advice:
      'The path goes into the base string as requested, and is encoded once there. Do not encode it before.',
  },
  'path-escapes-other-case': {
    title: 'Escapes in the path were signed in another case',
    advice: 'Sign the path as requested; if a proxy rewrites %2f to %2F, send capital digits from the start.',
  },
  'path-normalised': {
    title: 'Dot segments of the path were resolved on one side only',
    advice: 'Resolve . and .. in the address before signing and sending it.',
  },
  'path-lower-case': {
    title: 'The path was signed in lower case',
    advice: 'Only scheme and host are put in lower case. Paths are case-sensitive.',
  },
  'path-only-signed': {
    title: 'Only the path was signed',
    advice: 'The base string needs the whole address: scheme, host, port unless it is the default, and path.',
  },
  'query-in-address': {
    title: 'The query was signed as part of the address',
    advice:
      'Cut the address at the question mark. The parameters of the query are sorted in among all others.',
  },
  'head-and-get': {
    title: 'HEAD and GET were exchanged on the way',
    advice:
      'A proxy or cache turned one into the other. Let it forward the method, or send GET from the start.',
  },
  'other-method-signed': {
    title: 'Another method was signed than arrived',
    advice:
      'A redirect (301, 302) turned POST into GET, or a method override named another. Sign the method that is sent.',
  },
  'method-lower-case': {
    title: 'The method was signed in lower case',
    advice: 'The method stands in capital letters in the base string.',
  },
  'query-not-signed': {
    title: 'The query was not signed',
    advice:
      'All parameters of the query belong in the base string. Hand the library the address with its query.',
  },
  'query-lost': {
    title: 'The query changed on the way',
    advice:
      'A proxy or CDN removed or rewrote parameters of the query after they were signed. Let it forward the query unchanged.',
  },
  'form-not-signed': {
    title: 'The fields of the form were not signed',
    advice:
      'Fields of an application/x-www-form-urlencoded body belong in the base string. Hand them to the signing library.',
  },
  'form-type-missing': {
    title: 'The body was signed as a form, and not sent as one',
    advice: 'Send Content-Type: application/x-www-form-urlencoded, or leave the body out of the base string.',
  },
  'json-as-form': {
    title: 'The JSON body was signed as if it were a form',
    advice:
      'Only form fields are signed. Leave a JSON body out of the base string; oauth_body_hash can protect it.',
  },
  'empty-token-not-signed': {
    title: 'An empty oauth_token was sent and not signed',
    advice: 'Either leave oauth_token out altogether, or sign it with its empty value as it is sent.',
  },
  'empty-token-signed': {
    title: 'An empty oauth_token was signed and not sent',
    advice: 'Send what was signed: oauth_token="", or sign without it.',
  },
  'version-not-signed': {
    title: 'oauth_version was sent and not signed',
    advice: 'Every oauth_ parameter but oauth_signature is signed. Sign oauth_version, or do not send it.',
  },
  'version-signed-not-sent': {
    title: 'oauth_version was signed and not sent',
    advice: 'Send oauth_version=1.0, or leave it out of the base string.',
  },
  'token-not-signed': {
    title: 'oauth_token was sent and not signed',
    advice: 'Set the token before signing, not afterwards.',
  },
  'callback-not-signed': {
    title: 'oauth_callback was sent and not signed',
    advice: 'Add oauth_callback before signing. If it travels in the query or the form, it is signed there.',
  },
  'verifier-not-signed': {
    title: 'oauth_verifier was sent and not signed',
    advice: 'Add oauth_verifier before signing. If it travels in the query or the form, it is signed there.',
  },
  'body-hash-not-signed': {
    title: 'oauth_body_hash was sent and not signed',
    advice: 'Compute the hash of the body first, add it to the parameters, then sign.',
  },
  'realm-signed': {
    title: 'realm was signed',
    advice: 'The realm of the Authorization header is the one parameter there that is not signed.',
  },
  'signature-signed': {
    title: 'An empty oauth_signature was signed',
    advice: 'oauth_signature is never part of its own base string: add it after signing.',
  },
  'duplicates-dropped': {
    title: 'Of a repeated parameter only one was signed',
    advice:
      'Every occurrence is signed. Keep parameters in a list, not in a dictionary that knows each name once.',
  },
  'empty-values-dropped': {
    title: 'Parameters with empty values were not signed',
    advice: 'A parameter without a value is signed as name= like any other.',
  },
  'array-brackets': {
    title: 'Array brackets differ between what was signed and sent',
    advice: 'Sign the names exactly as they are sent, a[] or a[0] or a, with the brackets encoded.',
  },
  'parameter-added': {
    title: 'A parameter was added after signing',
    advice:
      'Something between the signing and this server adds it: an interceptor, a cache buster, a proxy. Add it before signing.',
  },
  'protocol-parameters-not-signed': {
    title: 'The oauth_ parameters were not signed',
    advice: 'Sign them with the others: nonce, timestamp, consumer key, method, token.',
  },
  'parameters-unsorted': {
    title: 'The parameters were not sorted',
    advice: 'Encode first, then sort all of them together by name, and by value where names are equal.',
  },
  'sorted-by-decoded-value': {
    title: 'The parameters were sorted before they were encoded',
    advice: 'Encode names and values first; the order is that of the encoded texts.',
  },
  'sorted-as-pairs': {
    title: 'The parameters were sorted as whole name=value texts',
    advice: 'Compare names first, and values only where the names are equal.',
  },
  'sorted-ignoring-case': {
    title: 'The parameters were sorted like words',
    advice: 'The order is that of bytes: capital letters come before small ones. Use an ordinal comparison.',
  },
  'sorted-by-name-only': {
    title: 'Repeated parameters were not sorted by value',
    advice: 'Where names are equal, the encoded values decide the order.',
  },
};
