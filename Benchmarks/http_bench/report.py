"""The figures as Markdown."""
import platform
import time

ALONE = "read, none beside"
COLUMNS = (("CPU µs", "cpu_us", "%.1f"), ("requests/s", "rate", "%d"), ("p50 ms", "p50_ms", "%.2f"), ("p99 ms", "p99_ms", "%.2f"),
           ("private MB", "private_mb", "%.1f"))


def heading(chosen):
    return ("\n%s, %s, Linux %s: %d articles, the median of %d rounds of %d s, the server on one core and wrk on another. CPU is the server's, "
            "user and system, for a request; the ratio is Dateline's share of nginx's. Each figure is followed by nginx's.\n" % (
                time.strftime("%d %B %Y"), processor(), platform.release(), chosen.articles, chosen.rounds, chosen.seconds))


def processor():
    with open("/proc/cpuinfo") as info:
        return next((line.split(":", 1)[1].strip() for line in info if line.startswith("model name")), platform.machine())


def table(results):
    """A row a load, each figure of Dateline's followed by nginx's."""
    head = ["load", "connections", "ratio"]
    for title, _, _ in COLUMNS:
        head += [title, "nginx"]
    rows = [head, ["---", "--:", "--:"] + ["--:"] * (2 * len(COLUMNS))]
    for (name, _, connections, _, _), figures in results.items():
        mine, others = figures["Dateline"], figures["nginx"]
        row = [name, "{:,}".format(connections), text(mine["cpu_us"] / others["cpu_us"] if others["cpu_us"] else 0, "%.2f")]
        for _, key, form in COLUMNS:
            row += [text(each[key], form) for each in (mine, others)]
        rows.append(row)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines + beside_idle(results) + failures(results))


def beside_idle(results):
    """What idle connections cost those beside them."""
    lines = []
    alone = next((figures for load, figures in results.items() if load[0] == ALONE), None)
    for (_, route, connections, _, idle), figures in results.items():
        for server in ("Dateline", "nginx") if idle and alone else ():
            beside, without = figures[server]["p99_ms"], alone[server]["p99_ms"]
            lines.append("\n%s, p99 of %s by %d connections: %.2f ms beside %s idle ones, %.2f ms without: %.2f times." % (
                server, route, connections, beside, "{:,}".format(idle), without, beside / max(without, 0.01)))
    return lines


def text(value, form):
    if form == "%d":
        return "{:,}".format(round(value))
    # Nothing was answered, or wrk had too few samples for a percentile.
    return form % value if value else "–"


def failures(results):
    """What went wrong: figures with failures are not figures."""
    return ["\n%s, %d connections, %s: %d failed." % (name, connections, server, each["failed"])
            for (name, _, connections, _, _), figures in results.items() for server, each in figures.items() if each["failed"]]
