"""A receiver of our webhooks that needs nothing but Python: `SECRET=whsec_... python3 receiver.py [PORT]`.

It takes what carries our signature and is not older than five minutes, each alert once, and prints its sentence.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = base64.b64decode(os.environ["SECRET"].removeprefix("whsec_"))
TOLERANCE = 5 * 60
LONGEST = 20_000
seen: set[str] = set()  # a real receiver keeps these where its data is


def genuine(name: str, sent: str, signatures: str, body: bytes) -> bool:
    """Whether we signed this, lately. There may be several signatures while one secret replaces another."""
    if not sent.isdecimal() or abs(time.time() - int(sent)) > TOLERANCE:
        return False
    signed = b".".join((name.encode(), sent.encode(), body))
    ours = "v1," + base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(ours, theirs) for theirs in signatures.split())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        if length > LONGEST:
            self.answer(413)
            return
        body = self.rfile.read(length)
        name = self.headers.get("webhook-id", "")
        sent, signatures = self.headers.get("webhook-timestamp", ""), self.headers.get("webhook-signature", "")
        if not genuine(name, sent, signatures, body):
            self.answer(401)
            return
        if name not in seen:  # the same alert may come twice, always under the same id
            print(json.loads(body)["data"]["sentence"], flush=True)
            seen.add(name)
        self.answer(204)

    def answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if sys.argv[1:] else 8080), Receiver)
    print(f"listening on http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
