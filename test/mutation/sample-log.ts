import { utf8 } from '@liuhen/ledger/bytes'
import { formatCheckpoint } from '@liuhen/ledger/checkpoint'
import { appendEntries, emptyEdge } from '@liuhen/ledger/edge'
import { ed25519NoteKey, formatNote, formatVkey, signEd25519 } from '@liuhen/ledger/note'
import { nodePrimitives } from '../../apps/cli/src/node-primitives.ts'
import type { Files } from './mutants.ts'

const ORIGIN = 'log.example.gov.cn/enforcement/1'
const SEED = new Uint8Array(32).fill(3)

/** A published log of so many entries, as the sequencer and the signer leave it. */
export const sampleLog = (size: number): Readonly<{ files: Files; vkey: string }> => {
  const entries = Array.from({ length: size }, (_, i) => utf8(`{"n":${i}}`))
  const { root, files } = appendEntries(nodePrimitives.sha256, emptyEdge, entries)
  const text = formatCheckpoint({ origin: ORIGIN, size, root })
  const note = formatNote({ text, signatures: [signEd25519(ORIGIN, SEED, text)] })
  return {
    files: new Map([
      ...files.map((f): [string, Uint8Array] => [f.path, f.bytes]),
      ['checkpoint', utf8(note)],
    ]),
    vkey: formatVkey(ed25519NoteKey(ORIGIN, SEED)),
  }
}
