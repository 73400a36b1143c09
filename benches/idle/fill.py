#!/usr/bin/env python3
"""Inserts live sessions of one account into the store and uses each once.
fill.py DATABASE KEYS HOST:PORT COUNT"""
import base64, hashlib, hmac, os, socket, sqlite3, sys, time
db, keys, address, count = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
host, port = address.split(":")
now = int(time.time() * 1000)
number, _, secret = [l for l in open(keys) if l.strip()][-1].split()
number, secret = int(number), base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
h = lambda k, m: hmac.new(k, m, hashlib.sha256).digest()
key = h(h(b"portcullis keys 1", secret), b"portcullis session cookie\x01")
audience = hashlib.sha256(host.encode()).digest()[:16]
ids = [os.urandom(16) for _ in range(count)]
con = sqlite3.connect(db, timeout=30)
account = con.execute("SELECT id FROM accounts").fetchone()[0]
with con:
    con.executemany("INSERT INTO sessions (id, account, assurance, method, created_at, authenticated_at, last_used_at,"
        " expires_at, client, home) VALUES (?, ?, 2, 'sms', ?, ?, ?, ?, '127.0.0.1', NULL)",
        [(i, account, now, now, now, now + 8 * 3600 * 1000) for i in ids])
con.close()
def cookie(i):
    signed = bytes([1]) + i + audience + now.to_bytes(8, "big")
    tag = h(key, bytes([number]) + signed)
    return base64.urlsafe_b64encode(bytes([1, number]) + signed[1:] + tag).rstrip(b"=")
s = socket.create_connection((host, int(port)))
f, good = s.makefile("rb"), 0
began = time.time()
for n, i in enumerate(ids):
    s.sendall(b"GET / HTTP/1.1\r\nHost: " + address.encode() + b"\r\nCookie: portcullis=" + cookie(i) + b"\r\n\r\n")
    status = f.readline().split()[1]
    length = 0
    while (line := f.readline()) != b"\r\n":
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    f.read(length)
    good += status in (b"200", b"204")
print(good, "of", count, "opened the site in", round(time.time() - began, 1), "s")
