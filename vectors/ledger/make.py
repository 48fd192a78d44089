#!/usr/bin/env python3
"""Writes the vectors beside it. Uses nothing of this project: hashlib, and openssl for Ed25519."""
import base64, hashlib, json, os, subprocess, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sha = lambda b: hashlib.sha256(b).digest()
sm3 = lambda b: hashlib.new("sm3", b).digest()
b64 = lambda b: base64.b64encode(b).decode()
leaf = lambda e: sha(b"\0" + e)
node = lambda l, r: sha(b"\1" + l + r)


def save(name, value):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as f:
        json.dump(value, f, ensure_ascii=True, indent=1)
        f.write("\n")


def split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return sha(b"")
    if len(d) == 1:
        return d[0]
    k = split(len(d))
    return node(mth(d[:k]), mth(d[k:]))


def path(m, d):
    if len(d) == 1:
        return []
    k = split(len(d))
    return path(m, d[:k]) + [mth(d[k:])] if m < k else path(m - k, d[k:]) + [mth(d[:k])]


def subproof(m, d, b):
    if m == len(d):
        return [] if b else [mth(d)]
    k = split(len(d))
    if m <= k:
        return subproof(m, d[:k], b) + [mth(d[k:])]
    return subproof(m - k, d[k:], False) + [mth(d[:k])]


flip = lambda h, i: bytes(b ^ (1 if j == i else 0) for j, b in enumerate(h))
hexes = lambda l: [x.hex() for x in l]

# --- tree -------------------------------------------------------------------------------------------------------
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
d = [leaf(bytes.fromhex(x)) for x in LEAVES]
inclusion, consistency = [], []
for n in range(1, 9):
    for i in range(n):
        p, root = path(i, d[:n]), mth(d[:n])

        def inc(name, ok, index=i, size=n, proof=p, root=root, lh=d[i]):
            inclusion.append(dict(name=f"leaf {i} of {n}: {name}", leafHash=lh.hex(), index=str(index), size=str(size),
                                  proof=hexes(proof), root=root.hex(), ok=ok))
        inc("as it is", True)
        inc("root changed", False, root=flip(root, 31))
        inc("leaf changed", False, lh=flip(d[i], 0))
        inc("one hash too many", False, proof=p + [root])
        inc("index beyond the tree", False, index=n)
        if p:
            inc("first hash changed", False, proof=[flip(p[0], 5)] + p[1:])
            inc("last hash missing", False, proof=p[:-1])
            inc("a hash of 31 bytes", False, proof=[p[0][:31]] + p[1:])
# The same hashes and root under sizes and places that they do not belong to: only the count of levels tells.
for n in range(1, 9):
    for i in range(n):
        for size in range(1, 18):
            for index in range(size):
                p = path(i, d[:n])
                if (index, size) == (i, n) or abs(len(path(index, [b""] * size)) - len(p)) != 1:
                    continue
                if index != i and not (i == n - 1 and index == size - 1):
                    continue
                inclusion.append(dict(name=f"leaf {i} of {n}: claimed as {index} of {size}", leafHash=d[i].hex(), index=str(index),
                                      size=str(size), proof=hexes(p), root=mth(d[:n]).hex(), ok=False))
pair = (d[0] + d[1]).hex()
inclusion += [dict(name=f"the border between two hashes moved by {k}", leafHash=pair[:64 + 2 * k], index="0", size="2",
                   proof=[pair[64 + 2 * k:]], root=mth(d[:2]).hex(), ok=False) for k in (-32, -1, 1, 32)]
inclusion += [dict(name=f"size {s!r}", leafHash=d[0].hex(), index="0", size=s, proof=[], root=d[0].hex(), ok=False)
              for s in ["0", "-1", "01", "18446744073709551617", "9007199254740993", "1e0", ""]]
for n in range(0, 9):
    for m in range(0, n + 1):
        p = subproof(m, d[:n], True) if 0 < m < n else []
        r1, r2 = mth(d[:m]), mth(d[:n])

        def con(name, ok, first=m, second=n, proof=p, r1=r1, r2=r2):
            consistency.append(dict(name=f"{m} to {n}: {name}", first=str(first), second=str(second), proof=hexes(proof),
                                    firstRoot=r1.hex(), secondRoot=r2.hex(), ok=ok))
        con("as it is", True)
        con("old root changed", False, r1=flip(r1, 3))
        con("one hash too many", False, proof=p + [r1])
        if m < n:
            con("sizes exchanged", False, first=n, second=m)
        if m > 0:
            con("new root changed", False, r2=flip(r2, 3))
        if p:
            con("a hash changed", False, proof=p[:-1] + [flip(p[-1], 9)])
            con("last hash missing", False, proof=p[:-1])
