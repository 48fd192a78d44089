#!/usr/bin/env python3
"""Writes sm2-note.json: a checkpoint with an SM2 line, made with openssl and hashlib alone. Each run makes another key."""
import base64, hashlib, json, os, subprocess, tempfile

ORIGIN = "log.example.gov.cn/enforcement/1"
IDENTIFIER = b"\xffliuhen/sm2-sm3/v1"
ROOT = bytes.fromhex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")


def b64(x):
    return base64.b64encode(x).decode()


def openssl(*args):
    return subprocess.run(["openssl", *args], check=True, capture_output=True).stdout


with tempfile.TemporaryDirectory() as d:
    key, body, sig = (os.path.join(d, n) for n in ("k", "b", "s"))
    text = f"{ORIGIN}\n8\n{b64(ROOT)}\n"
    open(body, "w").write(text)
    openssl("ecparam", "-genkey", "-name", "SM2", "-noout", "-out", key)
    openssl("dgst", "-sm3", "-sign", key, "-sigopt", "distid:1234567812345678", "-out", sig, body)
    point = openssl("pkey", "-in", key, "-pubout", "-outform", "DER")[-65:]
    signature = open(sig, "rb").read()

key_id = hashlib.sha256(ORIGIN.encode() + b"\n" + IDENTIFIER + point).digest()[:4]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sm2-note.json")
with open(out, "w", encoding="utf-8") as f:
    said = dict(
        comment="A checkpoint whose only line is by SM2 with SM3, signed by openssl.",
        vkey=f"{ORIGIN}+{key_id.hex()}+{b64(IDENTIFIER + point)}",
        note=text + f"\n\u2014 {ORIGIN} {b64(key_id + signature)}\n",
    )
    json.dump(said, f, ensure_ascii=False, indent=1)
    f.write("\n")
