import type { DiskAnswer, DiskAsk } from './disk-messages.ts'

/** The phone could not write. `isFull`: for want of room. */
export class DiskError extends Error {
  readonly isFull: boolean
  constructor(name: string, why: string) {
    super(why)
    this.name = 'DiskError'
    this.isFull = name === 'QuotaExceededError'
  }
}

type Said = Readonly<{ id: number; done?: unknown; failed?: string; why?: string }>
type Waiting = Readonly<{ resolve: (done: unknown) => void; reject: (error: Error) => void }>

let worker: Worker | undefined
let last = 0
const waiting = new Map<number, Waiting>()

const start = (): Worker => {
  const begun = new Worker(new URL('./disk-worker.ts', import.meta.url), { type: 'module' })
  begun.addEventListener('message', (event: MessageEvent<Said>) => {
    const { id, done, failed, why = '' } = event.data
    const one = waiting.get(id)
    waiting.delete(id)
    if (failed === undefined) one?.resolve(done)
    else one?.reject(new DiskError(failed, why))
  })
  return begun
}

/** Asks the worker that writes; answered when it is on the disk. */
export const disk = <A extends DiskAsk>(ask: A): Promise<DiskAnswer[A['do']]> => {
  worker ??= start()
  const id = (last += 1)
  const done = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }))
  worker.postMessage({ id, ask }, ask.do === 'segment' ? [ask.bytes] : [])
  return done as Promise<DiskAnswer[A['do']]>
}

const fileIn = async (chain: string, name: 'media' | 'chain'): Promise<File> => {
  const root = await navigator.storage.getDirectory()
  const folder = await (await root.getDirectoryHandle('field')).getDirectoryHandle(chain)
  return (await folder.getFileHandle(name)).getFile()
}

/** The bytes of a run that is no longer written to. */
export const mediaOf = async (chain: string, name: string, type: string): Promise<File> => {
  const file = await fileIn(chain, 'media')
  return new File([file], name, { type, lastModified: file.lastModified })
}
export const chainOf = async (chain: string): Promise<string> => (await fileIn(chain, 'chain')).text()