for n in range(2, 9):
    for m in range(1, n):
        p = subproof(m, d[:n], True)
        for first, second in [(m, 2 * n), (2 * m, 2 * n), (2 * m, n), (m + 1, n + 1), (m, n * 4), (m, (n + 1) // 2), ((m + 1) // 2, (n + 1) // 2)]:
            if first < second and len(subproof(first, [b""] * second, True)) != len(p):
                consistency.append(dict(name=f"{m} to {n}: claimed as {first} to {second}", first=str(first), second=str(second),
                                        proof=hexes(p), firstRoot=mth(d[:m]).hex(), secondRoot=mth(d[:n]).hex(), ok=False))
save("tree.json", dict(comment="RFC 6962 tree: classic leaves (hex), roots, proofs. Sizes are text: some are larger than 2^53.",
                       leaves=LEAVES, roots=[dict(size=n, root=mth(d[:n]).hex()) for n in range(9)],
                       inclusion=inclusion, consistency=consistency))

# --- tiles ------------------------------------------------------------------------------------------------------
def index_path(n):
    groups = [f"{n % 1000:03d}"]
    while n >= 1000:
        n //= 1000
        groups.insert(0, f"x{n % 1000:03d}")
    return "/".join(groups)


paths = [dict(level=l, index=i, width=w, path=f"tile/{l}/{index_path(i)}" + (f".p/{w}" if w < 256 else ""))
         for l, i, w in [("0", 0, 256), ("0", 0, 1), ("0", 999, 256), ("0", 1000, 255), ("0", 1234067, 256),
                         ("1", 1234067, 17), ("63", 0, 1), ("entries", 1234067, 256), ("entries", 273, 112),
                         ("0", 1000000000, 256)]]
layouts = []
for size in [0, 1, 255, 256, 257, 511, 512, 65535, 65536, 65537, 70000]:
    partial, levels, count, s, l = [], [], 0, size, 0
    if size:
        count += -(-size // 256)
        if size % 256:
            partial.append(f"tile/entries/{index_path(size // 256)}.p/{size % 256}")
    while s > 0:
        levels.append(s // 256)
        count += -(-s // 256)
        if s % 256:
            partial.append(f"tile/{l}/{index_path(s // 256)}.p/{s % 256}")
        s //= 256
        l += 1
    layouts.append(dict(size=size, count=count, partial=partial, levels=levels))
save("tiles.json", dict(
    comment="C2SP tlog-tiles paths; per size: number of tiles and bundles, partial ones in order, full tiles per level.",
    paths=paths, layouts=layouts,
    badPaths=["tile/0/1", "tile/0/0001", "tile/00/001", "tile/64/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/x000/001",
              "tile/0/001/x002", "tile/-1/000", "tile/0/000.p/01", "/tile/0/000", "tile/0/000/", "tile/0/../000",
              "tile/entries/x001", "tile/8/0/000", "tile/0/x999/x999/x999/x999/x999/999"]))

# --- commitments ------------------------------------------------------------------------------------------------
TAG = b"liuhen.part.v1\n"
good, bad = [], []
for name, salt, payload in [
    ("empty object", bytes(32), "{}"),
    ("Chinese text", bytes(range(32)), '{"name":"\u5f20\u4e09","note":"\u5360\u9053\u7ecf\u8425"}'),
    ("outside the basic plane", b"\xff" * 32, '{"e":"\U0001f600"}'),
]:
    h, h3 = sha(TAG + salt + payload.encode()), sm3(TAG + salt + payload.encode())
    good.append(dict(name=name, salt=salt.hex(), payload=payload, sha256=h.hex(), sm3=h3.hex()))
    bad.append(dict(name=f"{name}, salt changed", salt=flip(salt, 0).hex(), payload=payload, sha256=h.hex()))
    bad.append(dict(name=f"{name}, payload changed", salt=salt.hex(), payload=payload + " ", sha256=h.hex()))
    bad.append(dict(name=f"{name}, without tag", salt=salt.hex(), payload=payload, sha256=sha(salt + payload.encode()).hex()))
    bad.append(dict(name=f"{name}, byte moved from salt to payload", salt=salt[:31].hex(),
                    payload=chr(salt[31] & 127) + payload, sha256=h.hex()))
save("commitment.json", dict(comment="SHA-256 and SM3 of 'liuhen.part.v1\\n' + salt (hex, 32 bytes) + payload (UTF-8).",
                             good=good, bad=bad))

# --- leaves -----------------------------------------------------------------------------------------------------
D = b64(sha(b"x"))
base = dict(at="2026-03-02T01:02:03Z", c=dict(pub=D), c3=dict(pub=D), id="0198f2c4-5d6e-7f80-9a1b-2c3d4e5f6071", n=1,
            o="zoumaling", p=None, s="0198f2c4-5d6e-7f80-9a1b-000000000001", t="CaseFiled", v=1)
jcs = lambda v: json.dumps(v, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
text = jcs(base)
later = jcs(dict(base, n=2, p=D, c=dict(int=D, pii=D, pub=D), c3=dict(int=D, pii=D, pub=D)))
leaf_good = [dict(name=n, text=t, hash=leaf(t.encode()).hex())
             for n, t in [("the first of a stream", text), ("a later one with three compartments", later),
                          ("one without compartments", jcs(dict(base, c={}, c3={})))]]
leaf_bad = [dict(name=n, text=t) for n, t in [
    ("empty", ""), ("not JSON", "{"), ("an array", "[]"), ("a space", text.replace(",", ", ", 1)),
    ("another order of keys", '{"v":1,' + text[1:].replace(',"v":1', "")),
    ("a key twice", text.replace('"v":1', '"v":1,"v":1')), ("an unknown key", jcs(dict(base, z=1))),
    ("a missing key", jcs({k: v for k, v in base.items() if k != "o"})), ("format 2", jcs(dict(base, v=2))),
    ("version 0", jcs(dict(base, n=0))), ("a first with a predecessor", jcs(dict(base, p=D))),
    ("a second without a predecessor", jcs(dict(base, n=2))), ("a fraction of a second", jcs(dict(base, at="2026-03-02T01:02:03.5Z"))),
    ("a local time", jcs(dict(base, at="2026-03-02T01:02:03+08:00"))), ("a digest of 31 bytes", jcs(dict(base, c=dict(pub=b64(bytes(31)))))),
    ("base64 with set trailing bits", jcs(dict(base, c=dict(pub=D[:-2] + chr(ord(D[-2]) + 1) + "=")))),
    ("SM3 for another compartment", jcs(dict(base, c3=dict(int=D)))), ("an unknown compartment", jcs(dict(base, c=dict(x=D), c3=dict(x=D)))),
    ("a path as stream", jcs(dict(base, s="../etc"))), ("an id that is no UUID", jcs(dict(base, id="1"))),
    ("a personal word in the clear", jcs(dict(base, name="\u5f20\u4e09"))), ("more than 1,024 bytes", jcs(dict(base, o="o" * 1024))),
]]
save("leaf.json", dict(comment="Leaf bytes as text; hash is SHA-256 of 0x00 and the bytes.", good=leaf_good, bad=leaf_bad))

# --- canonical JSON ---------------------------------------------------------------------------------------------
c_good = [dict(name=n, input=i, canonical=c) for n, i, c in [
    ("the members of RFC 8785 §3.2.2 (without 1E30)",
     '{"numbers":[333333333.33333329,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
     '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],"string":"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'),
    ("keys in the order of RFC 8785 §3.2.3",
     '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
     '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis","\u20ac":"Euro Sign","\U0001f600":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'),
    ("minus zero", "-0", "0"), ("the smallest double", "5e-324", "5e-324"), ("the largest exact integer", "9007199254740991", "9007199254740991"),
    ("rounding to even", "0.000001", "0.000001"), ("an exponent", "1e-7", "1e-7"), ("NFC and NFD apart", '["\\u00e9","e\\u0301"]', '["\u00e9","e\u0301"]'),
    ("an empty object", "{ }", "{}"), ("a key named __proto__", '{"__proto__":1}', '{"__proto__":1}'),
]]
c_bad = [dict(name=n, text=t) for n, t in [
    ("nothing", ""), ("a space", '{"a": 1}'), ("a newline at the end", "{}\n"), ("keys out of order", '{"b":1,"a":2}'),
    ("a key twice", '{"a":1,"a":1}'), ("a key twice with another value", '{"a":1,"a":2}'), ("an escape that is not needed", '"\\u0041"'),
    ("a slash escaped", '"\\/"'), ("an upper-case escape", '"\\u000F"'), ("1.0", "1.0"), ("1E0", "1E0"), ("-0", "-0"),
    ("an integer beyond 2^53", "9007199254740993"), ("2^53", "9007199254740992"), ("1e+30", "1e+30"), ("1e400", "1e400"),
    ("NaN", "NaN"), ("a lone surrogate", '"\\ud800"'), ("two values", "1 2"), ("a comment", "/**/1"),
]]
save("canonical.json", dict(comment="RFC 8785 with integers limited to 2^53-1. good: input (any JSON) to canonical; bad: not canonical text.",
                            good=c_good, bad=c_bad))

# --- notes and checkpoints --------------------------------------------------------------------------------------
def sign(seed, message):
    with tempfile.TemporaryDirectory() as t:
        der = bytes.fromhex("302e020100300506032b657004220420") + seed
        k, m, s = (os.path.join(t, x) for x in "kms")
        open(k, "wb").write(der)
        open(m, "wb").write(message)
        subprocess.run(["openssl", "pkeyutl", "-sign", "-rawin", "-inkey", k, "-keyform", "DER", "-in", m, "-out", s], check=True)
        pub = subprocess.run(["openssl", "pkey", "-inform", "DER", "-in", k, "-pubout", "-outform", "DER"], check=True, capture_output=True).stdout[-32:]
        return pub, open(s, "rb").read()


EX_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EX_SIG = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
EX = f"This is an example message.\n\n\u2014 example.com/foo {EX_SIG}\n"
origin = "log.example.gov.cn/enforcement/1"
body = f"{origin}\n8\n{b64(mth(d))}\n"
pub, sig = sign(b"\x07" * 32, body.encode())
kid = sha(origin.encode() + b"\n\x01" + pub)[:4]
vkey = f"{origin}+{kid.hex()}+{b64(bytes([1]) + pub)}"
line = f"\u2014 {origin} {b64(kid + sig)}\n"
ours = f"{body}\n{line}"
notes = [dict(name=n, vkey=k, note=t, expected=e) for n, k, t, e in [
    ("the example of the specification", EX_KEY, EX, "verified"),
    ("the example with a word changed", EX_KEY, EX.replace("an example", "an Example"), "bad"),
    ("the example with another signature byte", EX_KEY, EX.replace("IneyaQM=", "IneyaQQ="), "bad"),
    ("a hyphen for the dash", EX_KEY, EX.replace("\u2014", "-"), "unreadable"),
    ("no signature", EX_KEY, "This is an example message.\n\n", "unreadable"),
    ("no newline at the end", EX_KEY, EX[:-1], "unreadable"),
    ("a carriage return", EX_KEY, EX.replace("\n", "\r\n"), "unreadable"),
    ("text after the signatures", EX_KEY, EX + "more\n", "unreadable"),
    ("a checkpoint signed by openssl", vkey, ours, "verified"),
    ("the checkpoint with another size", vkey, ours.replace("\n8\n", "\n9\n"), "bad"),
    ("the checkpoint under another key", EX_KEY, ours, "absent"),
    ("an unknown line beside the log's", vkey, ours + f"\u2014 other.example {b64(b'abcd' + sig)}\n", "verified"),
    ("a second, bad line of the same key", vkey, ours + f"\u2014 {origin} {b64(kid + flip(sig, 0))}\n", "bad"),
]]
save("checkpoint.json", dict(
    comment="Signed notes with the verdict under a key; checkpoint bodies.", notes=notes,
    badVkeys=["", "a", "a+b", EX_KEY.replace("530d903a", "530d903b"), EX_KEY.replace("530d903a", "530D903A"), EX_KEY[:-4],
              EX_KEY.replace("example.com/foo", "example.com/bar"), EX_KEY + "=", EX_KEY.replace("example.com/foo", "example com")],
    checkpoints=[dict(name="a tree of 8", text=body, size=8, root=mth(d).hex()),
                 dict(name="the empty tree", text=f"{origin}\n0\n{b64(sha(b''))}\n", size=0, root=sha(b"").hex()),
                 dict(name="an extension line", text=body + "liuhen sm3 x\n", size=8, root=mth(d).hex())],
    badCheckpoints=[dict(name=n, text=t) for n, t in [
        ("empty", ""), ("no newline at the end", body[:-1]), ("no origin", body[len(origin):]), ("a leading zero", body.replace("\n8\n", "\n08\n")),
        ("a sign", body.replace("\n8\n", "\n+8\n")), ("a size of 2^64", body.replace("\n8\n", "\n18446744073709551616\n")),
        ("a short root", f"{origin}\n8\n{b64(bytes(31))}\n"), ("a root in hex", f"{origin}\n8\n{mth(d).hex()}\n"),
        ("an empty line at the end", body + "\n"), ("two lines only", f"{origin}\n8\n")]]))
