#!/usr/bin/env python3
"""Make sets for `gapcanary evaluate` in whose history some links are wrong, and sum up how a desk bears it.

    wrong_links.py make SET OUT [SHARE ...]     SHARE: wrong links of a hundred, 5 and 10 unless given
    wrong_links.py score FOLDER RESULTS

SET holds articles.jsonl, history.jsonl and questions.jsonl. OUT gets the folders `clean`, and `random-SHARE` and `next-SHARE` for each share: of so many links
of a hundred each leads to an article drawn at random, or to the next best one, which is the nearest to the past question by words (and syllable pairs) of all but the right one.
The questions of a folder are those of SET, and after them, for what the links of the largest share come to, `wrong:` the past questions whose links became wrong, asked anew, and `right:` as many others.
`clean` has those of the largest random share. Same input, same output. Standard library only.

`score` prints hit@1 of `wrong:` and of `right:`, by the right article, from results.jsonl, and writes the results of SET's own questions beside it, as results.own.jsonl, for measure.py.
"""
import collections, json, math, pathlib, random, re, sys

rows = lambda p: [json.loads(l) for l in open(p, encoding="utf8") if l.strip()]


def write(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf8") as f:
        f.writelines(json.dumps(l, ensure_ascii=False) + "\n" for l in lines)


def pieces(text):
    text = text.lower()
    return re.findall(r"[a-z0-9']+", text) + [a + b for w in re.findall(r"[가-힣]+", text) for a, b in zip(w, w[1:])]


class Nearest:
    """Articles by the tf-idf cosine of their own text and their past questions."""

    def __init__(self, articles, history):
        counts = {a["id"]: collections.Counter(pieces(a["title"] + "\n" + a["body"])) for a in articles}
        for h in history:
            counts[h["article"]].update(pieces(h["text"]))
        df = collections.Counter(p for c in counts.values() for p in c)
        self.idf = {p: math.log(1 + len(counts) / n) for p, n in df.items()}
        self.having = collections.defaultdict(list)
        for article, c in sorted(counts.items()):
            norm = math.sqrt(sum(n * self.idf[p] ** 2 for p, n in c.items())) or 1
            for p, n in c.items():
                self.having[p].append((article, math.sqrt(n) * self.idf[p] / norm))

    def but(self, right, text):
        like = collections.Counter()
        for p in set(pieces(text)):
            for article, weight in self.having.get(p, ()):
                like[article] += self.idf[p] * weight
        return max(((s, a) for a, s in like.items() if a != right), default=(0, None))[1]


def make(source, out, shares):
    articles, history, questions = (rows(source / f"{f}.jsonl") for f in ("articles", "history", "questions"))
    ids, nearest = [a["id"] for a in articles], Nearest(articles, history)
    order = random.Random(7).sample(range(len(history)), len(history))
    most = round(max(shares) / 100 * len(history))
    language = {"language": questions[0]["language"]} if questions[0].get("language") else {}
    again = [{"id": f"{kind}:{i}", "text": history[i]["text"], "relevant": [history[i]["article"]]} | language
             for kind, some in (("wrong", order[:most]), ("right", order[most:2 * most])) for i in some]

    def save(name, wrong):
        folder = out / name
        write(folder / "articles.jsonl", articles)
        write(folder / "history.jsonl", [h | {"article": wrong.get(i, h["article"])} for i, h in enumerate(history)])
        asked = [q for q in again if q["id"].startswith("right:") or int(q["id"][6:]) in wrong or not wrong]
        write(folder / "questions.jsonl", questions + asked)
        print(f"{folder}: {len(wrong)} of {len(history)} links are wrong")

    save("clean", {})
    for share in shares:
        rng = random.Random(11)
        some = order[: round(share / 100 * len(history))]
        other = lambda i: rng.choice([a for a in ids if a != history[i]["article"]])
        save(f"random-{share}", {i: other(i) for i in some})
        save(f"next-{share}", {i: nearest.but(history[i]["article"], history[i]["text"]) or other(i) for i in some})


def score(folder, results):
    wanted = {q["id"]: q["relevant"] for q in rows(folder / "questions.jsonl")}
    got = rows(results)
    write(results.with_suffix(".own.jsonl"), [r for r in got if not r["id"].startswith(("wrong:", "right:"))])
    for kind in ("wrong:", "right:"):
        first = [bool(r["matches"]) and r["matches"][0]["article"] in wanted[r["id"]] for r in got if r["id"].startswith(kind)]
        if first:
            print(f"{kind} {len(first)} asked anew, the right article first: {sum(first) / len(first):.3f}")


if __name__ == "__main__":
    if len(sys.argv) >= 4 and sys.argv[1] == "make":
        make(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), [int(s) for s in sys.argv[4:]] or [5, 10])
    elif len(sys.argv) == 4 and sys.argv[1] == "score":
        score(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        sys.exit(__doc__)
