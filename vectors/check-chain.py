#!/usr/bin/env python3
"""Recomputes the chain of a field recording: signatures, links, numbers, clocks, and the bytes that each record names.

    check-chain.py <chain file> <media file> [<fingerprint of a device's key>]
    check-chain.py --vectors <chain.json>

Uses nothing of this project: hashlib, json, and the openssl command for signatures. A key that is not given is printed
to be compared and vouches for nothing; so is what the run says of itself, which is for whoever has the registration.
Exit codes: 0 OK, 1 something does not hold, 2 cannot be read.
"""
import base64, hashlib, json, os, subprocess, sys, tempfile
from datetime import datetime

TAG = b"liuhen.chain.v1\n"
FAULTS = ["altered", "spliced", "duplicated", "reordered", "gap", "clock-jump", "unterminated", "unlike"]
PARTS = ["record", "bytes", "begun", "ended", "medium", "case", "step", "scene"]
TOLERANCE_MS = 2000
REGISTERED_TOLERANCE_MS = 5000
work = tempfile.TemporaryDirectory()


def der(raw):
    def integer(b):
        b = b.lstrip(b"\0") or b"\0"
        b = (b"\0" if b[0] & 0x80 else b"") + b
        return b"\2" + bytes([len(b)]) + b
    body = integer(raw[:32]) + integer(raw[32:])
    return b"\x30" + bytes([len(body)]) + body


def holds(raw, message, spki):
    if len(raw) != 64:
        return False
    paths = {name: os.path.join(work.name, name) for name in ("sig", "key")}
    for name, data in (("sig", der(raw)), ("key", spki)):
        with open(paths[name], "wb") as f:
            f.write(data)
    done = subprocess.run(["openssl", "dgst", "-sha256", "-verify", paths["key"], "-keyform", "DER", "-signature", paths["sig"]],
                          input=message, capture_output=True)
    return done.returncode == 0


def parse(text):
    """(record, link, message, signature) for each line; None for what is no record."""
    rows = []
    # A line ends at LF alone: other separators may stand in what people said.
    for line in text.removesuffix("\n").split("\n") if text else []:
        try:
            signature, body = line.split(" ", 1)
            record = json.loads(body)
            if json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != body:
                raise ValueError("not canonical")
            message = TAG + body.encode()
            link = base64.b64encode(hashlib.sha256(message).digest()).decode()
            rows.append((record, link, message, base64.b64decode(signature, validate=True)))
        except (ValueError, KeyError, TypeError):
            rows.append(None)
    return rows


ms = lambda record: datetime.fromisoformat(record["wall"].replace("Z", "+00:00")).timestamp() * 1000


def jumped(a, b):
    walls = ms(b) - ms(a)
    if "mono" not in a or "mono" not in b:
        return walls < -TOLERANCE_MS
    monos = b["mono"] - a["mono"]
    return monos < 0 or abs(walls - monos) > TOLERANCE_MS


def check_records(rows, opening, found):
    """Returns the rows by number, each once; None where a row does not hold."""
    spki = base64.b64decode(opening["key"]) if opening else b""
    kept, highest = {}, -1
    for at, row in enumerate(rows):
        n = row[0]["n"] if row else at
        sound = row is not None and opening is not None and holds(row[3], row[2], spki)
        if not sound:
            found.append(("altered", n, n, "record"))
        elif row[0]["chain"] != opening["chain"]:
            found.append(("spliced", n, n, "record"))
            continue
        if n in kept:
            if sound:
                same = kept[n] is not None and kept[n][1] == row[1]
                found.append(("duplicated" if same else "spliced", n, n, "record"))
            continue
        if n < highest:
            found.append(("reordered", n, n, "record"))
        highest = max(highest, n)
        kept[n] = row if sound else None
    return kept


def check_clock(records, found):
    trusted = before = records[0][1] if records else None
    for n, record in records[1:]:
        if jumped(before, record) or jumped(trusted, record):
            found.append(("clock-jump", n, n, "record"))
            trusted = record
        before = record


def check_order(kept, found):
    numbers = sorted(kept)
    if numbers[0] > 0:
        found.append(("gap", 0, numbers[0] - 1, "record"))
    if numbers[0] == 0 and kept[0] and kept[0][0]["kind"] != "open":
        found.append(("spliced", 0, 0, "record"))
    for a, b in zip(numbers, numbers[1:]):
        x, y = kept[a], kept[b]
        if b > a + 1:
            found.append(("gap", a + 1, b - 1, "record"))
        elif x and y and (y[0]["kind"] == "open" or x[0]["kind"] == "close" or y[0].get("prev") != x[1]):
            found.append(("spliced", b, b, "record"))
    check_clock([(n, kept[n][0]) for n in numbers if kept[n]], found)
    last = kept[numbers[-1]]
    if not last or last[0]["kind"] != "close":
        found.append(("unterminated", numbers[-1], numbers[-1], "record"))
        return
    segments = [r[0] for r in kept.values() if r and r[0]["kind"] == "segment"]
    counted = (last[0]["segments"], last[0]["bytes"]) == (len(segments), sum(s["bytes"] for s in segments))
    if not counted and not found:
        found.append(("altered", numbers[-1], numbers[-1], "record"))


def segments_of(rows, opening):
    byNumber = {}
    for row in rows:
        if row and row[0]["kind"] == "segment" and opening and row[0]["chain"] == opening["chain"]:
            byNumber.setdefault(row[0]["n"], row[0])
    return [byNumber[n] for n in sorted(byNumber)]


