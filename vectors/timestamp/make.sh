#!/bin/sh
# Writes the time stamps beside it with openssl and nothing of this project: an authority, a TSA, and tokens over
# data.txt. Keys are made anew each time and thrown away; certificates hold for a hundred years.
set -eu
cd "$(dirname "$0")"
T=$(mktemp -d); trap 'rm -rf "$T"' EXIT
printf 'log.example/1\n5\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n' >data.txt
printf 'log.example/1\n6\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n' >other.txt
cat >"$T/tsa.cnf" <<'C'
[tsa]
default_tsa = own
[own]
serial = $ENV::T/serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
ess_cert_id_chain = no
C
export T
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$T/ca.key" -out authority.pem -days 36500 -subj '/O=Example/CN=Example Authority' \
  -addext 'basicConstraints=critical,CA:TRUE' 2>/dev/null
tsa() { # name, algorithm, extension
  openssl req -newkey $2 -nodes -keyout "$T/$1.key" -out "$T/$1.csr" -subj "/O=Example/CN=Example $1" 2>/dev/null
  printf '%s\n' "$3" >"$T/ext"
  openssl x509 -req -in "$T/$1.csr" -CA authority.pem -CAkey "$T/ca.key" -CAcreateserial -CAserial "$T/ca.srl" -days 36500 \
    -extfile "$T/ext" -out "$T/$1.pem" 2>/dev/null
}
tsa TSA rsa:2048 'extendedKeyUsage=critical,timeStamping'
tsa EC 'ec -pkeyopt ec_paramgen_curve:prime256v1' 'extendedKeyUsage=critical,timeStamping'
stamp() { # who, digest, out, file
  openssl ts -query -data "$4" "-$2" -cert -out "$T/q.tsq" 2>/dev/null
  openssl ts -reply -config "$T/tsa.cnf" -queryfile "$T/q.tsq" -signer "$T/$1.pem" -inkey "$T/$1.key" -chain authority.pem -out "$3" 2>/dev/null
}
echo 1000 >"$T/serial"
stamp TSA sha256 rsa.tsr data.txt
stamp EC sha256 ec.tsr data.txt
stamp TSA sha512 sha512.tsr data.txt
openssl ts -reply -in rsa.tsr -token_out -out rsa.token 2>/dev/null
# A refusal, as a TSA gives one: the digest is not one that it accepts.
openssl ts -query -data data.txt -sha1 -cert -out "$T/q.tsq" 2>/dev/null
openssl ts -reply -config "$T/tsa.cnf" -queryfile "$T/q.tsq" -signer "$T/TSA.pem" -inkey "$T/TSA.key" -out refused.tsr 2>/dev/null || true
openssl ts -verify -data data.txt -in rsa.tsr -CAfile authority.pem
openssl ts -verify -data data.txt -in ec.tsr -CAfile authority.pem
