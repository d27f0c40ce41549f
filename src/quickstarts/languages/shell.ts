/** Shell: `countersign sign` makes the signatures, curl sends the requests. */
import { shellQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const shell: Template = {
  title: 'Shell: countersign sign and curl',
  file: 'quickstart.sh',
  install: 'npm install --global countersign',
  run: 'sh quickstart.sh',
  isTested: true,
  code: ({ publicUrl, consumerKey, credential }: QuickstartFacts) => `set -eu
url=${quoted(publicUrl)}
key=${quoted(consumerKey)}

# call METHOD PATH [more flags of countersign sign]: signs a request and sends it
call() {
  method=$1 address=$url$2
  shift 2
  signed=$(${
    credential === 'shared-secret'
      ? `printf %s "$${SECRET_VARIABLE}" | countersign sign "$method" "$address" --consumer-key="$key" --secret-stdin "$@")`
      : `countersign sign "$method" "$address" --consumer-key="$key" --private-key ${PRIVATE_KEY_FILE} "$@")`
  }
  header=$(printf '%s\\n' "$signed" | sed -n 's/^ *Authorization: /Authorization: /p')
  curl --silent --show-error --fail -X "$method" -H "$header" "$address"
}
field() { printf '%s\\n' "$answer" | tr '&' '\\n' | sed -n "s/^$1=//p"; }

answer=$(call POST /oauth/request-token --callback oob)
token=$(field oauth_token)
${credential === 'shared-secret' ? keepSecret : ''}echo "Open $url/oauth/authorize?oauth_token=$token"
printf 'Code: '
read -r code
answer=$(call POST /oauth/access-token --token "$token"${withSecret(credential)} --verifier "$code")
token=$(field oauth_token)
${credential === 'shared-secret' ? keepSecret : ''}call GET /oauth/whoami --token "$token"${withSecret(credential)}
`,
};

const keepSecret = `(umask 077 && field oauth_token_secret > token-secret.txt)
`;

function withSecret(credential: QuickstartFacts['credential']): string {
  return credential === 'shared-secret' ? ' --token-secret-file token-secret.txt' : '';
}
