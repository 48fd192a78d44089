#!/usr/bin/env python3
"""Checks that a clip is a part of a recording that stands in a log, from the folder of its proof alone.

    check-clip.py <folder> [<published vkey>] [--original <file>]
    check-clip.py --vectors <clip.json>

Uses nothing of this project: hashlib, json, and the openssl command for the signature. Reads the clip's own index, so
that no sample of it can be left unsaid. Exit codes: 0 all holds, 1 something does not, 2 cannot be read, 4 nothing
failed, but samples were not compared or bytes between them are missing (INCOMPLETE).
"""
import base64, hashlib, json, os, subprocess, sys, tempfile

CHUNK = 4 * 1024 * 1024
# Tracks are written in turns: at either end, a turn of one lies beside what the other no longer has.
EDGE = 512 * 1024
sha = lambda b: hashlib.sha256(b).digest()
node = lambda l, r: sha(b"\1" + l + r)
b64 = lambda s: base64.b64decode(s, validate=True)
u32 = lambda b, at: int.from_bytes(need(b, at, 4), "big")
u64 = lambda b, at: int.from_bytes(need(b, at, 8), "big")


class Bad(Exception):
    pass


def need(b, at, n):
    if at < 0 or at + n > len(b):
        raise Bad("the clip's index is cut short")
    return b[at:at + n]


def must(holds, why):
    if not holds:
        raise Bad(why)


def boxes(b):
    at, out = 0, []
    while at < len(b):
        size, head = u32(b, at), 8
        if size == 1:
            size, head = u64(b, at + 8), 16
        elif size == 0:
            size = len(b) - at
        must(size >= head and at + size <= len(b), "a box of the clip does not fit")
        out.append((bytes(b[at + 4:at + 8]), b[at + head:at + size]))
        at += size
    return out


def child(b, *path):
    for name in path:
        found = [body for kind, body in boxes(b) if kind == name]
        must(len(found) == 1, f"{name.decode()} is missing or there twice")
        b = found[0]
    return b


def samples_of(trak, clip):
    for _, body in boxes(child(trak, b"mdia", b"minf", b"dinf", b"dref")[8:]):
        must(u32(body, 0) & 1, "media of the clip lie in another file")
    stbl = child(trak, b"mdia", b"minf", b"stbl")
    stsz, stsc = child(stbl, b"stsz"), child(stbl, b"stsc")
    same, count = u32(stsz, 4), u32(stsz, 8)
    must(count <= 20_000_000, "the clip has too many samples")
    sizes = [same or u32(stsz, 12 + 4 * i) for i in range(count)]
    kinds = [kind for kind, _ in boxes(stbl)]
    wide = b"co64" in kinds and b"stco" not in kinds
    table = child(stbl, b"co64" if wide else b"stco")
    places = [u64(table, 8 + 8 * i) if wide else u32(table, 8 + 4 * i) for i in range(u32(table, 4))]
    runs = [(u32(stsc, 8 + 12 * i), u32(stsc, 12 + 12 * i)) for i in range(u32(stsc, 4))]
    counts = []
    for i, (first, each) in enumerate(runs):
        following = runs[i + 1][0] if i + 1 < len(runs) else len(places) + 1
        must(first == len(counts) + 1 and first < following <= len(places) + 1, "samples are not spread as they should")
        counts += [each] * (following - first)
    must(len(counts) == len(places) and sum(counts) == count, "samples are not spread as they should")
    out = []
    for at, n in zip(places, counts):
        for _ in range(n):
            size = sizes[len(out)]
            must(at + size <= len(clip), "a sample lies outside of the clip")
            out.append((at, size))
            at += size
    return out


def tracks_of(clip):
    top = boxes(clip)
    must(b"moof" not in [kind for kind, _ in top], "the clip is in fragments")
    return [samples_of(body, clip) for kind, body in boxes(child(clip, b"moov")) if kind == b"trak"]


def root_of(leaf, index, size, path):
    """RFC 9162 section 2.1.3.2."""
    must(index < size, "an index lies outside of its tree")
    fn, sn, r = index, size - 1, leaf
    for p in path:
        must(sn != 0 and len(p) == 32, "an audit path is too long")
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    must(sn == 0, "an audit path is too short")
    return r


