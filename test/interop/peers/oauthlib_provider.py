"""A service provider made of oauthlib's endpoints: somebody else's idea of the other side.

Prints one line with its port. Everything that is particular about a run comes as JSON in the first argument:
{"secret": "..."} or {"publicKey": "PEM"}, {"tokenSeconds": n}, and {"session": "told" or "silent"}: then tokens are
renewed by their handle, and "told" says with the token when it ends. GET /authorize decides at once by `decision`;
/data needs an access token and tells whose it is; an expired one is answered as the Problem Reporting extension says.
"""
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from oauthlib.common import generate_token
from oauthlib.oauth1 import RequestValidator, WebApplicationServer

SETTINGS = json.loads(sys.argv[1])
KEY = "wikiConsumerKey"


class Validator(RequestValidator):
    """Keeps everything in memory, for one consumer."""

    enforce_ssl = False
    client_key_length = (3, 100)
    request_token_length = (10, 100)
    access_token_length = (10, 100)
    nonce_length = (8, 64)
    verifier_length = (10, 100)
    dummy_client = "dummy-client-key"
    dummy_request_token = "dummy-request-token"
    dummy_access_token = "dummy-access-token"
    realms = []

    def __init__(self):
        super().__init__()
        self.request_tokens = {}
        self.access_tokens = {}
        self.nonces = set()

    def validate_client_key(self, client_key, request):
        return client_key == KEY

    def get_client_secret(self, client_key, request):
        return SETTINGS.get("secret", "dummy")

    def get_rsa_key(self, client_key, request):
        return SETTINGS.get("publicKey", "")

    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None, access_token=None):
        seen = (client_key, timestamp, nonce, request_token, access_token)
        fresh = seen not in self.nonces
        self.nonces.add(seen)
        return fresh

    def validate_redirect_uri(self, client_key, redirect_uri, request):
        return redirect_uri.startswith("http://127.0.0.1")

    def get_default_realms(self, client_key, request):
        return []

    def validate_requested_realms(self, client_key, realms, request):
        return True

    def save_request_token(self, token, request):
        secret = token["oauth_token_secret"]
        self.request_tokens[token["oauth_token"]] = {"secret": secret, "callback": request.redirect_uri}

    def get_request_token_secret(self, client_key, token, request):
        return self.request_tokens.get(token, {}).get("secret", "dummy")

    def verify_request_token(self, token, request):
        return token in self.request_tokens

    def validate_request_token(self, client_key, token, request):
        return token in self.request_tokens

    def get_redirect_uri(self, token, request):
        return self.request_tokens[token]["callback"]

    def verify_realms(self, token, realms, request):
        return True

    def get_realms(self, token, request):
        return []

    def save_verifier(self, token, verifier, request):
        self.request_tokens[token]["verifier"] = verifier["oauth_verifier"]

    def validate_verifier(self, client_key, token, verifier, request):
        return self.request_tokens.get(token, {}).get("verifier") == verifier

    def invalidate_request_token(self, client_key, request_token, request):
        self.request_tokens.pop(request_token, None)

    def save_access_token(self, token, request):
        self.keep(token, SETTINGS.get("tokenSeconds", 3600))

    def keep(self, token, seconds):
        session = SETTINGS.get("session")
        if session:
            token["oauth_session_handle"] = generate_token()
        if session == "told":
            token["oauth_expires_in"] = str(max(seconds, 1))
        self.access_tokens[token["oauth_token"]] = {
            "secret": token["oauth_token_secret"],
            "until": time.time() + seconds,
            "handle": token.get("oauth_session_handle"),
        }

    def renew(self, old, handle):
        """A new token for an old one, which ends with that; None if the handle is not the token's."""
        if not handle or self.access_tokens[old]["handle"] != handle:
            return None
        self.access_tokens[old].update(until=0, handle=None)
        token = {"oauth_token": generate_token(), "oauth_token_secret": generate_token()}
        self.keep(token, 3600)
        return token

    def validate_access_token(self, client_key, token, request):
        return token in self.access_tokens

    def get_access_token_secret(self, client_key, token, request):
        return self.access_tokens.get(token, {}).get("secret", "dummy")

    def validate_realms(self, client_key, token, request, uri=None, realms=None):
        return True


VALIDATOR = Validator()
SERVER = WebApplicationServer(VALIDATOR)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.serve()

    do_POST = do_PUT = do_GET

    def serve(self):
        path = urlsplit(self.path).path
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        uri = "http://" + self.headers["Host"] + self.path
        request = (uri, self.command, body, dict(self.headers))
        if path == "/request-token":
            self.answer(*SERVER.create_request_token_response(*request))
        elif path == "/access-token" and "oauth_session_handle" in self.headers.get("Authorization", ""):
            self.renew(request)
        elif path == "/access-token":
            self.answer(*SERVER.create_access_token_response(*request))
        elif path == "/authorize":
            self.authorize(uri)
        else:
            self.data(request, body)

    def authorize(self, uri):
        query = parse_qs(urlsplit(uri).query)
        token = query["oauth_token"][0]
        if query.get("decision") == ["approve"]:
            self.answer(*SERVER.create_authorization_response(uri, http_method="POST"))
            return
        callback = VALIDATOR.request_tokens[token]["callback"]
        mark = "&" if "?" in callback else "?"
        self.answer({"Location": f"{callback}{mark}oauth_token={token}&oauth_problem=user_refused"}, "", 302)

    def renew(self, request):
        """The Session extension, which oauthlib does not know: it verifies the request as one with an access token."""
        valid, found = SERVER.validate_protected_resource_request(*request)
        handle = dict(found.oauth_params or []).get("oauth_session_handle") if found else None
        token = VALIDATOR.renew(found.resource_owner_key, handle) if valid else None
        if token is None:
            self.answer({}, "oauth_problem=token_rejected", 401)
        else:
            self.answer({"Content-Type": "application/x-www-form-urlencoded"}, urlencode(token), 200)

    def data(self, request, body):
        valid, found = SERVER.validate_protected_resource_request(*request)
        if not valid:
            self.answer({"WWW-Authenticate": 'OAuth oauth_problem="signature_invalid"'}, "", 401)
        elif VALIDATOR.access_tokens[found.resource_owner_key]["until"] < time.time():
            self.answer({"WWW-Authenticate": 'OAuth oauth_problem="token_expired"'}, "", 401)
        else:
            told = {"method": self.command, "path": self.path, "body": body}
            self.answer({"Content-Type": "application/json"}, json.dumps(told), 200)

    def answer(self, headers, body, status):
        content = (body or "").encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


LISTENER = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(LISTENER.server_port, flush=True)
LISTENER.serve_forever()
