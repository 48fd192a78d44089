import type { AccountGiven } from '@liuhen/domain/agency/settings'
import { DisposalEvent, type DisposalLimits } from '@liuhen/domain/disposal/events'
import { type Acted, releasesIn } from '@liuhen/domain/disposal/lawful'
import type { Actor, RecordedEvent, Role } from '@liuhen/domain/event'
import type { PersonEvent } from '@liuhen/domain/person/events'
import { evolvePerson, initialPerson, type PersonState } from '@liuhen/domain/person/state'
import { z } from 'zod'
import { blobsIn } from '@liuhen/ledger/package/named-blobs'
import { givenIn } from '../agency/account-given.ts'
import { readStreamIn } from '../event-store/read-stream.ts'
import type { Tx } from '../postgres/transaction.ts'
import type { Findings } from './findings.ts'

/** A release that three people had decided, where it stands in the record, and of what. */
export type Release = Readonly<{
  batchId: string
  agencyId: string
  position: number
  /** One of the two. */
  caseFile?: string | undefined
  recordingId?: string | undefined
  /** Bytes that it names: a film, or the papers of a file. */
  bytes: readonly string[]
}>

type Placed = Readonly<{ event: RecordedEvent; position: number }>

const BATCHES = `SELECT DISTINCT stream_id AS id FROM record.event
  WHERE stream_type = 'disposal' AND type = 'DisposalItemReleased' ORDER BY 1`
const POSITIONS = `SELECT version, position::integer FROM record.event WHERE stream_id = $1`

/** Undefined when an envelope cannot be read: the commitments say which. */
const readPlaced = async (tx: Tx, streamId: string): Promise<readonly Placed[] | undefined> => {
  const { rows } = await tx.query<{ version: number; position: number }>(POSITIONS, [streamId])
  const positions = new Map(rows.map((r) => [r.version, r.position]))
  try {
    const events = await readStreamIn(tx, streamId)
    return events.map((event) => ({ event, position: positions.get(event.version) ?? 0 }))
  } catch {
    return undefined
  }
}

const isPerson = (e: RecordedEvent): e is RecordedEvent & PersonEvent => e.streamType === 'person'

const postsIn = (events: readonly RecordedEvent[]): readonly Role[] => {
  try {
    const none: PersonState = initialPerson
    const person = events.filter(isPerson).reduce(evolvePerson, none)
    return person.status === 'registered' && person.active ? person.roles : []
  } catch {
    return []
  }
}

/** What the record knew of somebody at a place in it: an event can give its actor any post. */
const startAsking = (tx: Tx) => {
  const known = new Map<string, readonly Placed[]>()
  return async ({ actor, agencyId }: RecordedEvent, position: number) => {
    const id = actor.personId ?? ''
    const events = known.get(id) ?? (id === '' ? [] : ((await readPlaced(tx, id)) ?? []))
    known.set(id, events)
    const then = events.filter((e) => e.position < position && e.event.agencyId === agencyId)
    const before = then.map((e) => e.event)
    const who: Actor = { ...actor, userId: id, roles: [...postsIn(before)] }
    const given: readonly AccountGiven[] = givenIn(before)
    return { actor: who, given }
  }
}

const Released = z.object({
  caseFile: z.string().optional(),
  recordingId: z.string().optional(),
  sha256: z.string().optional(),
  papers: z.array(z.object({ sha256: z.string() })).optional(),
})

const releaseOf = ({ event, position }: Placed): Release => {
  const said = Released.parse(event.data.internal)
  const { caseFile, recordingId, sha256, papers = [] } = said
  const bytes = [...(sha256 === undefined ? [] : [sha256]), ...papers.map((p) => p.sha256)]
  return { batchId: event.streamId, agencyId: event.agencyId, position, caseFile, recordingId, bytes }
}

/**
 * Every release of the record that the rules of a batch allow, asked anew of each step and of the posts that the record
 * gave the people then; the others are findings. Whoever may append can write a release, and must not be believed.
 */
export const readReleases = async (
  tx: Tx,
  bounds: DisposalLimits,
  findings: Findings,
): Promise<readonly Release[]> => {
  const ask = startAsking(tx)
  const lawful: Release[] = []
  const { rows } = await tx.query<{ id: string }>(BATCHES)
  for (const { id } of rows) {
    const placed = await readPlaced(tx, id)
    if (placed === undefined) {
      findings.add('release-unlawful', id, '销毁批次读不出来，不能确认经过复核和批准')
      continue
    }
    const acted: Acted[] = []
    for (const { event, position } of placed) {
      const { recordedAt } = event
      acted.push({ event: DisposalEvent.safeParse(event).data, recordedAt, ...(await ask(event, position)) })
    }
    for (const { at, ref, why } of releasesIn(acted, bounds)) {
      const one = placed[at]
      if (one === undefined) continue
      if (why === undefined) lawful.push(releaseOf(one))
      else findings.add('release-unlawful', `${ref}（${id} 第${one.event.version}条）`, `不应放行：${why}`)
    }
  }
  return lawful
}

const COPIES = `SELECT stream_id, bytes FROM record.event e JOIN record.payload p USING (event_id)
  WHERE stream_type = 'derivative' AND stream_id IN (
    SELECT d.stream_id FROM record.event d JOIN record.payload q ON q.event_id = d.event_id AND q.part = 'public'
     WHERE d.type = 'DerivativeRequested' AND d.version = 1
       AND convert_from(q.bytes, 'UTF8')::jsonb #>> '{source,recordingId}' = ANY ($1))`

const namedIn = (bytes: Buffer): readonly string[] => {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return blobsIn(value).map(({ blob }) => blob.sha256)
  } catch {
    return []
  }
}

/** Bytes that could be destroyed under these releases: what they name, and what copies of their recordings name. */
export const bytesUnder = async (tx: Tx, releases: readonly Release[]): Promise<ReadonlySet<string>> => {
  const recordings = releases.flatMap(({ recordingId }) => recordingId ?? [])
  const { rows } = await tx.query<{ bytes: Buffer }>(COPIES, [recordings])
  return new Set([...releases.flatMap((r) => r.bytes), ...rows.flatMap((r) => namedIn(r.bytes))])
}
