/** Taking secrets out of what is shown of an exchange: headers, queries and forms that hold OAuth parameters. */

const SECRET_PARAMETER =
  /\b(oauth_(?:token|token_secret|signature|verifier|session_handle))(=|%3D|"\s*:\s*)("?)([^&\s",;]*)/gi;

/** The text with the values of tokens, secrets, signatures, verifiers and handles replaced. */
export function redactText(text: string): string {
  return text.replace(SECRET_PARAMETER, (all, name: string, equals: string, quote: string, value: string) =>
    value === '' ? all : `${name}${equals}${quote}[redacted]`,
  );
}
