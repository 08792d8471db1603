"""What is seen while it runs: a line for each stretch of time."""
import sys
import time

COLUMNS = ("minute", "requests/s", "p50 ms", "p99 ms", "wrong", "MB", "files", "threads", "db MB", "wal MB")


class Table:
    def __init__(self, seconds):
        self.start, self.samples, self.pending = time.monotonic(), [], []
        # Some sixty lines, however long it takes.
        self.stretch, self.since = max(5, seconds / 60), time.monotonic()
        print("  ".join(name.rjust(10) for name in COLUMNS), flush=True)

    def add(self, figures, latencies, wrong):
        """Takes note of a sample; a line is printed once a stretch is full."""
        self.pending += [value for kind, values in latencies.items() if kind not in ("feed", "broken off") for value in values]
        now = time.monotonic()
        if now - self.since < self.stretch:
            return
        values = sorted(self.pending)
        row = dict(figures, minute=round((now - self.start) / 60, 2), wrong=wrong,
                   requests_per_second=round(len(values) / (now - self.since)),
                   p50_ms=at(values, 0.5), p99_ms=at(values, 0.99), max_ms=at(values, 1))
        self.samples.append(row)
        cells = (row["minute"], row["requests_per_second"], row["p50_ms"], row["p99_ms"], wrong, row["private_mb"], row["descriptors"],
                 row["threads"], row["database_mb"], row["wal_mb"])
        print("  ".join(str(cell).rjust(10) for cell in cells), flush=True)
        self.pending, self.since = [], now

    def end(self):
        sys.stdout.flush()


def at(values, share):
    """The value that such a share of them does not exceed."""
    return round(values[min(len(values) - 1, int(len(values) * share))], 2) if values else 0
