#!/usr/bin/env python3
"""Shows that a served data file answers what the bench's file holds: check.py DB OWN PORT. Standard library only.

Compares single articles with their people and events, the newest list, and pages by cursor, member by member.
"""
import json, os, random, re, sqlite3, sys, urllib.request

db, own, port = sys.argv[1:4]
bench = sqlite3.connect("file:%s?mode=ro" % db, uri=True)
bench.row_factory = sqlite3.Row
meta = json.load(open(db + ".meta.json"))
mine = sqlite3.connect("file:%s?mode=ro" % own, uri=True)
wrong = 0
compared = 0


# The bench's articles are dated ahead in part: without the token they are not shown.
headers = json.load(open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "peer.json")))["headers"]


def get(target):
    return json.load(urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:%s%s" % (port, target), headers=headers), timeout=10))


def same(what, got, want):
    global wrong, compared
    compared += 1
    if got != want:
        wrong += 1
        print("%s: %r is not %r" % (what, got, want))


def instant(text):
    return text.replace("Z", ".000Z")


def item(label, got, row):
    for name, column in (("slug", "slug"), ("headline", "headline"), ("subheadline", "dek"), ("byline", "byline"),
                         ("section", "section"), ("language", "language")):
        # A single-line member folds tabs and line breaks to a space.
        same("%s %s" % (label, name), got[name], " ".join(re.split(r"[\t\r\n]+", row[column])))
    same(label + " published_at", got["published_at"], instant(row["published_at"]))
    same(label + " external_ids", got["external_ids"], {"bench": str(row["id"])})
    names = [r[0] for r in bench.execute("SELECT p.name FROM article_people x JOIN people p ON p.id = x.person_id "
                                         "WHERE article_id = ? ORDER BY position", (row["id"],))]
    same(label + " people", [p["name"] for p in got["people"]], names)
    titles = [r[0] for r in bench.execute("SELECT e.title FROM article_events x JOIN events e ON e.id = x.event_id "
                                          "WHERE article_id = ? ORDER BY position", (row["id"],))]
    same(label + " events", [e["title"] for e in got["events"]], titles)


def pages(target, where, values, count):
    rows = bench.execute("SELECT * FROM articles %s ORDER BY published_at DESC, id DESC LIMIT ?" % where, values + [20 * count]).fetchall()
    cursor = None
    for n in range(count):
        answer = get(target + ("&cursor=" + cursor if cursor else ""))
        page = rows[20 * n:20 * n + 20]
        same("%s page %d length" % (target, n), len(answer["data"]), len(page))
        for got, row in zip(answer["data"], page):
            item("%s %s" % (target, row["id"]), got, row)
        cursor = answer["page"]["next"]
        if cursor is None:
            break


same("articles kept", mine.execute("SELECT count(*) FROM article").fetchone()[0], meta["articles"])
for n in random.Random(3).sample(meta["ids"], 200):
    row = bench.execute("SELECT * FROM articles WHERE id = ?", (n,)).fetchone()
    got = get("/v1/articles/" + row["slug"])
    item("article %d" % n, got, row)
    same("article %d body" % n, got["body"], row["body"])
    same("article %d by id" % n, get(got["url"]), got)
pages("/v1/articles?limit=20", "", [], 5)
for section in meta["sections"][:3]:
    pages("/v1/articles?limit=20&section=" + section, "WHERE section = ?", [section], 5)
print("%d compared, %d wrong" % (compared, wrong))
sys.exit(1 if wrong else 0)
