"""Verifies one signed request with python3-oauthlib, over and over, for as long as it is asked to.

Standard input: JSON lines {"uri", "method", "body", "headers", "clientSecret", "tokenSecret", "publicKey", "seconds"}.
Standard output: for each line the verifications in a second of processor time, or an error. The request is parsed from what came over the
wire each time, as a provider does it.
"""
import json
import sys
import time

from oauthlib.common import Request
from oauthlib.oauth1.rfc5849 import signature, utils


def verify(asked):
    request = Request(asked["uri"], asked["method"], asked["body"] or None, asked["headers"])
    authorization = request.headers.get("Authorization")
    body = [] if request.body is None else request.decoded_body
    request.signature_method = "RSA-SHA1" if asked["publicKey"] else "HMAC-SHA1"
    params = signature.collect_parameters(
        uri_query=request.uri_query, body=body, headers=request.headers, exclude_oauth_signature=False
    )
    protocol = dict(params)
    request.params = [pair for pair in params if pair[0] != "oauth_signature"]
    request.signature = protocol["oauth_signature"]
    if asked["publicKey"]:
        return signature.verify_rsa_sha1(request, asked["publicKey"])
    return signature.verify_hmac_sha1(request, asked["clientSecret"], asked["tokenSecret"])


for line in sys.stdin:
    asked = json.loads(line)
    if not verify(asked):
        print("error: the signature does not verify", flush=True)
        continue
    begin = time.process_time()
    count = 0
    while time.process_time() - begin < asked["seconds"]:
        for _ in range(20):
            verify(asked)
        count += 20
    print(count / (time.process_time() - begin), flush=True)