def signed_by(vkey, body, signatures):
    name, key_id, key = vkey.split("+", 2)
    raw = b64(key)
    if raw[0] != 1 or len(raw) != 33 or sha(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        return False
    for line in signatures.splitlines():
        parts = line.split(" ")
        if len(parts) != 3 or parts[1] != name or b64(parts[2])[:4].hex() != key_id:
            continue
        with tempfile.TemporaryDirectory() as t:
            paths = [os.path.join(t, x) for x in ("key", "body", "sig")]
            for path, content in zip(paths, (bytes.fromhex("302a300506032b6570032100") + raw[1:], body, b64(parts[2])[4:])):
                with open(path, "wb") as f:
                    f.write(content)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", paths[0], "-keyform", "DER", "-rawin", "-in", paths[1], "-sigfile", paths[2]]
            return subprocess.run(command, capture_output=True).returncode == 0 and body.decode().split("\n")[0] == name
    return False


def canonical(data):
    value = json.loads(data)
    must(json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == data, "a file is not in canonical form")
    return value


def event(files, at, kind, checkpoint):
    """Public part of an event whose entry stands in the log."""
    base = f"proofs/streams/{at['streamId']}/{at['version']:04d}"
    entry, payload, salt = (files[base + x] for x in (".entry", ".public.json", ".public.salt"))
    leaf = canonical(entry)
    must((leaf["s"], leaf["n"], leaf["t"]) == (at["streamId"], at["version"], kind), f"{base} is another event")
    must(len(salt) == 32 and sha(b"liuhen.part.v1\n" + salt + payload) == b64(leaf["c"]["pub"]), f"{base} is not what was committed")
    head, _, note = files[base + ".tlog-proof"].decode().partition("\n\n")
    lines = head.split("\n")
    must(lines[0] == "c2sp.org/tlog-proof@v1" and note.encode() == checkpoint, f"{base} is under another checkpoint")
    lines = [l for l in lines[1:] if not l.startswith("extra ")]
    _, size, root = note.split("\n")[:3]
    must(root_of(sha(b"\0" + entry), int(lines[0].removeprefix("index ")), int(size), [b64(l) for l in lines[1:]]) == b64(root), f"{base} is not in the log")
    return canonical(payload)


def heads_only(gap):
    """Boxes between fragments that hold no media; the last is the head of the box where media go on."""
    at = 0
    while at < len(gap):
        kind, size = gap[at + 4:at + 8], int.from_bytes(gap[at:at + 4], "big")
        if kind == b"mdat":
            return at + (16 if size == 1 and len(gap) - at >= 16 else 8) == len(gap)
        if kind not in (b"moof", b"styp", b"sidx", b"free", b"skip", b"prft") or size < 8 or at + size > len(gap):
            return False
        at += size
    return True


def gaps(tracks):
    """(where, length, whether not every track has begun there or one has ended)."""
    tracks = [t for t in ([s for s in t if s[1]] for t in tracks) if t]
    must(tracks, "the clip is empty")
    begun = max(min(o for o, _ in t) for t in tracks)
    ended = min(max(o + n for o, n in t) for t in tracks)
    taken, out = sorted(s for t in tracks for s in t), []
    reached = taken[0][0]
    for o, n in taken:
        if o > reached:
            out.append((reached, o - reached, reached < begun or reached >= ended))
        reached = max(reached, o + n)
    return out


def check(files, vkey, original=None):
    """(what the reader has yet to do, what was not compared or is missing); raises Bad for what does not hold."""
    to_do, open_ends = [], []
    proof = canonical(files["clip-proof.json"])
    must(set(proof) == {"v", "clip", "original", "tracks", "chunks", "stored", "made", "bytes"} and proof["v"] == 1, "clip-proof.json has other members")
    must(proof["bytes"] in ("included", "left-out"), "clip-proof.json has other members")
    clip, told = files["data/media/clip.mp4"], proof["original"]
    must(told["chunkSizeBytes"] == CHUNK, "chunks have another size")
    must(hashlib.sha256(clip).hexdigest() == proof["clip"]["sha256"] and len(clip) == proof["clip"]["sizeBytes"], "the clip is another file")
    checkpoint = files["proofs/checkpoint"]
    body, _, signatures = checkpoint.decode().partition("\n\n")
    carried = files["proofs/log.vkey"].decode().removesuffix("\n")
    must(vkey is None or vkey == carried, "the folder carries another key than the published one")
    must(signed_by(carried, (body + "\n").encode(), signatures), "the checkpoint is not signed by this key")
    if vkey is None:
        to_do.append(f"compare the key with the published one: {carried}")
    stored = event(files, proof["stored"], "RecordingStored", checkpoint)
    made = event(files, proof["made"], "DerivativeMade", checkpoint)
    must((stored["blob"]["sha256"], stored["blob"]["sizeBytes"], stored["chunkRoot"], stored["chunkSizeBytes"]) == (told["sha256"], told["sizeBytes"], told["chunkRoot"], CHUNK), "the record tells of another original")
    must((made["blob"]["sha256"], made["blob"]["sizeBytes"]) == (proof["clip"]["sha256"], len(clip)), "the record tells of another clip")
    must((made["source"]["recordingId"], made["source"]["sha256"], made["source"]["chunkRoot"]) == (proof["stored"]["streamId"], told["sha256"], told["chunkRoot"]), "the record names another original of this clip")
    tracks = [[tuple(s) for s in t] for t in proof["tracks"]]
    own = tracks_of(clip)
    must([[n for _, n in t] for t in own] == [[n for _, n in t] for t in tracks], "the clip has other samples than are told")
    for t in tracks:
        reached = 0
        for o, n in t:
            must(o >= reached and o + n <= told["sizeBytes"], "samples are out of order")
            reached = o + n
    wanted = sorted({i for t in tracks for o, n in t if n for i in range(o // CHUNK, (o + n - 1) // CHUNK + 1)})
    must([c["index"] for c in proof["chunks"]] == wanted, "other chunks are listed than the samples need")
    count = -(-told["sizeBytes"] // CHUNK)
    held = {}
    for c in proof["chunks"]:
        i, digest = c["index"], b64(c["sha256"])
        must(root_of(sha(b"\0" + digest), i, count, [b64(h) for h in c["audit"]]) == b64(told["chunkRoot"]), f"chunk {i} is not in the original's tree")
        data = files.get(f"data/media/original/{i:06d}") if proof["bytes"] == "included" else original and original[i * CHUNK:(i + 1) * CHUNK]
        must(data is not None or proof["bytes"] == "left-out", f"chunk {i} is not here")
        if data is not None:
            must(sha(data) == digest, f"chunk {i} has other bytes")
            held[i] = data
    known = {f"data/media/original/{i:06d}" for i in wanted if proof["bytes"] == "included"} | {"data/media/clip.mp4"}
    must({p for p in files if p.startswith("data/")} == known, "there are files of which the proof says nothing")
    if not held:
        return to_do, ["the chunks were left out: whoever has the original gives it with --original"]

    def read(o, n):
        out = b""
        while n:
            i, start = divmod(o, CHUNK)
            part = held.get(i, b"")[start:start + n]
            if not part:
                return None
            out, o, n = out + part, o + len(part), n - len(part)
        return out

    for t, mine in zip(tracks, own):
        for (o, n), (at, _) in zip(t, mine):
            must(read(o, n) == clip[at:at + n], f"the sample at {at} of the clip is not the one at {o} of the original")
    missing = [(n, edge) for o, n, edge in gaps(tracks) if n > 1024 * 1024 or not heads_only(read(o, n) or b"\0" * 8)]
    left, edges = sum(n for n, edge in missing if not edge), sum(n for n, edge in missing if edge)
    bound = min(EDGE, sum(n for t in tracks for _, n in t) // 4)
    if left:
        open_ends.append(f"{left} bytes of the original between the samples are not in the clip")
    if edges > bound:
        open_ends.append(f"{edges} bytes are missing where not every track runs, more than the {bound} that tracks written in turns explain")
    return to_do, open_ends


def load(root):
    files = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as f:
                files[os.path.relpath(path, root).replace(os.sep, "/")] = f.read()
    return files


def verdict(files, vkey, original=None):
    try:
        to_do, open_ends = check(files, vkey, original)
        return "INCOMPLETE" if open_ends else "OK", to_do + open_ends
    except Bad as error:
        return "FAIL", [str(error)]
    except (KeyError, OverflowError, MemoryError, RecursionError, TypeError, ValueError, IndexError, AttributeError) as error:
        return "FAIL", [f"cannot be read: {error!r}"]


def check_vectors(path):
    with open(path) as f:
        told = json.load(f)
    wrong = 0
    for c in told["cases"]:
        files = {p: base64.b64decode(told["files"][n]) for p, n in c["files"].items()}
        original = base64.b64decode(told["files"][c["original"]]) if "original" in c else None
        word, why = verdict(files, told["vkey"], original)
        good = word == c["verdict"] and (word != "OK" or not why)
        wrong += not good
        print("ok  " if good else "BAD ", c["name"], word, *why)
    return 1 if wrong or not told["cases"] else 0


def main(args):
    if len(args) == 2 and args[0] == "--vectors":
        return check_vectors(args[1])
    original = None
    if "--original" in args[:-1]:
        at = args.index("--original")
        with open(args[at + 1], "rb") as f:
            original = f.read()
        args = args[:at] + args[at + 2:]
    if len(args) not in (1, 2) or not os.path.isdir(args[0]):
        print(__doc__, file=sys.stderr)
        return 2
    word, why = verdict(load(args[0]), args[1] if len(args) == 2 else None, original)
    for line in why:
        print(line)
    print(word)
    return {"OK": 0, "INCOMPLETE": 4}.get(word, 1)


try:
    sys.exit(main(sys.argv[1:]))
except OSError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
