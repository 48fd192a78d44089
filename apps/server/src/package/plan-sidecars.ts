import { createHash } from 'node:crypto'
import { captionedOf, hasCaptions, webVtt } from '@liuhen/domain/recording/captions'
import { RecordingEvent } from '@liuhen/domain/recording/events'
import { foldRecording, isKept } from '@liuhen/domain/recording/state'
import { captionsBeside, chainBeside } from '@liuhen/ledger/package/paths'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { PackagePlan } from './package-rows.ts'

type Sidecar = PackagePlan['sidecars'][number]
type Film = PackagePlan['recordings'][number]

const beside = async (tx: Tx, { name, recordingId }: Film): Promise<readonly Sidecar[]> => {
  const events = await readStreamIn(tx, recordingId)
  const state = foldRecording(events.map((e) => RecordingEvent.parse(e)))
  if (!isKept(state)) return []
  const film = captionedOf(state)
  const text = hasCaptions(film) ? webVtt(film) : undefined
  const bytes = Buffer.from(text ?? '', 'utf8')
  const captions: Sidecar = {
    name: captionsBeside(name),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    recordingId,
    text,
  }
  return [
    ...(text === undefined ? [] : [captions]),
    ...(state.chain ? [{ name: chainBeside(name), ...state.chain, recordingId }] : []),
  ]
}

/** What lies beside the films of a package: what is said in them as captions, and what a phone signed while it recorded. */
export const planSidecars = async (tx: Tx, films: readonly Film[]): Promise<Sidecar[]> => {
  const all: Sidecar[] = []
  for (const film of films) all.push(...(await beside(tx, film)))
  return all
}
