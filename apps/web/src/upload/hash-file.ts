import type { HashSay } from './hash-worker.ts'

/** SHA-256 of a whole file, off the page's thread and without holding it in memory. */
export const hashFile = (file: Blob, onDone: (bytes: number) => void): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('error', () => {
      worker.terminate()
      reject(new Error('the file could not be read'))
    })
    worker.addEventListener('message', (event: MessageEvent<HashSay>) => {
      if ('done' in event.data) return onDone(event.data.done)
      worker.terminate()
      resolve(event.data.sha256)
    })
    worker.postMessage(file)
  })
