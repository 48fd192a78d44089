#!/usr/bin/env python3
"""Writes clip.json: proofs of clips, whole and wrong in every way, each with the verdict that must come out.

Uses none of this project's code: hashlib, json, struct, and the openssl command, which makes the log's key and signs.
The films are boxes with a few dozen bytes for a picture; nobody can play them, and nobody needs to.
"""
import base64, hashlib, json, os, struct, subprocess, tempfile

CHUNK = 4 * 1024 * 1024
ORIGIN = "log.example.gov.cn/enforcement/1"
RECORDING, COPY = "0190f3a0-0000-7000-8000-0000000000a1", "0190f3a0-0000-7000-8000-0000000000b1"
sha = lambda b: hashlib.sha256(b).digest()
hexed = lambda b: hashlib.sha256(b).hexdigest()
b64 = lambda b: base64.b64encode(b).decode()
canonical = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
node = lambda l, r: sha(b"\1" + l + r)
u32 = lambda *n: struct.pack(f">{len(n)}I", *n)
box = lambda kind, *parts: u32(8 + sum(map(len, parts))) + kind + b"".join(parts)

work = tempfile.mkdtemp()
key_file = os.path.join(work, "key.pem")
subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key_file], check=True)
PUBLIC = subprocess.run(["openssl", "pkey", "-in", key_file, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout[-32:]
KEY_ID = sha(ORIGIN.encode() + b"\n\1" + PUBLIC)[:4]
VKEY = f"{ORIGIN}+{KEY_ID.hex()}+{b64(bytes([1]) + PUBLIC)}"


def sign(body):
    path = os.path.join(work, "body")
    with open(path, "wb") as f:
        f.write(body)
    done = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", key_file, "-rawin", "-in", path], check=True, capture_output=True)
    return KEY_ID + done.stdout


def tree(row):
    if len(row) == 1:
        return row[0]
    k = 1
    while k * 2 < len(row):
        k *= 2
    return node(tree(row[:k]), tree(row[k:]))


def audit(row, i):
    if len(row) == 1:
        return []
    k = 1
    while k * 2 < len(row):
        k *= 2
    return audit(row[:k], i) + [tree(row[k:])] if i < k else audit(row[k:], i - k) + [tree(row[:k])]


def picture(i):
    return bytes([65 + i]) * (40 + i % 7) + b"picture"


def sound(i):
    return bytes([97 + i]) * (11 + i % 3)


def film(samples, fragments=False, filler=0):
    """Bytes of an original, and where each sample begins: a picture and a sound in turn."""
    head = box(b"ftyp", b"isom", u32(512))
    if filler:
        head += u32(filler) + b"free" + bytes(filler - 8)
    out, places = head, []
    if not fragments:
        out += u32(8 + sum(map(len, samples))) + b"mdat"
        for s in samples:
            places.append((len(out), len(s)))
            out += s
        return out + box(b"moov", box(b"mvhd", bytes(20))), places
    for i in range(0, len(samples), 4):
        group = samples[i:i + 4]
        out += box(b"moof", bytes(24)) + u32(8 + sum(map(len, group))) + b"mdat"
        for s in group:
            places.append((len(out), len(s)))
            out += s
    return out, places


def index(tracks):
    """moov of a clip: one run of chunks with one sample each."""
    def trak(places):
        stbl = box(b"stbl", box(b"stsd", u32(0, 0)),
                   box(b"stsc", u32(0, 1, 1, 1, 1)),
                   box(b"stsz", u32(0, 0, len(places), *[n for _, n in places])),
                   box(b"stco", u32(0, len(places), *[at for at, _ in places])))
        dinf = box(b"dinf", box(b"dref", u32(0, 1), box(b"url ", u32(1))))
        return box(b"trak", box(b"mdia", box(b"minf", dinf, stbl)))
    return box(b"moov", box(b"mvhd", bytes(20)), *map(trak, tracks))


def clip_of(samples, tracks):
    """The samples as a clip; `tracks` says of each to which of two it belongs."""
    head = box(b"ftyp", b"isom", u32(512))
    out, places = head + u32(8 + sum(map(len, samples))) + b"mdat", [[], []]
    for s, t in zip(samples, tracks):
        places[t].append((len(out), len(s)))
        out += s
    return out + index(places)


class Log:
    def __init__(self):
        self.leaves, self.entries, self.heads = [], {}, {}

    def append(self, stream, kind, public):
        self.leaves.append(sha(b"\0other" + str(len(self.leaves)).encode()))
        version, before = self.heads.get(stream, (0, None))
        salt, payload = sha(f"salt {len(self.leaves)}".encode()), canonical(public)
        committed = b"liuhen.part.v1\n" + salt + payload
        entry = canonical({
            "at": "2026-03-10T02:00:00Z", "c": {"pub": b64(sha(committed))},
            "c3": {"pub": b64(hashlib.new("sm3", committed).digest())}, "id": f"01980000-0000-7000-8000-{len(self.leaves):012d}",
            "n": version + 1, "o": "zoumaling", "p": before and b64(before), "s": stream, "t": kind, "v": 1})
        leaf = sha(b"\0" + entry)
        self.entries[stream, version + 1] = (entry, payload, salt, len(self.leaves))
        self.leaves.append(leaf)
        self.heads[stream] = (version + 1, leaf)
        return {"streamId": stream, "version": version + 1}

    def files(self, *events):
        body = f"{ORIGIN}\n{len(self.leaves)}\n{b64(tree(self.leaves))}\n".encode()
        note = body + f"\n\u2014 {ORIGIN} {b64(sign(body))}\n".encode()
        out = {"proofs/checkpoint": note, "proofs/log.vkey": VKEY.encode() + b"\n"}
        for e in events:
            entry, payload, salt, at = self.entries[e["streamId"], e["version"]]
            base = f"proofs/streams/{e['streamId']}/{e['version']:04d}"
            lines = ["c2sp.org/tlog-proof@v1", f"index {at}", *map(b64, audit(self.leaves, at))]
            proof = "\n".join(lines).encode() + b"\n\n" + note
            out |= {base + ".entry": entry, base + ".public.json": payload, base + ".public.salt": salt, base + ".tlog-proof": proof}
        return out


def proof_of(original, clip, tracks, said="included", source=None, told=None):
    """Every file of a proof. `source` and `told` are what the record says of the original in the clip's event and its own."""
    digests = [sha(original[i:i + CHUNK]) for i in range(0, len(original), CHUNK)]
    leaves = [sha(b"\0" + d) for d in digests]
    root = b64(tree(leaves))
    log = Log()
    log.append(RECORDING, "RecordingRegistered", {})
    stored = log.append(RECORDING, "RecordingStored", {
        "blob": {"mime": "video/mp4", "sha256": hexed(original), "sizeBytes": len(original)},
        "chunkRoot": root, "chunkSizeBytes": CHUNK} | (told or {}))
    log.append(COPY, "DerivativeRequested", {})
    made = log.append(COPY, "DerivativeMade", {
        "blob": {"mime": "video/mp4", "sha256": hexed(clip), "sizeBytes": len(clip)}, "chunkRoot": b64(sha(b"\0" + sha(clip))), "chunkSizeBytes": CHUNK,
        "source": {"chunkRoot": root, "recordingId": RECORDING, "sha256": hexed(original), "sizeBytes": len(original)} | (source or {})})
    wanted = sorted({i for t in tracks for o, n in t for i in range(o // CHUNK, (o + n - 1) // CHUNK + 1)})
    proof = {
        "v": 1, "bytes": said, "stored": stored, "made": made,
        "clip": {"sha256": hexed(clip), "sizeBytes": len(clip)},
        "original": {"sha256": hexed(original), "sizeBytes": len(original), "chunkRoot": root, "chunkSizeBytes": CHUNK},
        "tracks": [[list(s) for s in t] for t in tracks],
        "chunks": [{"index": i, "sha256": b64(digests[i]), "audit": [b64(h) for h in audit(leaves, i)]} for i in wanted]}
    files = {"clip-proof.json": canonical(proof), "data/media/clip.mp4": clip} | log.files(stored, made)
    if said == "included":
        files |= {f"data/media/original/{i:06d}": original[i * CHUNK:(i + 1) * CHUNK] for i in wanted}
    return files


SAMPLES = [s for i in range(8) for s in (picture(i), sound(i))]
TRACKS = [0, 1] * 8
FROM, TO = 4, 12
original, places = film(SAMPLES)
split = lambda numbers, where: [[where[i] for i in numbers if TRACKS[i] == t] for t in (0, 1)]
taken = list(range(FROM, TO))
clip = clip_of([SAMPLES[i] for i in taken], [TRACKS[i] for i in taken])
blobs, cases = {}, []


def case(name, verdict, files, unchecked=(), original=None):
    def kept(data):
        blobs[hexed(data)[:12]] = b64(data)
        return hexed(data)[:12]
    cases.append({"name": name, "verdict": verdict, "open": list(unchecked), "files": {p: kept(d) for p, d in files.items()},
                  **({"original": kept(original)} if original else {})})


both = ("clip-samples", "clip-between")
whole = proof_of(original, clip, split(taken, places))
case("a clip with its chunk", "OK", whole)
bare = proof_of(original, clip, split(taken, places), said="left-out")
case("the chunk left out, for who has no original", "INCOMPLETE", bare, both)
case("the chunk left out, beside the original", "OK", bare, original=original)
case("the chunk left out, beside another original", "FAIL", bare, original=original.replace(b"HHHH", b"hhhh"))

pieces, at = film(SAMPLES, fragments=True)
case("a clip of a film in fragments", "OK", proof_of(pieces, clip, split(taken, at)))

large, at = film(SAMPLES, filler=CHUNK - 84 - sum(map(len, SAMPLES[:6])))
assert at[6][0] < CHUNK < at[9][0] + at[9][1] and len(large) > CHUNK
case("samples on both sides of a border of chunks", "INCOMPLETE", proof_of(large, clip, split(taken, at), said="left-out"), both)

dropped = [i for i in taken if i != 8]
part = lambda numbers: proof_of(original, clip_of([SAMPLES[i] for i in numbers], [TRACKS[i] for i in numbers]), split(numbers, places))
case("a picture dropped in the middle", "INCOMPLETE", part(dropped), ("clip-between",))
case("a sound that begins a turn later than the picture", "OK", part([i for i in taken if i != 5]))
case("pictures dropped before the sound begins", "INCOMPLETE", part([0, 8, 9, 10, 11]), ("clip-between",))
case("pictures dropped after the sound has ended", "INCOMPLETE", part([4, 5, 6, 7, 14]), ("clip-between",))
case("pictures, then sounds of quite another moment", "INCOMPLETE", part([0, 2, 13, 15]), ("clip-between",))
other = clip_of([b"X" * len(SAMPLES[i]) if i == 8 else SAMPLES[i] for i in taken], [TRACKS[i] for i in taken])
case("a picture exchanged", "FAIL", proof_of(original, other, split(taken, places)))
turned = [4, 5, 8, 7, 6, 9, 10, 11]
case("two pictures exchanged in their order", "FAIL", proof_of(original, clip_of([SAMPLES[i] for i in turned], [TRACKS[i] for i in turned]), [[places[i] for i in turned if TRACKS[i] == t] for t in (0, 1)]))
twice = [4, 5, 6, 7, 6, 9, 10, 11]
case("a picture shown twice", "FAIL", proof_of(original, clip_of([SAMPLES[i] for i in twice], [TRACKS[i] for i in twice]), [[places[i] for i in twice if TRACKS[i] == t] for t in (0, 1)]))
case("a sample of which the proof says nothing", "FAIL", proof_of(original, clip, [split(taken, places)[0][:-1], split(taken, places)[1]]))
case("a track of which the proof says nothing", "FAIL", proof_of(original, clip, split(taken, places)[:1]))
case("a clip with fragments beside its index", "FAIL", proof_of(original, clip + box(b"moof", bytes(8)), split(taken, places)))
case("a clip whose media lie elsewhere", "FAIL", proof_of(original, clip.replace(box(b"url ", u32(1)), box(b"url ", u32(0))), split(taken, places)))
case("a clip cut short", "FAIL", proof_of(original, clip[:-9], split(taken, places)))
case("the record tells of another original", "FAIL", proof_of(original, clip, split(taken, places), told={"chunkRoot": b64(sha(b"x"))}))
case("the clip was made of another recording", "FAIL", proof_of(original, clip, split(taken, places), source={"recordingId": COPY}))
case("an altered chunk", "FAIL", whole | {"data/media/original/000000": original.replace(b"EEEE", b"eeee")})
case("a chunk that is not here", "FAIL", {p: d for p, d in whole.items() if "original" not in p})
case("a file of which the proof says nothing", "FAIL", whole | {"data/media/more.mp4": clip})
case("a proof with another member", "FAIL", whole | {"clip-proof.json": whole["clip-proof.json"][:-1] + b',"w":1}'})
told = json.loads(whole["clip-proof.json"])
for name, change in [("a sample that would fill the whole record", lambda t: [0, 2 ** 53 - 1]), ("a sample beyond the original", lambda t: [len(original) - 1, t[1]]),
                     ("a sample behind all numbers", lambda t: [2 ** 53 - 1, 2 ** 53 - 1])]:
    tracks = [[change(told["tracks"][0][0])] + told["tracks"][0][1:], told["tracks"][1]]
    case(name, "FAIL", whole | {"clip-proof.json": canonical(told | {"tracks": tracks})})
endless = told | {"tracks": [[[0, 2 ** 53 - 1]]], "original": told["original"] | {"sizeBytes": 2 ** 53 - 1}}
case("an original without end", "FAIL", whole | {"clip-proof.json": canonical(endless)})
case("an event that is not in the log", "FAIL", whole | {p: d.replace(b"2026-03-10T02", b"2026-03-10T03") for p, d in whole.items() if p.endswith("0002.entry") and RECORDING in p})

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "clip.json"), "w") as f:
    json.dump({"vkey": VKEY, "files": blobs, "cases": cases}, f, indent=1, ensure_ascii=False)
    f.write("\n")
