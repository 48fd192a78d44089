// Computes the SHA-256 of a file in the browser, piece by piece, and asks whether the log has it. The file is not sent.
// Written out instead of WebCrypto: that wants the whole file in memory, and is absent on pages without https.
'use strict'

const K = new Uint32Array(64)
const INITIAL = new Uint32Array(8)
;(() => {
  // FIPS 180-4: the fractional parts of the cube and square roots of the first primes.
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 0x100000000)
  let found = 0
  for (let n = 2; found < 64; n++) {
    let prime = true
    for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false
    if (!prime) continue
    if (found < 8) INITIAL[found] = fraction(Math.sqrt(n))
    K[found++] = fraction(Math.cbrt(n))
  }
})()

const rotate = (x, n) => (x >>> n) | (x << (32 - n))

const startSha256 = () => {
  const h = INITIAL.slice()
  const w = new Uint32Array(64)
  const block = new Uint8Array(64)
  let held = 0
  let total = 0
  const compress = (bytes, at) => {
    for (let i = 0; i < 16; i++) {
      const p = at + 4 * i
      w[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3]
    }
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15]
      const y = w[i - 2]
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3)
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10)
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0
    }
    let [a, b, c, d, e, f, g, z] = h
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
      const t1 = (z + s1 + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
      z = g
      g = f
      f = e
      e = (d + t1) | 0
      d = c
      c = b
      b = a
      a = (t1 + t2) | 0
    }
    h[0] += a
    h[1] += b
    h[2] += c
    h[3] += d
    h[4] += e
    h[5] += f
    h[6] += g
    h[7] += z
  }
  const update = (bytes) => {
    total += bytes.length
    let at = 0
    while (at < bytes.length) {
      if (held === 0 && bytes.length - at >= 64) {
        compress(bytes, at)
        at += 64
        continue
      }
      const take = Math.min(64 - held, bytes.length - at)
      block.set(bytes.subarray(at, at + take), held)
      held += take
      at += take
      if (held === 64) {
        compress(block, 0)
        held = 0
      }
    }
  }
  const digest = () => {
    const bits = total * 8
    const tail = new Uint8Array(held < 56 ? 64 - held : 128 - held)
    tail[0] = 0x80
    const view = new DataView(tail.buffer)
    view.setUint32(tail.length - 8, Math.floor(bits / 0x100000000))
    view.setUint32(tail.length - 4, bits >>> 0)
    update(tail)
    return Array.from(h, (x) => x.toString(16).padStart(8, '0')).join('')
  }
  return { update, digest }
}

const PIECE = 4 * 1024 * 1024

const hashFile = async (file, progress) => {
  const hash = startSha256()
  for (let at = 0; at < file.size; at += PIECE) {
    hash.update(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()))
    progress(Math.min(1, (at + PIECE) / file.size))
  }
  return hash.digest()
}

// A label's square names the row of the list after the hash, which never reaches the server.
const tellLabel = () => {
  const place = document.getElementById('label')
  const found = /^#[0-9a-f-]{36}\/(\d{1,3})$/.exec(location.hash)
  if (!place || !found) return
  place.hidden = false
  place.textContent = `您扫描的是清单中第 ${found[1]} 项的标签。请核对标签上的名称、数量与当事人手中的清单一致。`
}

const begin = () => {
  tellLabel()
  const drop = document.getElementById('drop')
  const input = document.getElementById('file')
  const bar = document.getElementById('progress')
  const state = document.getElementById('state')
  if (!drop || !input || !bar || !state) return
  drop.hidden = false
  const check = async (file) => {
    bar.hidden = false
    bar.value = 0
    state.textContent = `正在本机计算“${file.name}”的摘要……`
    try {
      const sha256 = await hashFile(file, (done) => {
        bar.value = done
      })
      state.textContent = '摘要已算出，正在与日志比对……'
      location.assign(`/check?sha256=${sha256}`)
    } catch {
      bar.hidden = true
      state.textContent = '读取文件失败，请确认文件没有被移动或占用，然后重新选择。'
    }
  }
  input.addEventListener('change', () => {
    if (input.files && input.files[0]) void check(input.files[0])
  })
  for (const type of ['dragover', 'dragleave', 'drop']) {
    drop.addEventListener(type, (event) => {
      event.preventDefault()
      drop.classList.toggle('over', type === 'dragover')
      const file = type === 'drop' && event.dataTransfer ? event.dataTransfer.files[0] : undefined
      if (file) void check(file)
    })
  }
}
if (typeof document !== 'undefined') begin()
