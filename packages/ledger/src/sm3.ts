/** SM3 (GB/T 32905-2016). A plain, incremental implementation; hosts with a native one inject it. */
const IV = [
  0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
] as const

const rotl = (x: number, n: number): number => (x << n) | (x >>> (32 - n))
const p0 = (x: number): number => x ^ rotl(x, 9) ^ rotl(x, 17)
const p1 = (x: number): number => x ^ rotl(x, 15) ^ rotl(x, 23)

/** T_j rotated by j, for the 64 rounds. */
const T = Int32Array.from({ length: 64 }, (_, j) => rotl(j < 16 ? 0x79cc4519 : 0x7a879d8a, j % 32))

const expand = (w: Int32Array, block: Uint8Array, at: number): void => {
  for (let j = 0; j < 16; j++) {
    const i = at + 4 * j
    // the caller passes whole blocks of 64 bytes
    w[j] = (block[i]! << 24) | (block[i + 1]! << 16) | (block[i + 2]! << 8) | block[i + 3]!
  }
  for (let j = 16; j < 68; j++) {
    const x = w[j - 16]! ^ w[j - 9]! ^ rotl(w[j - 3]!, 15)
    w[j] = p1(x) ^ rotl(w[j - 13]!, 7) ^ w[j - 6]!
  }
}

/** Indexes below are constants or bounded by the loop, hence the assertions. */
const compress = (v: Int32Array, w: Int32Array): void => {
  let a = v[0]!
  let b = v[1]!
  let c = v[2]!
  let d = v[3]!
  let e = v[4]!
  let f = v[5]!
  let g = v[6]!
  let h = v[7]!
  for (let j = 0; j < 64; j++) {
    const a12 = rotl(a, 12)
    const ss1 = rotl((a12 + e + T[j]!) | 0, 7)
    const ff = j < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c)
    const gg = j < 16 ? e ^ f ^ g : (e & f) | (~e & g)
    const tt1 = (ff + d + (ss1 ^ a12) + (w[j]! ^ w[j + 4]!)) | 0
    const tt2 = (gg + h + ss1 + w[j]!) | 0
    d = c
    c = rotl(b, 9)
    b = a
    a = tt1
    h = g
    g = rotl(f, 19)
    f = e
    e = p0(tt2)
  }
  const out = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) v[i] = v[i]! ^ out[i]!
}

const digestBytes = (v: Int32Array): Uint8Array => {
  const out = new Uint8Array(32)
  const view = new DataView(out.buffer)
  v.forEach((word, i) => view.setInt32(4 * i, word))
  return out
}

/** Incremental hash; `digest` ends it. */
export const startSm3 = (): { update(bytes: Uint8Array): void; digest(): Uint8Array } => {
  const v = Int32Array.from(IV)
  const w = new Int32Array(68)
  const pending = new Uint8Array(64)
  let held = 0
  let total = 0
  const update = (bytes: Uint8Array): void => {
    total += bytes.length
    let at = 0
    if (held > 0) {
      at = Math.min(64 - held, bytes.length)
      pending.set(bytes.subarray(0, at), held)
      held += at
      if (held < 64) return
      expand(w, pending, 0)
      compress(v, w)
      held = 0
    }
    for (; at + 64 <= bytes.length; at += 64) {
      expand(w, bytes, at)
      compress(v, w)
    }
    pending.set(bytes.subarray(at), 0)
    held = bytes.length - at
  }
  const digest = (): Uint8Array => {
    const bits = total * 8
    const tail = new Uint8Array(held < 56 ? 64 - held : 128 - held)
    tail[0] = 0x80
    const view = new DataView(tail.buffer)
    view.setUint32(tail.length - 8, Math.floor(bits / 2 ** 32))
    view.setUint32(tail.length - 4, bits >>> 0)
    update(tail)
    return digestBytes(v)
  }
  return { update, digest }
}

export const sm3 = (bytes: Uint8Array): Uint8Array => {
  const hasher = startSm3()
  hasher.update(bytes)
  return hasher.digest()
}
