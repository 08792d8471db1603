#!/usr/bin/env python3
"""Writes the load of one route, one request target (or POST body) a line: requests.py ROUTE DB META OUT.

Called by the bench for a server with a schema of its own; standard library only. $OWN is the file that `prepare` made of DB, $PORT the
running server, from which the cursors come.
"""
import json, os, random, sqlite3, sys, urllib.parse, urllib.request

route, db, meta, out = sys.argv[1:5]
meta = json.load(open(meta))
rng = random.Random(7)
quote = urllib.parse.quote


def ids(numbers):
    """The server's id of each of the bench's article numbers."""
    own = sqlite3.connect("file:%s?mode=ro" % os.environ["OWN"], uri=True)
    sql = "SELECT article.id FROM article_external_id x JOIN article ON article.key = x.article_key " \
          "WHERE x.source = 'bench' AND x.value = ?"
    return [own.execute(sql, (str(n),)).fetchone()[0] for n in numbers]


# As the load asks: what is dated ahead is not shown without the token.
headers = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer.json")))["headers"]


def get(target):
    request = urllib.request.Request("http://127.0.0.1:%s%s" % (os.environ["PORT"], target), headers=headers)
    return json.load(urllib.request.urlopen(request, timeout=10))


def cursors():
    """Targets of pages within a section, each by the cursor of the page before it."""
    for section in meta["sections"]:
        base = "/v1/articles?limit=20&section=" + quote(section)
        target = base
        for _ in range(20):
            cursor = get(target)["page"]["next"]
            if cursor is None:
                break
            target = base + "&cursor=" + quote(cursor)
            yield target


def posts():
    """The bodies that the other servers are sent, in this server's members."""
    peer = sqlite3.connect("file:%s?mode=ro" % db, uri=True)
    columns = ("headline", "subheadline", "byline", "section", "language", "body")
    for n in rng.sample(meta["ids"], 200):
        row = peer.execute("SELECT headline, dek, byline, section, language, body FROM articles WHERE id = ?", (n,)).fetchone()
        article = dict(zip(columns, row), slug="@@SLUG@@", status="published",
                       published_at="2027-03-%02dT%02d:00:00Z" % (1 + n % 28, n % 24),
                       people=[{"external_id": "bench:p%d" % p} for p in rng.sample(range(1, meta["people"] + 1), 3)])
        yield json.dumps(article, ensure_ascii=False)


if route == "health":
    lines = ["/healthz"]
elif route == "read":
    lines = ["/v1/articles/" + i for i in ids(rng.choice(meta["ids"]) for _ in range(4000))]
elif route == "spread":
    lines = ["/v1/articles/" + i for i in ids(rng.choice(meta["ids"]) for _ in range(100000))]
elif route == "list":
    lines = ["/v1/articles?limit=20"]
elif route == "page":
    lines = list(cursors())
    rng.shuffle(lines)
elif route in ("search", "rare", "common"):
    # The bench's own words.
    words = meta["words" if route == "search" else route]
    lines = ["/v1/search?limit=20&q=" + quote(word) for word in words]
elif route == "post":
    lines = list(posts())
else:
    sys.exit("no such route: " + route)
with open(out, "w") as file:
    file.write("".join(line + "\n" for line in lines))
