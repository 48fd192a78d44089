#!/usr/bin/env python3
"""Rebuilds a C2SP tlog-tiles log from its entry bundles and compares every tile byte for byte.

    check-log.py <folder with checkpoint and tile/> [<published vkey>]

Uses nothing of this project: hashlib, and the openssl command for signatures and SM3. Hashes are never read from tiles to
vouch for other tiles. A key that the log changed is followed along the changes that are entries of the log itself,
published beside the checkpoint as keys.json; all of them have to be there. Exit codes: 0 all holds, 1 something does not,
2 cannot be read.
"""
import base64, calendar, hashlib, json, os, re, subprocess, sys, tempfile, time

sha = lambda b: hashlib.sha256(b).digest()
node = lambda l, r: sha(b"\1" + l + r)
faults = []


def index_path(n):
    groups = [f"{n % 1000:03d}"]
    while n >= 1000:
        n //= 1000
        groups.insert(0, f"x{n % 1000:03d}")
    return "/".join(groups)


def tile_path(level, index, width):
    return f"tile/{level}/{index_path(index)}" + (f".p/{width}" if width < 256 else "")


def perfect(row):
    while len(row) > 1:
        row = [node(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def tree(row):
    """Root of any number of hashes, RFC 6962 section 2.1."""
    if not row:
        return sha(b"")
    k = 1
    while k * 2 <= len(row):
        k *= 2
    return perfect(row) if k == len(row) else node(perfect(row[:k]), tree(row[k:]))


def read(root, path):
    try:
        with open(os.path.join(root, path), "rb") as f:
            return f.read()
    except OSError:
        faults.append(f"missing {path}")
        return b""


def entries(root, size):
    for index in range(-(-size // 256)):
        width = min(256, size - index * 256)
        path = tile_path("entries", index, width)
        data, at, count = read(root, path), 0, 0
        while at + 2 <= len(data):
            end = at + 2 + int.from_bytes(data[at:at + 2], "big")
            if end > len(data):
                break
            yield data[at + 2:end]
            at, count = end, count + 1
        if count != width or at != len(data):
            faults.append(f"damaged {path}")


def openssl(args, data=b"", files=()):
    """Output of the command, or None where it fails; each {n} in args is a file with these bytes."""
    with tempfile.TemporaryDirectory() as t:
        paths = [os.path.join(t, str(i)) for i in range(len(files))]
        for path, content in zip(paths, files):
            with open(path, "wb") as f:
                f.write(content)
        done = subprocess.run(["openssl"] + [a.format(*paths) for a in args], input=data, capture_output=True)
        return done.stdout if done.returncode == 0 else None


def read_key(vkey):
    """Name, id and 32 bytes of an Ed25519 key of a signed note; ValueError for anything else."""
    name, key_id, key = vkey.split("+", 2)
    raw = base64.b64decode(key, validate=True)
    if raw[0] != 1 or len(raw) != 33 or not name or sha(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        raise ValueError("not a key")
    return name, key_id, raw[1:]


def read_note(note):
    """Text and (name, id, signature) of each line; ValueError for anything else."""
    text, blank, signatures = note.rpartition("\n\n")
    if not blank or not signatures.endswith("\n"):
        raise ValueError("not a note")
    lines = []
    for line in signatures[:-1].split("\n"):
        dash, signer, blob = line.split(" ")
        value = base64.b64decode(blob, validate=True)
        if dash != "\u2014" or len(value) < 5:
            raise ValueError("not a signature")
        lines.append((signer, value[:4].hex(), value[4:]))
    return text + "\n", lines


def signed(note, vkey):
    """Whether a note has a line by this key, and every one of them holds."""
    try:
        name, key_id, key = read_key(vkey)
        text, lines = read_note(note)
    except (ValueError, IndexError):
        return False
    own = [value for signer, line_id, value in lines if (signer, line_id) == (name, key_id)]
    verify = ["pkeyutl", "-verify", "-pubin", "-inkey", "{0}", "-keyform", "DER", "-rawin", "-in", "{1}", "-sigfile", "{2}"]
    der = bytes.fromhex("302a300506032b6570032100") + key
    return bool(own) and all(openssl(verify, files=(der, text.encode(), value)) is not None for value in own)


def canonical(data):
    """JSON that is written in one way only; ValueError for anything else."""
    text = data.decode("utf-8")
    value = json.loads(text)
    if json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != text:
        raise ValueError("not canonical")
    return value


KINDS = {
    "LogKeyRotated": ("liuhen.key-rotation.v1", ["log", "at", "from", "to"]),
    "LogKeyRevoked": ("liuhen.key-revocation.v1", ["log", "at", "key", "by", "since", "size"]),
}
LEAF = {"at", "c", "c3", "id", "n", "o", "p", "s", "t", "v"}


def of_keys(entry):
    if b"LogKeyR" not in entry:
        return False
    try:
        leaf = canonical(entry)
    except ValueError:
        return False
    return isinstance(leaf, dict) and set(leaf) == LEAF and leaf["t"] in KINDS


def is_time(text):
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text):
        return False
    return calendar.timegm(time.strptime(text, "%Y-%m-%dT%H:%M:%SZ")) is not None


def read_change(note, kind, origin):
    """(kind, the key that is left, the other) of a statement that everybody signed who has to; ValueError for anything else."""
    text, lines = read_note(note)
    header, words = KINDS[kind]
    first, *rest, last = text.split("\n")
    said = [line.partition(" ") for line in rest]
    if first != header or last or [word for word, _, _ in said] != words:
        raise ValueError("not a statement")
    value = {word: v for word, _, v in said}
    times = [value["at"]] + ([value["since"]] if "since" in value else [])
    if value["log"] != origin or not all(map(is_time, times)) or not re.fullmatch("0|[1-9][0-9]{0,15}", value.get("size", "0")):
        raise ValueError("not a statement")
    left, other = (value["from"], value["to"]) if kind == "LogKeyRotated" else (value["key"], value["by"])
    if left == other or {read_key(left)[0], read_key(other)[0]} != {origin}:
        raise ValueError("not keys of this log")
    by = [left, other] if kind == "LogKeyRotated" else [other]
    if len(lines) != len(by) or not all(signed(note, key) for key in by):
        raise ValueError("not signed")
    return kind, left, other


def read_changes(root, origin, said):
    """What the log says of its keys, in its order, from keys.json; `said` are its entries about keys by their index."""
    try:
        with open(os.path.join(root, "keys.json"), "rb") as f:
            file = canonical(f.read())
    except FileNotFoundError:
        if said:
            raise ValueError("no keys.json")
        return []
    if set(file) != {"events", "v"} or file["v"] != 1 or not said or [e["index"] for e in file["events"]] != sorted(said):
        raise ValueError("not all that the log says")
    changes, before = [], None
    for n, event in enumerate(file["events"], 1):
        entry, part, salt = (base64.b64decode(event[k], validate=True) for k in ("entry", "public", "salt"))
        leaf = canonical(entry)
        link = base64.b64encode(sha(b"\0" + before[0])).decode() if before else None
        committed = b"liuhen.part.v1\n" + salt + part
        if said[event["index"]] != entry or leaf["v"] != 1 or leaf["n"] != n or leaf["p"] != link or len(salt) != 32:
            raise ValueError("not the entries of the log")
        if before and leaf["s"] != before[1]:
            raise ValueError("another stream")
        if leaf["c"]["pub"] != base64.b64encode(sha(committed)).decode():
            raise ValueError("not what was committed to")
        by_sm3 = openssl(["dgst", "-sm3", "-binary"], committed)
        if by_sm3 is None or leaf["c3"]["pub"] != base64.b64encode(by_sm3).decode():
            raise ValueError("not what was committed to by SM3")
        public = canonical(part)
        if set(public) != {"statement"}:
            raise ValueError("not a statement")
        changes.append(read_change(public["statement"], leaf["t"], origin))
        before = (entry, leaf["s"])
    return changes


def follow(trusted, changes):
    """Keys that can be believed from the one that the reader has. A key hands over once: what it says afterwards counts
    nothing. Who was taken back, and whom they led to, is left out."""
    ways, over, back = {trusted: [trusted]}, set(), set()
    for kind, left, other in changes:
        if kind == "LogKeyRotated" and left in ways and left not in over:
            over.add(left)
            ways.setdefault(other, ways[left] + [other])
        elif kind == "LogKeyRevoked" and other in ways and other not in over:
            over.add(left)
            back.add(left)
    return [key for key, way in ways.items() if not back & set(way)]


def check_keys(root, note, origin, vkey, said):
    try:
        changes = read_changes(root, origin, said)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        faults.append("what keys.json says of the keys is not what the log says")
        changes = []
    if vkey is None:
        return
    if vkey.split("+")[0] != origin:
        faults.append("the key is of another log")
    for key in follow(vkey, changes):
        if signed(note, key):
            if key != vkey:
                print(f"the log changed its key: it is {key} now")
            return
    faults.append("the checkpoint is not signed by this key, nor by one that it handed over to")


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    root = sys.argv[1]
    note = read(root, "checkpoint").decode("utf-8", "replace")
    body = note.partition("\n\n")[0]
    lines = body.split("\n")
    if len(lines) < 3 or not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]) or not re.fullmatch("[A-Za-z0-9+/]{43}=", lines[2]):
        print("cannot read the checkpoint")
        return 2
    size = int(lines[1])
    leaves, said = [], {}
    for index, entry in enumerate(entries(root, size)):
        leaves.append(sha(b"\0" + entry))
        if of_keys(entry):
            said[index] = entry
    check_keys(root, note, lines[0], sys.argv[2] if len(sys.argv) == 3 else None, said)
    row = leaves
    if tree(leaves) != base64.b64decode(lines[2]):
        faults.append("the entries do not have the root that was signed")
    level = 0
    while row:
        for index in range(-(-len(row) // 256)):
            part = row[index * 256:index * 256 + 256]
            path = tile_path(level, index, len(part))
            if read(root, path) != b"".join(part):
                faults.append(f"different {path}")
        row = [perfect(row[i:i + 256]) for i in range(0, len(row) - 255, 256)]
        level += 1
    for fault in faults:
        print(fault)
    print(f"{'FAIL' if faults else 'OK'} {lines[0]} {size} entries")
    return 1 if faults else 0


sys.exit(main())
