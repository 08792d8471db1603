"""What the clients do: each function is one thing that one client does once."""
import http.client
import json
import random
import socket
import struct
import time
import uuid

from .server import TOKEN

WORDS = ("the council said on monday that talks about a new budget would go on while ministers in the region wait for word from the "
         "capital where a vote is expected before the end of the month according to officials who asked not to be named").split()
SECTIONS = ("world", "politics", "business", "sport", "culture", "science")


def article(rng, number):
    """A record of an import, published in the past."""
    return {
        "type": "article", "external_id": "soak:a%d" % number, "headline": " ".join(rng.choices(WORDS, k=9)).capitalize(),
        "summary": " ".join(rng.choices(WORDS, k=20)) + ".", "body": "\n\n".join(" ".join(rng.choices(WORDS, k=90)) for _ in range(4)),
        "section": SECTIONS[number % len(SECTIONS)], "tags": rng.sample(sorted(set(WORDS)), 2), "status": "published", "language": "en",
        "published_at": "%d-%02d-%02dT%02d:00:00Z" % (2020 + number % 5, 1 + number % 12, 1 + number % 28, number % 24),
        "people": [{"external_id": "soak:p%d" % rng.randrange(100), "role": "mentioned"}],
    }


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def seed(client, count):
    rng = random.Random(7)
    people = [{"type": "person", "external_id": "soak:p%d" % number, "name": "Person Number %d" % number} for number in range(100)]
    records = people + [article(rng, number) for number in range(count)]
    for start in range(0, len(records), 1_000):
        client.ask("seed", "POST", "/v1/import", lines(records[start:start + 1_000]), Content_Type="application/x-ndjson")


def read(client, rng, articles, _):
    """One article, as a frontend asks for it: again with its tag, compressed, with what it names, or as it was."""
    target = "/v1/articles/" + rng.choice(articles)
    fields = {"Accept_Encoding": "gzip"} if rng.random() < 0.5 else {}
    answer = client.ask("read", "GET", target + rng.choice(("", "", "?include=people", "?fields=id,headline", "/revisions")), **fields)
    tag = answer and answer[1].get("ETag")
    if tag and rng.random() < 0.3:
        client.ask("read", "GET", target, expected=(200, 304), If_None_Match=tag)


def walk(client, rng, _, __):
    """Some pages of a list, one after the other."""
    target = "/v1/articles?" + rng.choice((
        "limit=20", "section=world&limit=50", "sort=headline",
        "facets=section,tag&limit=5", "count=exact&tag=budget", "q=council&limit=10"))
    for _ in range(rng.randrange(1, 6)):
        answer = client.ask("list", "GET", target)
        link = answer and answer[1].get("Link")
        if not link:
            return
        target = link[1:link.index(">")]


def search(client, rng, _, __):
    words = " ".join(rng.sample(WORDS, rng.randrange(1, 4))).replace(" ", "+")
    client.ask("search", "GET", rng.choice(("/v1/search?q=", "/v1/search?limit=50&q=", "/v1/suggest?q=")) + words)


def write(client, rng, _, __):
    """An article from its making to its end; the same key twice makes it once."""
    made = {"headline": " ".join(rng.choices(WORDS, k=8)), "body": " ".join(rng.choices(WORDS, k=100)), "section": rng.choice(SECTIONS)}
    key = str(uuid.uuid4())
    first = client.ask("write", "POST", "/v1/articles", made, expected=(201,), Idempotency_Key=key)
    if first is None:
        return
    if rng.random() < 0.2:
        again = client.ask("write", "POST", "/v1/articles", made, expected=(201,), Idempotency_Key=key)
        if again and again[2]["id"] != first[2]["id"]:
            client.counts.fault("a key made two articles: %s, %s" % (first[2]["id"], again[2]["id"]))
    target = "/v1/articles/" + first[2]["id"]
    change = {"headline": "Changed " + made["headline"]}
    client.ask("write", "PATCH", target, change, If_Match=first[1]["ETag"])
    client.ask("write", "PATCH", target, change, expected=(412,), If_Match=first[1]["ETag"])
    client.ask("write", "DELETE", target, expected=(204,), If_Match="*")
    client.ask("write", "GET", target, expected=(404, 410))


def bring(client, rng, articles, end):
    """An import: most of it is known already, some is changed."""
    records = [article(random.Random(number), number) for number in rng.sample(range(len(articles)), min(50, len(articles)))]
    client.ask("import", "POST", "/v1/import", lines(records), Content_Type="application/x-ndjson")
    time.sleep(min(2, max(0, end - time.monotonic())))


def follow(client, rng, _, end):
    """The feed of changes: for some seconds as a stream, where the server has one, then by a question for what comes next."""
    stream = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
    try:
        stream.request("GET", "/v1/changes", headers={"Accept": "text/event-stream", "Authorization": "Bearer " + TOKEN})
        answer = stream.getresponse()
        if answer.status == 404:
            answer.read()
            time.sleep(min(5, max(0, end - time.monotonic())))
            return
        if answer.status != 200:
            return client.counts.fault("GET /v1/changes: %d %s" % (answer.status, answer.read(300)))
        until, last = min(end, time.monotonic() + rng.uniform(1, 8)), 0
        while time.monotonic() < until:
            line = answer.readline()
            if not line:
                return client.counts.fault("the feed of changes has ended by itself")
            if line.startswith(b"id:"):
                number = int(line[3:])
                if number <= last:
                    client.counts.fault("the feed of changes went from %d to %d" % (last, number))
                last = number
        client.counts.add("feed", 0)
    except (OSError, http.client.HTTPException) as error:
        client.counts.fault("GET /v1/changes: %r" % error)
    finally:
        stream.close()


def break_off(client, rng, articles, _):
    """A client that goes in the middle: of its head, of its body, of its answer, or with the answer unread; some by a reset."""
    head = "Host: localhost\r\nAuthorization: Bearer %s\r\n" % TOKEN
    text = rng.choice((
        "GET /v1/articles HTTP/1.1\r\nHost: loc", "GET /v1/articles?limit=200 HTTP/1.1\r\n%s\r\n" % head,
        "POST /v1/articles HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"head" % head,
        "POST /v1/import HTTP/1.1\r\n%sContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{\"ty" % head,
        "".join("GET /v1/articles/%s HTTP/1.1\r\n%s\r\n" % (name, head) for name in articles[:50])))
    with socket.create_connection(("127.0.0.1", client.port), timeout=1) as gone:
        if rng.random() < 0.5:
            gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        try:
            gone.sendall(text.encode())
            if rng.random() < 0.5:
                gone.recv(100)
        except OSError:
            pass
    client.counts.add("broken off", 0)
    time.sleep(0.02)
