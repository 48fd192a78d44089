import { tarReader } from '@liuhen/ledger/package/tar'
import { verifyPackage } from '@liuhen/ledger/package/verify'
import type { Report } from '@liuhen/ledger/package/report'
import { blobSource } from './blob-source.ts'

export type Ask = Readonly<{ file: Blob; policy: string }>
export type Say = Readonly<{ type: 'bytes'; done: number }> | Readonly<{ type: 'report'; report: Report }>

/** About a screen's worth of progress, however large the package. */
const TELL_EVERY_BYTES = 2_000_000

const say = (message: Say): void => self.postMessage(message)

self.addEventListener('message', (event: MessageEvent<Ask>) => {
  const { file, policy } = event.data
  let done = 0
  let told = 0
  const onBytes = (n: number): void => {
    done += n
    if (done - told < TELL_EVERY_BYTES) return
    told = done
    say({ type: 'bytes', done })
  }
  const options = policy === '' ? { onBytes } : { policy, onBytes }
  void verifyPackage(tarReader(blobSource(file)), options).then((report) => say({ type: 'report', report }))
})
