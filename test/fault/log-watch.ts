import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { equalBytes } from '@liuhen/ledger/bytes'
import { parseCheckpoint, type Checkpoint } from '@liuhen/ledger/checkpoint'
import { edgeRoot } from '@liuhen/ledger/edge'
import { parseNote } from '@liuhen/ledger/note'
import { nodeHashes } from '../../apps/server/src/event-store/seal-event.ts'
import { readEdge } from '../../apps/server/src/ledger/log-folder.ts'

const LOOK_EVERY_MS = 3
const Memory = z.object({ size: z.int() })

/** Of the signer: 0 before its first signature, undefined when it is no whole file. */
const rememberedSize = (memory: string | undefined): number | undefined => {
  if (memory === undefined) return 0
  try {
    return Memory.parse(JSON.parse(memory)).size
  } catch {
    return undefined
  }
}

const textOf = (path: string): Promise<string | undefined> => readFile(path, 'utf8').catch(() => undefined)

const checkpointIn = (text: string): Checkpoint | undefined => parseCheckpoint(parseNote(text)?.text ?? '')

/** The newest checkpoint as a reader finds it; 0 entries before the first. */
export const publishedSize = async (dataDir: string): Promise<number> =>
  checkpointIn((await textOf(join(dataDir, 'log', 'checkpoint'))) ?? '')?.size ?? 0

/**
 * Looks at the published log all the time, as a reader who comes at the worst moment: the checkpoint is whole and never
 * goes back, never has two roots, what it promises is there, and the signer remembers it.
 */
export const watchLog = (dataDir: string) => {
  const faults = new Set<string>()
  const path = join(dataDir, 'log', 'checkpoint')
  let last: Checkpoint | undefined
  let looks = 0

  const judge = async (text: string): Promise<void> => {
    const now = checkpointIn(text)
    if (now === undefined) {
      faults.add('a checkpoint that cannot be read')
      return
    }
    if (last !== undefined && now.size < last.size) faults.add('a checkpoint that went back')
    if (last !== undefined && now.size === last.size && !equalBytes(now.root, last.root))
      faults.add('two roots of one size')
    if (now.size === last?.size) return
    last = now
    const remembered = rememberedSize(await textOf(join(dataDir, 'signer', 'high-water.json')))
    if (remembered === undefined) faults.add('a memory of the signer that cannot be read')
    else if (remembered < now.size) faults.add('a signature that the signer forgot')
    const edge = await readEdge(join(dataDir, 'log'), now.size)
    if (edge !== undefined && equalBytes(edgeRoot(nodeHashes.sha256, edge), now.root)) return
    // A later checkpoint may have swept the files of this one meanwhile.
    if ((await textOf(path)) === text) faults.add('a checkpoint without its entries')
  }

  let stopped = false
  const watching = (async () => {
    while (!stopped) {
      const text = await textOf(path)
      if (text !== undefined) await judge(text)
      looks += 1
      await pause(LOOK_EVERY_MS)
    }
  })()
  // It is told by `stop`, when everything else has been stopped too.
  watching.catch(() => undefined)
  return {
    faults: (): readonly string[] => [...faults],
    looks: () => looks,
    stop: async () => {
      stopped = true
      await watching
    },
  }
}
