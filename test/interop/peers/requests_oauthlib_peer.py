"""Performs the dance with requests-oauthlib. Speaks the protocol that peer.ts describes: one JSON text a line."""
import json
import sys

from oauthlib.oauth1 import SIGNATURE_TYPE_AUTH_HEADER
from requests_oauthlib import OAuth1Session


def hear():
    return json.loads(sys.stdin.readline())


def say(event):
    print(json.dumps(event), flush=True)


def main():
    task = hear()
    credential = (
        {"rsa_key": open(task["privateKeyFile"]).read()}
        if task["method"].startswith("RSA")
        else {"client_secret": task["secret"]}
    )
    session = OAuth1Session(
        task["consumerKey"],
        callback_uri=task["callback"],
        signature_method=task["method"],
        signature_type=SIGNATURE_TYPE_AUTH_HEADER,
        **credential,
    )
    session.fetch_request_token(task["requestTokenUrl"])
    say({"event": "authorize", "url": session.authorization_url(task["authorizeUrl"])})

    session.parse_authorization_response(hear()["callbackUrl"])
    session.fetch_access_token(task["accessTokenUrl"])
    for request in task["requests"]:
        send(session, request)
    say({"event": "done"})

    hear()
    send(session, task["requests"][0])


def send(session, request):
    arguments = {}
    if request.get("form") is not None:
        arguments["data"] = [tuple(pair) for pair in request["form"]]
    if request.get("json") is not None:
        arguments["data"] = request["json"].encode("utf-8")
        arguments["headers"] = {"Content-Type": "application/json"}
    answer = session.request(request["method"], request["url"], **arguments)
    say({"event": "response", "name": request["name"], "status": answer.status_code, "body": answer.text})


main()
