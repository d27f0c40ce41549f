# Signs many requests with oauthlib: a JSON list of jobs comes in, the list of their Authorization headers goes out.
import json
import sys

from oauthlib.oauth1 import Client


def sign(job):
    form = job.get("form")
    client = Client(
        job["consumerKey"],
        client_secret=job["consumerSecret"],
        resource_owner_key=job["token"] or None,
        resource_owner_secret=job["tokenSecret"] or None,
        signature_method=job["signatureMethod"],
        timestamp=job.get("timestamp"),
    )
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    _, headers, _ = client.sign(job["url"], job["method"], form, headers)
    return headers["Authorization"]


print(json.dumps([sign(job) for job in json.load(sys.stdin)]))
