import { toHex } from '@liuhen/ledger/bytes'
import { pureHashes } from '@liuhen/ledger/hashes'

export type HashSay = Readonly<{ done: number }> | Readonly<{ sha256: string }>
const PIECE = 4 * 1024 * 1024

const say = (message: HashSay): void => self.postMessage(message)

async function digest(file: Blob): Promise<void> {
  const hasher = pureHashes.startSha256()
  for (let at = 0; at < file.size; at += PIECE) {
    hasher.update(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()))
    say({ done: Math.min(file.size, at + PIECE) })
  }
  say({ sha256: toHex(hasher.digest()) })
}

self.addEventListener('message', (event: MessageEvent<Blob>) => void digest(event.data))