def check_bytes(segments, digests, found):
    free, seen, last, expected = list(range(len(segments))), set(), -1, 0
    missing = set(free)
    placed = []
    for digest in digests:
        same = [i for i, s in enumerate(segments) if s["sha256"] == digest]
        left = [i for i in same if i not in seen]
        if not same:
            placed.append(("unknown", None))
        elif not left:
            placed.append(("again", same[0]))
        else:
            own = next((i for i in left if i >= expected), left[0])
            seen.add(own)
            expected = own + 1
            placed.append(("segment", own))
    missing -= seen
    number = lambda i: segments[i]["n"] if segments else 0
    for kind, i in placed:
        if kind == "again":
            found.append(("duplicated", number(i), number(i), "bytes"))
        elif kind == "segment":
            if i < last:
                found.append(("reordered", number(i), number(i), "bytes"))
            last = max(last, i)
        elif last + 1 in missing:
            last += 1
            missing.discard(last)
            found.append(("altered", number(last), number(last), "bytes"))
        else:
            found.append(("spliced", number(max(0, last)), number(max(0, last)), "bytes"))
    found += [("gap", number(i), number(i), "bytes") for i in missing]


def says(opening, segments):
    """What the run says of itself, with the number of the record that says it."""
    timed = [s for s in segments if "mono" in s] or segments
    last = timed[-1] if timed else None
    about = opening.get("about", {}) if opening else {}
    told = {"begun": (opening or {}).get("wall"), "ended": last and last["wall"], "medium": (opening or {}).get("medium"),
            "case": about.get("case"), "step": about.get("step"), "scene": about.get("scene")}
    return {part: (value, last["n"] if part == "ended" else 0) for part, value in told.items() if value is not None}


def check_registered(opening, segments, registered, found):
    """Of two that both speak, and differ."""
    if not registered or not opening:
        return
    if (opening["session"], opening["take"]) != (registered["session"], registered["take"]):
        found.append(("spliced", 0, 0, "record"))
    for part, (signed, n) in says(opening, segments).items():
        if part not in registered:
            continue
        if part in ("begun", "ended"):
            other = abs(ms({"wall": signed}) - ms({"wall": registered[part]})) > REGISTERED_TOLERANCE_MS
        else:
            other = signed != registered[part]
        if other:
            found.append(("unlike", n, n, part))


def tidy(found):
    out = []
    for fault, n, to, of in sorted(set(found), key=lambda f: (FAULTS.index(f[0]), PARTS.index(f[3]), f[1])):
        if out and out[-1]["fault"] == fault and out[-1]["of"] == of and n <= out[-1]["to"] + 1:
            out[-1]["to"] = max(out[-1]["to"], to)
        else:
            out.append({"fault": fault, "from": n, "to": to, "of": of})
    return out


def opening_of(rows):
    return next((r[0] for r in rows if r and r[0]["kind"] == "open" and r[0]["n"] == 0), None)


def check(rows, digests, vouched, registered=None):
    if not rows:
        return "ingest-hash-only", []
    opening, found = opening_of(rows), []
    check_order(check_records(rows, opening, found) or {0: None}, found)
    segments = segments_of(rows, opening)
    check_registered(opening, segments, registered, found)
    check_bytes(segments, digests, found)
    findings = tidy(found)
    return (findings[0]["fault"] if findings else "ok" if vouched else "ingest-hash-only"), findings


def cut(path, segments):
    """Digests of the file's pieces, as long as the records say; what is left at the end is a piece of its own."""
    with open(path, "rb") as f:
        digests = []
        for s in segments:
            piece = f.read(s["bytes"])
            if piece:
                digests.append(hashlib.sha256(piece).hexdigest())
        rest = f.read()
    return digests + ([hashlib.sha256(rest).hexdigest()] if rest else [])


def check_vectors(path):
    with open(path) as f:
        cases = json.load(f)["cases"]
    wrong = 0
    for c in cases:
        digests = [hashlib.sha256(base64.b64decode(p)).hexdigest() for p in c["pieces"]]
        said = check(parse(c["file"]), digests, c["vouched"], c.get("registered"))
        good = said == (c["verdict"], c["findings"])
        wrong += not good
        print("ok  " if good else "BAD ", c["name"], said[0], "" if good else json.dumps(said[1]))
    return 1 if wrong or not cases else 0


def main(args):
    if len(args) == 2 and args[0] == "--vectors":
        return check_vectors(args[1])
    if len(args) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    with open(args[0], encoding="utf-8", newline="") as f:
        rows = parse(f.read())
    opening = opening_of(rows)
    fingerprint = hashlib.sha256(base64.b64decode(opening["key"])).hexdigest() if opening else None
    segments = segments_of(rows, opening)
    verdict, findings = check(rows, cut(args[1], segments), len(args) == 3 and args[2] == fingerprint)
    print(json.dumps({"verdict": verdict, "findings": findings, "records": len(rows), "segments": len(segments), "key": fingerprint,
                      "says": {part: value for part, (value, _) in says(opening, segments).items()}}, ensure_ascii=False))
    return 0 if verdict == "ok" else 1


try:
    sys.exit(main(sys.argv[1:]))
except (OSError, ValueError) as error:
    print(error, file=sys.stderr)
    sys.exit(2)
