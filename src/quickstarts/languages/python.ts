/** Python with requests-oauthlib. */
import { doubleQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const python: Template = {
  title: 'Python: requests-oauthlib',
  file: 'quickstart.py',
  install: 'pip install "requests-oauthlib" "oauthlib[signedtoken]"',
  run: 'python3 quickstart.py',
  isTested: true,
  code: ({ publicUrl, consumerKey, credential }: QuickstartFacts) =>
    `import os
from requests_oauthlib import OAuth1Session

url = ${quoted(publicUrl)}
session = OAuth1Session(
    ${quoted(consumerKey)},
    ${
      credential === 'shared-secret'
        ? `client_secret=os.environ["${SECRET_VARIABLE}"],
    signature_method="HMAC-SHA256",`
        : `rsa_key=open("${PRIVATE_KEY_FILE}").read(),
    signature_method="RSA-SHA256",`
    }
    callback_uri="oob",
)

session.fetch_request_token(url + "/oauth/request-token")
print("Open", session.authorization_url(url + "/oauth/authorize"))
session.fetch_access_token(url + "/oauth/access-token", verifier=input("Code: ").strip())
print(session.get(url + "/oauth/whoami").text)
`.replace(credential === 'public-key' ? 'import os\n' : '', ''),
};
