"""The load: a thread for each client, until the time is over."""
import random
import threading
import time

from . import clients
from .client import Client, Counts

# Who asks, and how many of them at a time.
KINDS = (
    (clients.read, 4), (clients.walk, 2), (clients.search, 2), (clients.write, 3), (clients.bring, 1), (clients.follow, 2),
    (clients.break_off, 2),
)


class Load:
    def __init__(self, server, article_count):
        self.server, self.counts, self.articles = server, Counts(), []
        client = Client(server.port, self.counts)
        clients.seed(client, article_count)
        answer = client.ask("seed", "GET", "/v1/articles?limit=200&fields=id")
        self.articles = [item["id"] for item in answer[2]["data"]] if answer else []
        client.close()
        if not self.articles:
            raise SystemExit("soak: the articles could not be imported: %s" % self.counts.examples)

    def run(self, seconds, sample):
        """Runs everything for so long, and tells what it is like now and then. Returns when all clients have gone."""
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self.serve, args=(kind, number, end), daemon=True)
                   for kind, count in KINDS for number in range(count)]
        for thread in threads:
            thread.start()
        while time.monotonic() < end:
            time.sleep(min(5, max(0.1, end - time.monotonic())))
            if self.server.process.poll() is not None:
                break
            self.server.change_settings()
            sample(self.server.figures(), self.counts.take(), self.counts.wrong)
        for thread in threads:
            thread.join(90)
            if thread.is_alive():
                self.counts.fault("%s has not come back" % thread.name)

    def serve(self, kind, number, end):
        rng = random.Random("%s %d %s" % (kind.__name__, number, end))
        client = Client(self.server.port, self.counts)
        try:
            while time.monotonic() < end and self.server.process.poll() is None:
                kind(client, rng, self.articles, end)
                # Some milliseconds of thought, so that the load is the same on every machine that bears it.
                time.sleep(rng.uniform(0.002, 0.02))
        except Exception as error:  # a mistake of the soak's own is no success
            self.counts.fault("%s: %r" % (kind.__name__, error))
        finally:
            client.close()

    def faults(self):
        rest = self.counts.wrong - len(self.counts.examples)
        return self.counts.examples + (["and %d more" % rest] if rest > 0 else [])

    def totals(self):
        return dict(sorted(self.counts.total.items()))
