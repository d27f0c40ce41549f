/** JavaScript with the npm package `oauth`. It signs with SHA-1 only. */
import { doubleQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const javascript: Template = {
  title: 'JavaScript: oauth',
  file: 'quickstart.mjs',
  install: 'npm install oauth',
  run: 'node quickstart.mjs',
  isTested: true,
  code: ({ publicUrl, consumerKey, credential }: QuickstartFacts) => `${
    credential === 'public-key' ? 'import { readFileSync } from "node:fs";\n' : ''
  }import { createInterface } from "node:readline/promises";
import oauth from "oauth";

const url = ${quoted(publicUrl)};
const client = new oauth.OAuth(
  url + "/oauth/request-token",
  url + "/oauth/access-token",
  ${quoted(consumerKey)},
  ${
    credential === 'shared-secret'
      ? `process.env.${SECRET_VARIABLE},
  "1.0A",
  "oob",
  "HMAC-SHA1",`
      : `readFileSync("${PRIVATE_KEY_FILE}", "utf8"),
  "1.0A",
  "oob",
  "RSA-SHA1",`
  }
);

const done = (error, data) => console.log(error ?? data);
client.getOAuthRequestToken(async (error, token, secret) => {
  if (error) return done(error);
  console.log("Open " + url + "/oauth/authorize?oauth_token=" + token);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const code = await terminal.question("Code: ");
  terminal.close();
  client.getOAuthAccessToken(token, secret, code.trim(), (error, token, secret) => {
    if (error) return done(error);
    client.get(url + "/oauth/whoami", token, secret, done);
  });
});
`,
};
