"""A mail server (aiosmtpd) on a free port of this machine.

Writes its address, then one line of JSON for each mail that it took.
"""

import argparse
import asyncio
import json
import logging
import ssl

from aiosmtpd.smtp import SMTP, AuthResult


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", choices=["starttls", "implicit"])
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    parser.add_argument("--account", help="name:password; without it nobody has to sign in")
    parser.add_argument("--login-alone", action="store_true", help="offer LOGIN and not PLAIN")
    parser.add_argument("--refuse", help="what every recipient is answered with")
    parser.add_argument("--greylist", action="store_true", help="refuse each recipient once")
    parser.add_argument("--hang", choices=["RCPT", "DATA"], help="never answer to this (DATA: to the final dot)")
    return parser.parse_args()


class Handler:
    def __init__(self, options):
        self.options = options
        self.greylisted = set()

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.options.hang == "RCPT":
            await asyncio.Event().wait()
        if self.options.refuse:
            return self.options.refuse.replace("ADDRESS", address)
        if self.options.greylist and address not in self.greylisted:
            self.greylisted.add(address)
            return f"451 4.7.1 <{address}>: greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        encrypted = server.transport.get_extra_info("cipher") is not None
        mail = {
            "greeting": session.host_name,
            "encrypted": encrypted,
            "user": session.auth_data,
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "content": envelope.content.decode(),
        }
        print(json.dumps(mail), flush=True)
        if self.options.hang == "DATA":
            await asyncio.Event().wait()
        return "250 OK"


def authenticator(options):
    def authenticate(server, session, envelope, mechanism, data):
        said = f"{data.login.decode()}:{data.password.decode()}"
        return AuthResult(success=said == options.account, handled=False, auth_data=data.login.decode())

    return authenticate


async def main():
    logging.disable(logging.CRITICAL)
    options = arguments()
    context = None
    if options.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(options.certificate, options.key)
    starttls = options.tls == "starttls"
    handler = Handler(options)
    loop = asyncio.get_running_loop()

    def protocol():
        return SMTP(
            handler,
            loop=loop,
            hostname="mail.test",
            tls_context=context if starttls else None,
            require_starttls=starttls,
            auth_required=options.account is not None,
            # Over implicit TLS aiosmtpd takes the connection for a plain one.
            auth_require_tls=starttls,
            auth_exclude_mechanism=["PLAIN"] if options.login_alone else None,
            authenticator=authenticator(options),
        )

    implicit = context if options.tls == "implicit" else None
    server = await loop.create_server(protocol, "127.0.0.1", 0, ssl=implicit)
    host, port = server.sockets[0].getsockname()
    print(f"listening on {host}:{port}", flush=True)
    await server.serve_forever()


asyncio.run(main())
