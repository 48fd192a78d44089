#!/usr/bin/env python3
"""Rebuilds a C2SP tlog-tiles log from its entry bundles and compares every tile byte for byte.

    check-log.py <folder with checkpoint and tile/> [<published vkey>]

Uses nothing of this project: hashlib, and the openssl command for the signature. Hashes are never read from tiles to
vouch for other tiles. Exit codes: 0 all holds, 1 something does not, 2 cannot be read.
"""
import base64, hashlib, os, re, subprocess, sys, tempfile

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


def check_signature(vkey, body, signatures):
    name, key_id, key = vkey.split("+", 2)
    raw = base64.b64decode(key)
    if raw[0] != 1 or len(raw) != 33 or sha(name.encode() + b"\n" + raw)[:4].hex() != key_id:
        return False
    held = False
    if not signatures.endswith("\n"):
        return False
    for line in signatures[:-1].split("\n"):
        dash, signer, blob = line.split(" ")
        value = base64.b64decode(blob, validate=True)
        if dash != "\u2014":
            return False
        if signer != name or value[:4].hex() != key_id:
            continue
        with tempfile.TemporaryDirectory() as t:
            paths = [os.path.join(t, x) for x in ("key", "body", "sig")]
            for path, content in zip(paths, (bytes.fromhex("302a300506032b6570032100") + raw[1:], body, value[4:])):
                with open(path, "wb") as f:
                    f.write(content)
            command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", paths[0], "-keyform", "DER", "-rawin", "-in", paths[1], "-sigfile", paths[2]]
            if subprocess.run(command, capture_output=True).returncode != 0 or body.decode().split("\n")[0] != name:
                return False
            held = True
    return held


def main():
    if len(sys.argv) not in (2, 3):
        print(__doc__)
        return 2
    root = sys.argv[1]
    note = read(root, "checkpoint").decode("utf-8", "replace")
    body, _, signatures = note.partition("\n\n")
    lines = body.split("\n")
    if len(lines) < 3 or not re.fullmatch("0|[1-9][0-9]{0,15}", lines[1]) or not re.fullmatch("[A-Za-z0-9+/]{43}=", lines[2]):
        print("cannot read the checkpoint")
        return 2
    size = int(lines[1])
    try:
        signed = len(sys.argv) == 2 or check_signature(sys.argv[2], (body + "\n").encode(), signatures)
    except (ValueError, IndexError):
        signed = False  # a line or a key that is none
    if not signed:
        faults.append("the checkpoint is not signed by this key")
    row = leaves = [sha(b"\0" + e) for e in entries(root, size)]
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
