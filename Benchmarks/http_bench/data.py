"""The newsroom that is measured, and its answers as files for nginx."""
import http.client
import json
import os
import random
import shutil
import subprocess

WORDS = ("the council said on monday that talks about a new budget would go on while ministers in the region wait for word from the "
         "capital where a vote is expected before the end of the month according to officials who asked not to be named").split()
SECTIONS = ("world", "politics", "business", "sport", "culture", "science")


def records(count, seed=7):
    """People, events and articles of about 3 KB, all published in the past, each naming three people and an event."""
    rng = random.Random(seed)
    for number in range(500):
        yield {"type": "person", "external_id": "bench:p%d" % number, "name": "Person Number %d" % number,
               "roles": [{"title": "Member of the Council", "from": "%d" % (2000 + number % 20)}]}
    for number in range(100):
        yield {"type": "event", "external_id": "bench:e%d" % number, "title": "Meeting number %d" % number, "kind": "meeting",
               "status": "happened", "window": {"edtf": "2024-%02d-%02d" % (1 + number % 12, 1 + number % 28)}}
    for number in range(count):
        body = "\n\n".join(" ".join(rng.choices(WORDS, k=90)).capitalize() + "." for _ in range(5))
        people = rng.sample(range(500), 3)
        yield {"type": "article", "external_id": "bench:a%d" % number, "headline": " ".join(rng.choices(WORDS, k=9)).capitalize(),
               "summary": " ".join(rng.choices(WORDS, k=20)).capitalize() + ".", "body": body, "byline": "By our own correspondent",
               "section": SECTIONS[number % len(SECTIONS)], "tags": rng.sample(WORDS, 2), "status": "published", "language": "en",
               "published_at": "%d-%02d-%02dT%02d:%02d:00Z" % (2020 + number % 5, 1 + number % 12, 1 + number % 28, number % 24, number % 60),
               "people": [{"external_id": "bench:p%d" % person, "role": "mentioned"} for person in people],
               "events": [{"external_id": "bench:e%d" % rng.randrange(100)}]}


def imported(program, folder, count):
    """A new database with so many articles."""
    file, database = os.path.join(folder, "records.ndjson"), os.path.join(folder, "news.db")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(database + suffix):
            os.remove(database + suffix)
    with open(file, "w") as out:
        for record in records(count):
            out.write(json.dumps(record) + "\n")
    subprocess.run([program, "import", file, "--database", database], check=True, stdout=subprocess.DEVNULL, timeout=3_600)
    os.remove(file)
    return database


def written(port, folder, routes):
    """Asks Dateline for everything that will be asked for, and keeps the answers as nginx's files.

    Returns for each route the file of its request targets, one a line. Shown in another order than they were imported in, `spread` goes
    through all articles; `read` asks for 4,000 of them.
    """
    files = os.path.join(folder, "files")
    shutil.rmtree(files, ignore_errors=True)
    os.makedirs(os.path.join(files, "v1", "articles"))
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(target):
        client.request("GET", target)
        answer = client.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit("Benchmarks/http: %s was answered with %d: %s" % (target, answer.status, body.decode()))
        return body

    articles, target = [], "/v1/articles?limit=200&fields=id"
    while "read" in routes or "spread" in routes:
        page = json.loads(get(target))
        articles += [item["id"] for item in page["data"]]
        if page["page"]["next"] is None:
            break
        target = "/v1/articles?limit=200&fields=id&cursor=" + page["page"]["next"]
    random.Random(11).shuffle(articles)
    read = articles[:4_000]
    for name in articles if "spread" in routes else read:
        with open(os.path.join(files, "v1", "articles", name), "wb") as out:
            out.write(get("/v1/articles/" + name))
    for name, target in (("list.json", "/v1/articles?limit=20"), ("health.json", "/healthz")):
        with open(os.path.join(files, name), "wb") as out:
            out.write(get(target))
    client.close()
    targets = {"health": ["/healthz"], "list": ["/v1/articles?limit=20"]}
    targets["read"], targets["spread"] = (["/v1/articles/" + name for name in names] for names in (read, articles))
    return {route: lines(os.path.join(folder, route + ".txt"), targets[route]) for route in routes}


def lines(path, texts):
    with open(path, "w") as out:
        out.write("".join(text + "\n" for text in texts))
    return path
