#!/usr/bin/env python3
"""Make further test sets for `gapcanary evaluate` out of labelled questions and of a desk's cases.

    further_sets.py DATA OUT

DATA holds clinc120, parakqc-ko, insurance and thunderbird-desk in Gapcanary's formats. OUT gets a folder a set, each with articles.jsonl,
history.jsonl and questions.jsonl. Same input, same output. Standard library only.

  neighbours      80 English topics of 130; what is withheld is ten whole neighbourhoods: a topic and its four nearest by words
  small-desk      24 English topics with two past questions each; half of what is asked has no article
  noisy           the questions of clinc120 with slips of the keyboard, a greeting before and a signature after
  insurance       the intents of spoken calls as articles of three utterances; every fourth is withheld
  forum-links     articles of the desk, every fifth withheld; questions are the customers' first messages, the truth is what agents linked later;
                  the first half in time is the history
  ko-topics       Korean topics with three past questions each; withheld: neighbourhoods by syllable pairs
  ko-unspaced     the questions of parakqc-ko without blanks, every second one in decomposed jamo
  ko-mixed        the questions of parakqc-ko with everyday words in English, where customers mix
  ko-blanks       the questions of parakqc-ko, three blanks of ten left out, and one put between one in seven neighbouring syllables of a word
  ko-slips        the questions of parakqc-ko with a slip of the keyboard in one syllable of twenty: the key beside, a key left out, twice, or before its turn
"""
import collections, json, math, pathlib, random, re, sys, unicodedata

rows = lambda p: [json.loads(l) for l in open(p, encoding="utf8") if l.strip()]


def save(out, name, articles, history, questions):
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, lines in (("articles", articles), ("history", history), ("questions", questions)):
        with open(folder / f"{file}.jsonl", "w", encoding="utf8") as f:
            f.writelines(json.dumps(l, ensure_ascii=False) + "\n" for l in lines)
    none = sum(not q["relevant"] for q in questions)
    print(f"{name}: {len(articles)} articles, {len(history)} past questions, {len(questions)} questions, {none} with no article")


def topics(path):
    by = collections.OrderedDict()
    for r in rows(path):
        by.setdefault(r["label"], []).append(r["text"])
    return by


def bags(by, pieces):
    """A tf-idf vector a topic, of unit length."""
    counts = {k: collections.Counter(p for t in v for p in pieces(t)) for k, v in by.items()}
    df = collections.Counter(p for c in counts.values() for p in c)
    out = {}
    for k, c in counts.items():
        v = {p: math.sqrt(n) * math.log(len(by) / df[p] + 0.1) for p, n in c.items() if df[p] < len(by) / 2}
        norm = math.sqrt(sum(x * x for x in v.values())) or 1
        out[k] = {p: x / norm for p, x in v.items()}
    return out


def neighbourhoods(by, pieces, seeds, size, rng):
    vectors = bags(by, pieces)
    like = lambda a, b: sum(x * vectors[b].get(p, 0) for p, x in vectors[a].items())
    withheld = set()
    for seed in rng.sample(sorted(by), seeds):
        near = sorted((k for k in by if k != seed), key=lambda k: (-like(seed, k), k))[:size]
        withheld |= {seed, *near}
    return withheld


def split(by, withheld, past, asked, language, rng, body=3, title=lambda k, v: k):
    articles, history, questions = [], [], []
    for k, v in by.items():
        v = rng.sample(v, len(v))
        if k in withheld:
            questions += [dict(text=t, relevant=[]) for t in v[:asked]]
            continue
        articles.append(dict(id=k, title=title(k, v), body="\n".join("- " + t for t in v[1:1 + body]), language=language))
        rest = v[1 + body:]
        history += [dict(text=t, article=k) for t in rest[:past]]
        questions += [dict(text=t, relevant=[k]) for t in rest[past:past + asked]]
    rng.shuffle(questions)
    return articles, history, [dict(id=f"q{i}", **q, language=language) for i, q in enumerate(questions)]


words = lambda t: re.findall(r"[a-z']+", t.lower())
pairs = lambda t: [a + b for w in re.findall(r"[가-힣]+", t) for a, b in zip(w, w[1:])]
named = lambda k, v: re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", k).lower()


