"""What counts as growth, and the words for it."""

# What may be more after the load than before it. Memory: pages that the allocator has not given back yet, and caches that fill up to a
# bound; a leak of a hundred bytes a request is many times that in a soak of half an hour.
PRIVATE_MB_MORE = 24
DESCRIPTORS_MORE = 2
THREADS_MORE = 0


def growth(before, after):
    bounds = (("private_mb", PRIVATE_MB_MORE, "megabytes of memory"), ("descriptors", DESCRIPTORS_MORE, "descriptors"),
              ("threads", THREADS_MORE, "threads"))
    return ["%s at rest have grown from %s to %s" % (words, before[name], after[name])
            for name, more, words in bounds if after[name] > before[name] + more]


def log(server):
    """What the server's own log complains of."""
    return ["the log says: %s" % line for line in server.log_lines() if line.get("level") in ("error", "critical")][:10]


def text(figures):
    lines = ["", "requests: " + ", ".join("%s %d" % pair for pair in figures["requests"].items()),
             "at rest before: %(private_mb)s MB, %(descriptors)d descriptors, %(threads)d threads" % figures["before"],
             "at rest after:  %(private_mb)s MB, %(descriptors)d descriptors, %(threads)d threads" % figures["after"]]
    lines += ["FAULT: " + fault for fault in figures["faults"]] or ["no error, no growth"]
    return "\n".join(lines)
