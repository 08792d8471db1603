"""One connection that keeps count of what it asked: how long it took, and what was answered otherwise than it may be."""
import http.client
import json
import threading
import time

from .server import TOKEN


class Counts:
    """Latencies by kind since they were taken last, totals, and the first faults in full."""

    def __init__(self):
        self.lock = threading.Lock()
        self.fresh, self.total, self.wrong, self.examples = {}, {}, 0, []

    def add(self, kind, milliseconds):
        with self.lock:
            self.fresh.setdefault(kind, []).append(milliseconds)
            self.total[kind] = self.total.get(kind, 0) + 1

    def fault(self, text):
        with self.lock:
            self.wrong += 1
            if len(self.examples) < 20:
                self.examples.append(text)

    def take(self):
        with self.lock:
            fresh, self.fresh = self.fresh, {}
            return fresh


class Client:
    def __init__(self, port, counts):
        self.port, self.counts = port, counts
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, kind, method, target, body=None, expected=(200,), **fields):
        """Asks once; returns the status, the fields and the body as JSON, or None for what may not be answered so."""
        fields = {name.replace("_", "-"): value for name, value in fields.items()}
        if method != "GET":
            fields["Authorization"] = "Bearer " + TOKEN
        if body is not None:
            fields.setdefault("Content-Type", "application/json")
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        start = time.monotonic()
        try:
            self.connection.request(method, target, body=body, headers=fields)
            answer = self.connection.getresponse()
            bytes_ = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            self.counts.fault("%s %s: %r" % (method, target, error))
            return None
        self.counts.add(kind, (time.monotonic() - start) * 1_000)
        if answer.status not in expected:
            self.counts.fault("%s %s: %d %s" % (method, target, answer.status, bytes_[:300].decode(errors="replace")))
            return None
        is_json = answer.getheader("Content-Type", "").startswith("application/json") and not answer.getheader("Content-Encoding")
        return answer.status, answer.headers, json.loads(bytes_) if is_json and bytes_ else None

    def close(self):
        self.connection.close()
