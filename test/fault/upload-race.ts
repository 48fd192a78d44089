import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checksumOf, tusRequests } from '../tus-requests.ts'
import { actor, newRecording, type FaultHouse } from './upload-faults.ts'

const SIZE = 64 * 1024
const RIVALS = 4

/** What one race showed: more than one was told that its bytes are kept, or the file holds others than the winner's. */
export type Race = Readonly<{ winners: number; isMixed: boolean; statuses: readonly number[] }>

/** Four senders bring different bytes for one place at the same time, through any number of processes. */
export const race = async (f: FaultHouse, baseUrls: readonly string[], round: number): Promise<Race> => {
  const { recordingId } = await newRecording(f, 2 * SIZE)
  const url = await tusRequests(baseUrls[0] ?? '', actor).begin(recordingId, 2 * SIZE)
  const rivals = Array.from({ length: RIVALS }, () => randomBytes(SIZE))
  const statuses = await Promise.all(
    rivals.map(async (bytes, i) => {
      const sender = tusRequests(baseUrls[i % baseUrls.length] ?? '', actor)
      // Both ways of writing: whole under a checksum, and piece by piece.
      return (await sender.patch(url, 0, bytes, round % 2 === 0 ? checksumOf(bytes) : {})).status
    }),
  )
  const winners = rivals.filter((_, i) => statuses[i] === 204)
  const id = url.split('/').at(-1) ?? ''
  const names = (await readdir(join(f.root, 'receiving'))).filter((name) => name.startsWith(id))
  const files = await Promise.all(names.map((name) => readFile(join(f.root, 'receiving', name))))
  const isMixed = winners.length !== 1 || !files.some((bytes) => bytes.equals(winners[0] ?? bytes))
  await tusRequests(baseUrls[0] ?? '', actor).ask('DELETE', url)
  return { winners: winners.length, isMixed, statuses }
}