def slips(text, rng):
    letters = list(text)
    for _ in range(1 + len(text) // 40):
        i = rng.randrange(len(letters))
        kind = rng.randrange(3)
        if kind == 0 and i + 1 < len(letters):
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
        elif kind == 1:
            letters[i] = ""
        elif letters[i].isalpha():
            letters[i] *= 2
    return "".join(letters)


def forum(data, rng):
    articles = rows(data / "articles.jsonl")
    withheld = {a["id"] for a in articles if rng.random() < 0.2}
    address = lambda u: re.sub(r"/[a-z]{2}(-[A-Z]{2})?/", "/", re.sub(r"[?#].*", "", u.split("://")[-1])).rstrip("/.,)")
    ids = {address(a["url"]): a["id"] for a in articles}
    linked = []
    for c in sorted(rows(data / "cases.jsonl"), key=lambda c: c["openedAt"]):
        first = next((m["text"] for m in c["messages"] if m["from"] == "customer"), "")
        given = {ids[address(u)] for m in c["messages"] if m["from"] == "agent"
                 for u in re.findall(r"https?://[^\s\"'<>\]]+", m["text"]) if address(u) in ids}
        if first and len(given) == 1:
            linked.append((c["id"], first, given.pop()))
    half = len(linked) // 2
    history = [dict(text=t, article=a) for _, t, a in linked[:half] if a not in withheld]
    questions = [dict(id=i, text=t, relevant=[] if a in withheld else [a], language="en") for i, t, a in linked[half:]]
    return [a for a in articles if a["id"] not in withheld], history, questions


ENGLISH = {"메일": "email", "날씨": "weather", "일정": "schedule", "회의": "meeting", "예약": "booking", "택시": "taxi", "버스": "bus", "지하철": "subway",
           "비행기": "flight", "여행": "trip", "우산": "umbrella", "학교": "school", "회사": "company", "전화": "phone", "문자": "text", "사진": "photo",
           "음악": "music", "알람": "alarm", "에어컨": "aircon", "청소": "cleaning", "냉장고": "refrigerator", "미세먼지": "fine dust"}


def mixed(text):
    for korean, english in ENGLISH.items():
        text = text.replace(korean, english)
    return text


def blanks(text, rng):
    text = "".join(c for c in text if c != " " or rng.random() >= 0.3)
    return re.sub(r"(?<=[가-힣])(?=[가-힣])", lambda _: " " if rng.random() < 1 / 7 else "", text)


# The standard layout of a Korean keyboard: initials, vowels and finals in the order of Unicode, as the keys that make them.
INITIAL = "r R s e E f a q Q t T d w W c z x v g".split()
VOWEL = "k o i O j p u P h hk ho hl y n nj np nl b m ml l".split()
FINAL = ["", *"r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g".split()]
JAMO = dict(zip("rRseEfaqQtTdwWczxvgkoiOjpuPhynbml", "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ"))
ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"]
BESIDE = {a: [b for r in (row - 1, row, row + 1) if 0 <= r < 3 for b in ROWS[r][max(0, i - (r >= row)):i + 1 + (r <= row)] if b != a]
          for row, keys in enumerate(ROWS) for i, a in enumerate(keys)}


def keys(syllable):
    initial, rest = divmod(ord(syllable) - 0xAC00, 588)
    return INITIAL[initial] + VOWEL[rest // 28] + FINAL[rest % 28]


def typed(pressed):
    """What an input method makes of keys: syllables as long as it can, jamo where it cannot."""
    out, at = "", 0
    while at < len(pressed):
        found = re.match(f"({'|'.join(INITIAL)})({'|'.join(sorted(VOWEL, key=len, reverse=True))})"
                         f"((?:{'|'.join(sorted(filter(None, FINAL), key=len, reverse=True))})(?![koiOjpuPhynbml]))?", pressed[at:])
        if found:
            initial, vowel, final = found.groups()
            out += chr(0xAC00 + INITIAL.index(initial) * 588 + VOWEL.index(vowel) * 28 + FINAL.index(final or ""))
            at += found.end()
        else:
            out += JAMO[pressed[at]]
            at += 1
    return out


def korean_slips(text, rng):
    def word(found):
        pressed = ""
        for syllable in found.group():
            k = keys(syllable)
            if rng.random() < 0.05:
                i, kind = rng.randrange(len(k)), rng.randrange(4)
                beside = rng.choice(BESIDE[k[i].lower()])
                if kind == 3 and i + 1 < len(k):
                    k = k[:i] + k[i + 1] + k[i] + k[i + 2:]
                else:
                    k = k[:i] + [beside, "", k[i] * 2, beside][kind] + k[i + 1:]
            pressed += k
        return typed(pressed)
    return re.sub(r"[가-힣]+", word, text)


def main(data, out):
    clinc, korean = topics(data / "clinc120/labelled.jsonl"), topics(data / "parakqc-ko/labelled.jsonl")
    rng = random.Random(1)
    keep = dict(sorted(clinc.items())[:130])
    save(out, "neighbours", *split(keep, neighbourhoods(keep, words, 10, 4, rng), 8, 25, "en", rng, title=named))
    few = {k: clinc[k] for k in rng.sample(sorted(clinc), 36)}
    save(out, "small-desk", *split(few, set(sorted(few)[::3]), 2, 40, "en", rng, title=named))
    noisy = [q | dict(text="Hi there,\n" + slips(q["text"], rng) + "\nThanks in advance\nSent from my phone") for q in rows(data / "clinc120/questions.jsonl")]
    save(out, "noisy", rows(data / "clinc120/articles.jsonl"), rows(data / "clinc120/history.jsonl"), noisy)
    insurance = {k: v for k, v in topics(data / "insurance/labelled.jsonl").items() if len(v) >= 8}
    save(out, "insurance", *split(insurance, set(sorted(insurance)[::4]), 8, 40, "en", rng, title=named))
    save(out, "forum-links", *forum(data / "thunderbird-desk", rng))
    save(out, "ko-topics", *split(korean, neighbourhoods(korean, pairs, 9, 4, rng), 3, 20, "ko", rng, body=2, title=lambda k, v: v[0]))
    ko = lambda change: (rows(data / "parakqc-ko/articles.jsonl"), rows(data / "parakqc-ko/history.jsonl"),
                         [q | dict(text=change(i, q["text"])) for i, q in enumerate(rows(data / "parakqc-ko/questions.jsonl"))])
    closed = lambda i, t: t.replace(" ", "")
    save(out, "ko-unspaced", *ko(lambda i, t: unicodedata.normalize("NFD", closed(i, t)) if i % 2 else closed(i, t)))
    save(out, "ko-mixed", *ko(lambda i, t: mixed(t)))
    save(out, "ko-blanks", *ko(lambda i, t: blanks(t, rng)))
    save(out, "ko-slips", *ko(lambda i, t: korean_slips(t, rng)))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
