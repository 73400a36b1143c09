"""Drives a running sandbox with the real CPaaS client, `cpaassdk`.

    python tests/peers/cpaas_sdk.py http://127.0.0.1:8090

One line for each step; ends with status 1 at the first surprise. The packages are those of requirements.txt.
Credentials other than the sandbox's own come from CPAAS_CLIENT_ID and CPAAS_CLIENT_SECRET.
"""

import os
import sys

import requests
from cpaassdk import Client

NUMBER = "+15005550006"
ADDRESS = "ada@example.com"


class Surprise(Exception):
    """The sandbox did what the real one would not."""


def expect(step, holds, seen):
    if not holds:
        raise Surprise(f"{step}: {seen!r}")
    print(f"ok  {step}", flush=True)


def newest(base):
    messages = requests.get(f"{base}/messages", timeout=10).json()
    return messages[-1]


def code_of(message, prefix):
    if not message["text"].startswith(prefix):
        raise Surprise(f"unexpected text: {message!r}")
    return message["text"][len(prefix):]


def other(code):
    """Another code of the same length, surely wrong."""
    return ("1" if code[0] != "1" else "2") + code[1:]


def flow(base, client, grant):
    expect(f"{grant}: token with a user id", bool(client.twofactor.api.user_id), client.twofactor.api.user_id)

    sms = {"destination_address": NUMBER, "method": "sms", "message": "Your code is {code}", "length": 6, "expiry": 120}
    sent = client.twofactor.send_code(sms)
    expect(f"{grant}: send_code by SMS", bool(sent.get("code_id")), sent)
    message = newest(base)
    code = code_of(message, "Your code is ")
    arrived = message["to"] == NUMBER and message["channel"] == "sms" and len(code) == 6 and code.isdigit()
    expect(f"{grant}: the SMS arrived", arrived, message)
    keys = set(message)
    expect(f"{grant}: /messages has its four fields", keys == {"to", "channel", "text", "at"}, keys)

    wrong = client.twofactor.verify_code({"code_id": sent["code_id"], "verification_code": other(code)})
    expect(f"{grant}: a wrong code is not verified", wrong["verified"] is False, wrong)

    again = client.twofactor.resend_code({**sms, "code_id": sent["code_id"]})
    expect(f"{grant}: resend_code", bool(again.get("code_id")), again)
    fresh = code_of(newest(base), "Your code is ")
    if fresh != code:
        old = client.twofactor.verify_code({"code_id": again["code_id"], "verification_code": code})
        expect(f"{grant}: the old code is dead", old["verified"] is False, old)
    right = client.twofactor.verify_code({"code_id": again["code_id"], "verification_code": fresh})
    expect(f"{grant}: the right code is verified", right == {"verified": True, "message": "Success"}, right)
    spent = client.twofactor.verify_code({"code_id": again["code_id"], "verification_code": fresh})
    expect(f"{grant}: a spent code is not verified", spent["verified"] is False, spent)

    mail = {
        "destination_address": ADDRESS,
        "method": "email",
        "subject": "Twofactor verification",
        "message": "Your mail code is {code}",
        "length": 8,
        "type": "alphanumeric",
    }
    sent = client.twofactor.send_code(mail)
    expect(f"{grant}: send_code by mail", bool(sent.get("code_id")), sent)
    message = newest(base)
    code = code_of(message, "Your mail code is ")
    arrived = message["to"] == ADDRESS and message["channel"] == "email" and message["subject"] == mail["subject"]
    expect(f"{grant}: the mail arrived", arrived and len(code) == 8 and code.isalnum(), message)
    right = client.twofactor.verify_code({"code_id": sent["code_id"], "verification_code": code})
    expect(f"{grant}: the mailed code is verified", right["verified"] is True, right)

    sent = client.twofactor.send_code(sms)
    code = code_of(newest(base), "Your code is ")
    gone = client.twofactor.delete_code({"code_id": sent["code_id"]})
    expect(f"{grant}: delete_code", gone == {"code_id": sent["code_id"], "success": True}, gone)
    dead = client.twofactor.verify_code({"code_id": sent["code_id"], "verification_code": code})
    expect(f"{grant}: a deleted code is not verified", dead["verified"] is False, dead)

    refused = client.twofactor.send_code({**sms, "message": "no placeholder"})
    named = refused.get("exception_id") == "SVC0002" and "message" in refused.get("message", "")
    expect(f"{grant}: an order without {{code}} is refused by name", named, refused)

    text = {"type": "sms", "sender_address": "default", "destination_address": NUMBER, "message": "Hello from outside"}
    sent = client.conversation.create_message(text)
    delivered = sent.get("message") == text["message"] and sent["delivery_info"][0]["delivery_status"]
    expect(f"{grant}: an SMS of one's own", delivered == "DeliveredToNetwork", sent)
    expect(f"{grant}: it arrived", newest(base)["text"] == text["message"], newest(base))
    status = client.conversation.get_status(
        {"type": "sms", "remote_address": NUMBER, "local_address": sent["sender_address"], "message_id": "any"}
    )
    expect(f"{grant}: its status", status == "DeliveredToTerminal", status)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: cpaas_sdk.py BASE_URL")
    base = sys.argv[1].rstrip("/")
    project = {
        "client_id": os.environ.get("CPAAS_CLIENT_ID", "PRIV-demo"),
        "client_secret": os.environ.get("CPAAS_CLIENT_SECRET", "sandbox-secret"),
        "base_url": base,
    }
    account = {
        "client_id": "PUB-demo",
        "email": "operator@sandbox.example",
        "password": "sandbox-password",
        "base_url": base,
    }
    flow(base, Client(project), "project")
    flow(base, Client(account), "account")
    stranger = Client({**project, "client_secret": "not-it"})
    expect("a wrong secret earns no token", stranger.twofactor.api.user_id is None, stranger.twofactor.api.user_id)
    print("all steps passed", flush=True)


if __name__ == "__main__":
    try:
        main()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a surprise, and the caller wants its name
        print(f"FAILED  {type(error).__name__}: {error}", flush=True)
        sys.exit(1)
