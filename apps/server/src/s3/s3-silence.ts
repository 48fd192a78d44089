import { Readable } from 'node:stream'
import { StoreUnreachableError } from '../blobs/blob-store.ts'

/** The bytes of a stream; throws when it is silent for so long. A reader that takes its time is not the stream's silence. */
async function* spoken(body: Readable, idleMs: number, where: string): AsyncGenerator<Uint8Array> {
  const parts = body.iterator({ destroyOnReturn: true })
  try {
    for (;;) {
      let timer: NodeJS.Timeout | undefined
      const silence = new Promise<never>((_resolve, reject) => {
        const late = () => reject(new StoreUnreachableError(`对象存储 ${where}：读到一半，没有按时答复`))
        timer = setTimeout(late, idleMs)
      })
      const next = await Promise.race([parts.next(), silence]).finally(() => clearTimeout(timer))
      if (next.done === true) return
      yield next.value as Uint8Array
    }
  } catch (e) {
    if (e instanceof StoreUnreachableError) throw e
    throw new StoreUnreachableError(`对象存储 ${where}：读到一半，连接中断`)
  } finally {
    body.destroy()
  }
}

export const unlessSilent = (body: Readable, idleMs: number, where: string): Readable => {
  // A destroyed body may still say that it was cut off: nobody is left to hear it.
  body.on('error', () => undefined)
  return Readable.from(spoken(body, idleMs, where), { objectMode: false })
}
