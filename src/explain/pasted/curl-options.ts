/**
 * Which of curl's options have a value, as its manual lists them. An option that is not known here would lend its
 * value to the address, so the ones that say nothing about the request stand here, too. What the others mean is
 * said in curl-command.
 */

/** Options with a value that say nothing about what is signed. */
export const CURL_VALUES_SKIPPED: ReadonlySet<string> = new Set(
  (
    '-b -c -C -D -e -E -K -m -o -Q -r -t -U -w -x -y -Y -z --abstract-unix-socket --alt-svc --aws-sigv4 --cacert ' +
    '--capath --cert --cert-type --ciphers --config --connect-timeout --connect-to --continue-at --cookie ' +
    '--cookie-jar --crlfile --curves --dns-interface --dns-ipv4-addr --dns-ipv6-addr --dns-servers --doh-url ' +
    '--dump-header --etag-compare --etag-save --expect100-timeout --happy-eyeballs-timeout-ms --hsts --interface ' +
    '--keepalive-time --key --key-type --limit-rate --local-port --max-filesize --max-redirs --max-time ' +
    '--netrc-file --noproxy --output --output-dir --parallel-max --pass --pinnedpubkey --preproxy --proto ' +
    '--proto-default --proto-redir --proxy --proxy-cacert --proxy-cert --proxy-header --proxy-key --proxy-user ' +
    '--range --rate --referer --resolve --retry --retry-delay --retry-max-time --socks4 --socks4a --socks5 ' +
    '--socks5-hostname --speed-limit --speed-time --stderr --time-cond --tls-max --tls13-ciphers --trace ' +
    '--trace-ascii --unix-socket --write-out'
  ).split(' '),
);

/** An option with what stands attached to it; null where its value, if it has one, is the next word. */
export interface CurlOption {
  readonly name: string;
  readonly attached: string | null;
}

/**
 * The options of one word: `--data=x`, `-dx`, and letters in a bundle such as `-sXPOST`, of which the first with a
 * value takes the rest.
 */
export function curlOptions(word: string, hasValue: (name: string) => boolean): CurlOption[] {
  if (word.startsWith('--')) {
    const equals = word.indexOf('=');
    if (equals === -1) return [{ name: word, attached: null }];
    return [{ name: word.slice(0, equals), attached: word.slice(equals + 1) }];
  }
  const options: CurlOption[] = [];
  for (let at = 1; at < word.length; at += 1) {
    const name = `-${word[at]}`;
    if (hasValue(name)) return [...options, { name, attached: word.slice(at + 1) || null }];
    options.push({ name, attached: null });
  }
  return options;
}
