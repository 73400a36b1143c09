"""Checks an identity assertion as a protected site would, with PyJWT.

    python tests/peers/assertion.py KEYS_URL AUDIENCE ISSUER < ASSERTION

Fetches the public keys over http, takes the one that the assertion names, and prints the claims as JSON. Every change
of the assertion that a site must not take is tried as well. Ends with status 1 where the assertion itself is not right,
with 2 where something else than it is taken.
"""

import json
import sys

import jwt


def claims(client, assertion, audience, issuer, **options):
    key = client.get_signing_key_from_jwt(assertion)
    need = ["iss", "aud", "sub", "iat", "exp"]
    return jwt.decode(
        assertion, key, algorithms=["EdDSA"], audience=audience, issuer=issuer, options={"require": need}, **options
    )


def changed(assertion, part):
    """The assertion with another character in the middle of one of its three parts."""
    parts = assertion.split(".")
    text = parts[part]
    at = len(text) // 2
    parts[part] = text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]
    return ".".join(parts)


def unsigned(assertion):
    """The same claims under `alg: none`."""
    payload = jwt.decode(assertion, options={"verify_signature": False})
    return jwt.encode(payload, None, algorithm="none", headers={"kid": jwt.get_unverified_header(assertion)["kid"]})


def refused(what, check):
    try:
        check()
    except jwt.PyJWTError:
        return
    print(f"taken, but should not be: {what}", file=sys.stderr)
    sys.exit(2)


def main():
    if len(sys.argv) != 4:
        sys.exit("usage: assertion.py KEYS_URL AUDIENCE ISSUER")
    keys, audience, issuer = sys.argv[1:]
    assertion = sys.stdin.readline().strip()
    client = jwt.PyJWKClient(keys, timeout=10)
    try:
        told = claims(client, assertion, audience, issuer)
    except jwt.PyJWTError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
    for part, name in enumerate(["header", "claims", "signature"]):
        refused(f"another {name}", lambda part=part: claims(client, changed(assertion, part), audience, issuer))
    refused("no signature", lambda: claims(client, unsigned(assertion), audience, issuer))
    refused("another audience", lambda: claims(client, assertion, "other.example", issuer))
    refused("another issuer", lambda: claims(client, assertion, audience, "https://other.example"))
    # Older than it may be: the check runs as if the clock were an hour ahead.
    refused("an old one", lambda: claims(client, assertion, audience, issuer, leeway=-3600))
    header = jwt.get_unverified_header(assertion)
    print(json.dumps({"claims": told, "header": header, "lifetime": told["exp"] - told["iat"]}))


if __name__ == "__main__":
    main()
