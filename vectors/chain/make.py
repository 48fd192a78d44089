#!/usr/bin/env python3
"""Writes chain.json: runs of a camera, whole and damaged in every way, each with the verdict that must come out.

Uses none of this project's code: hashlib, json, and the openssl command, which makes the key and signs. Signatures are
random, so every run of this script writes other ones.
"""
import base64, hashlib, json, os, subprocess, tempfile

TAG = b"liuhen.chain.v1\n"
CHAIN, OTHER = "0190f3a0-0000-7000-8000-000000000001", "0190f3a0-0000-7000-8000-0000000000ff"
SESSION = "0190f3a0-0000-7000-8000-00000000000a"
b64 = lambda b: base64.b64encode(b).decode()
canonical = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

work = tempfile.mkdtemp()
key_file = os.path.join(work, "key.pem")
subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key_file], check=True)
SPKI = subprocess.run(["openssl", "ec", "-in", key_file, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout


def der_to_raw(der):
    out, at = b"", 2
    for _ in range(2):
        size = der[at + 1]
        out += int.from_bytes(der[at + 2:at + 2 + size], "big").to_bytes(32, "big")
        at += 2 + size
    return out


def line(record):
    body = canonical(record)
    der = subprocess.run(["openssl", "dgst", "-sha256", "-sign", key_file], input=TAG + body, check=True, capture_output=True).stdout
    return b64(der_to_raw(der)) + " " + body.decode()


link = lambda text: b64(hashlib.sha256(TAG + text.split(" ", 1)[1].encode()).digest())
wall = lambda ms: f"2026-03-10T10:00:{ms // 1000:02d}.{ms % 1000:03d}+08:00"
piece = lambda i: bytes([i]) * (40 + i)


def run(chain=CHAIN, shift=0, close=True, late=False):
    """Opening, three segments, a mark, two segments, closing: numbers 0 to 7. `shift`: the clock is moved at number 4."""
    lines, pieces = [], []

    def add(kind, ms, **more):
        n = len(lines)
        record = {"v": 1, "chain": chain, "n": n, "kind": kind, "wall": wall(ms + (shift if n >= 4 else 0)), "mono": ms, **more}
        if n > 0:
            record["prev"] = link(lines[-1])
        if kind == "close" and late:
            del record["mono"]
        lines.append(line(record))

    add("open", 0, session=SESSION, take=1, medium="video", mime="video/webm", key=b64(SPKI), clock="real",
        officer={"id": "p1", "name": "李卫东"}, about={"case": "c1", "step": "on-site"})
    for i in range(1, 6):
        if i == 4:
            add("mark", 9500, atMs=9500, code="scene-environment")
        pieces.append(piece(i))
        add("segment", 3000 * i, medium="video", bytes=len(pieces[-1]), sha256=hashlib.sha256(pieces[-1]).hexdigest())
    if close:
        add("close", 15100 if not late else 20000, segments=5, bytes=sum(map(len, pieces)),
            why="interrupted" if late else "finished", **({"cause": "other"} if late else {}))
    return lines, pieces


cases = []


def case(name, lines, pieces, verdict, findings=(), vouched=True, registered=None):
    cases.append({
        "name": name, "file": "".join(l + "\n" for l in lines), "pieces": [b64(p) for p in pieces], "vouched": vouched,
        **({"registered": {"session": SESSION, "take": 1, **registered}} if registered is not None else {}),
        "verdict": verdict, "findings": [{"fault": f, "from": a, "to": b, "of": of} for f, a, b, of in findings],
    })


def without(row, *places):
    return [x for i, x in enumerate(row) if i not in places]


def swapped(row, a, b):
    row = list(row)
    row[a], row[b] = row[b], row[a]
    return row


L, P = run()
case("whole", L, P, "ok")
case("whole, closed after a restart", *run(late=True), "ok")
case("whole, by a key that nobody vouches for", L, P, "ingest-hash-only", vouched=False)
case("a device that does not sign", [], P, "ingest-hash-only")
case("a segment left out with its record", without(L, 2), without(P, 1), "gap", [("gap", 2, 2, "record")])
case("two records left out with their segments", without(L, 2, 3), without(P, 1, 2), "gap", [("gap", 2, 3, "record")])
case("a mark left out", without(L, 4), P, "gap", [("gap", 4, 4, "record")])
case("the bytes of a segment left out", L, without(P, 1), "gap", [("gap", 2, 2, "bytes")])
case("two records in each other's place", swapped(L, 2, 3), P, "reordered", [("reordered", 2, 2, "record")])
case("two segments in each other's place", L, swapped(P, 1, 2), "reordered", [("reordered", 2, 2, "bytes")])
case("a record twice", L[:3] + L[2:], P, "duplicated", [("duplicated", 2, 2, "record")])
case("a segment twice", L, P[:2] + P[1:], "duplicated", [("duplicated", 2, 2, "bytes")])
other, _ = run(chain=OTHER)
case("a record of another run in the place of one", L[:2] + [other[2]] + L[3:], P, "spliced",
     [("spliced", 2, 2, "record"), ("spliced", 1, 1, "bytes"), ("gap", 2, 2, "record")])
fork = json.loads(L[3].split(" ", 1)[1])
fork["prev"] = b64(b"\0" * 32)
case("a record that names another before it", L[:3] + [line(fork)] + L[4:], P, "spliced", [("spliced", 3, 4, "record")])
case("bytes that no record names", L, P[:2] + [b"foreign"] + P[2:], "spliced", [("spliced", 2, 2, "bytes")])
case("records after the end", L + [L[2]], P, "duplicated", [("duplicated", 2, 2, "record")])
case("one byte of a segment flipped", L, [P[0], b"\xff" + P[1][1:]] + P[2:], "altered", [("altered", 2, 2, "bytes")])
case("a record changed", without(L, 5)[:5] + [L[5].replace('"bytes":44', '"bytes":45')] + L[6:], P, "altered",
     [("altered", 5, 5, "record")])
bad = base64.b64decode(L[6].split(" ", 1)[0])
case("a signature changed", L[:6] + [b64(bytes([bad[0] ^ 1]) + bad[1:]) + " " + L[6].split(" ", 1)[1]] + L[7:], P, "altered",
     [("altered", 6, 6, "record")])
case("a line that is no record", L[:4] + ["torn"] + L[5:], P, "altered", [("altered", 4, 4, "record")])
case("without its end", *run(close=False), "unterminated", [("unterminated", 6, 6, "record")])
case("cut off in the middle", L[:4], P[:3], "unterminated", [("unterminated", 3, 3, "record")])
case("the clock set forward", *run(shift=30_000), "clock-jump", [("clock-jump", 4, 4, "record")])
case("the clock set back", *run(shift=-5_000), "clock-jump", [("clock-jump", 4, 4, "record")])


def unlike(*parts):
    return [("unlike", n, n, of) for n, of in parts]


as_signed = {"begun": wall(0), "ended": wall(15_000), "medium": "video", "case": "c1", "step": "on-site"}
case("registered as it says", L, P, "ok", registered=as_signed)
case("registered with a scene, of which it says nothing", L, P, "ok", registered={**as_signed, "scene": "s1"})
case("registered as another run", L, P, "spliced", [("spliced", 0, 0, "record")], registered={"take": 2})
case("registered as of another time", L, P, "unlike", unlike((0, "begun"), (6, "ended")),
     registered={**as_signed, "begun": wall(10_000), "ended": wall(40_000)})
case("registered as a sound", L, P, "unlike", unlike((0, "medium")), registered={**as_signed, "medium": "audio"})
case("registered in another case and step", L, P, "unlike", unlike((0, "case"), (0, "step")),
     registered={**as_signed, "case": "c2", "step": "service"})
case("closed after a restart, and registered by its last segment", *run(late=True), "ok", registered=as_signed)

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "chain.json")
with open(path, "w") as f:
    json.dump({"key": b64(SPKI), "session": SESSION, "cases": cases}, f, ensure_ascii=False, indent=1)
    f.write("\n")
