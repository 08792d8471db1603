"""What counts as growth, and the words for it."""
import collections
import os

# What may be more after the load than before it. Memory: pages that the allocator has not given back yet, and caches that fill up to a
# bound; a leak of a hundred bytes a request is many times that in a soak of half an hour.
PRIVATE_MB_MORE = 24
DESCRIPTORS_MORE = 2

# Threads of these names belong to Dispatch, which starts and ends them as there is work: how many there are at a moment says only what was
# done in the last seconds. There may be as many as do one piece of work each: a core, or a queue of the program's own.
POOLS = ("default-qos", "overcommit")
POOL_THREADS_MAX = os.cpu_count() + 5


def growth(before, after):
    bounds = (("private_mb", PRIVATE_MB_MORE, "megabytes of memory"), ("descriptors", DESCRIPTORS_MORE, "descriptors"))
    faults = ["%s at rest have grown from %s to %s" % (words, before[name], after[name])
              for name, more, words in bounds if after[name] > before[name] + more]
    own, owned = (own_threads(figures["thread_names"]) for figures in (before, after))
    faults += ["threads '%s' at rest have grown from %d to %d" % (name, own[name], count)
               for name, count in owned.items() if count > own[name]]
    pooled = sum(after["thread_names"].values()) - sum(owned.values())
    if pooled > POOL_THREADS_MAX:
        faults.append("%d threads of Dispatch's pools are at rest" % pooled)
    return faults


def own_threads(names):
    return collections.Counter({name: count for name, count in names.items() if not name.endswith(POOLS)})


def log(server):
    """What the server's own log complains of."""
    return ["the log says: %s" % line for line in server.log_lines() if line.get("level") in ("error", "critical")][:10]


def text(figures):
    lines = ["", "requests: " + ", ".join("%s %d" % pair for pair in figures["requests"].items()),
             "at rest before: " + rest(figures["before"]), "at rest after:  " + rest(figures["after"])]
    lines += ["FAULT: " + fault for fault in figures["faults"]] or ["no error, no growth"]
    return "\n".join(lines)


def rest(figures):
    names = ", ".join("%s %d" % pair for pair in sorted(figures["thread_names"].items()))
    return "%(private_mb)s MB, %(descriptors)d descriptors, %(threads)d threads" % figures + " (%s)" % names
