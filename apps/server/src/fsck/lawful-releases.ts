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

/** A release that three people had decided, where it stands in the record, and of what: a case file or a recording. */
export type Release = Readonly<{
  batchId: string
  agencyId: string
  position: number
  caseFile?: string | undefined
  recordingId?: string | undefined
  /** The recording's bytes. */
  sha256?: string | undefined
  /** Those that it names as papers of the file. */
  papers: readonly string[]
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

type Known = Pick<Acted, 'given'> & Readonly<{ roles: readonly Role[] }>

/** Whoever cannot be read is one without posts: that something of it is gone is found elsewhere. */
const knownIn = (events: readonly RecordedEvent[]): Known => {
  try {
    const none: PersonState = initialPerson
    const person = events.filter(isPerson).reduce(evolvePerson, none)
    const given: readonly AccountGiven[] = givenIn(events)
    return { roles: person.status === 'registered' && person.active ? person.roles : [], given }
  } catch {
    return { roles: [], given: [] }
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
    const { roles, given } = knownIn(then.map((e) => e.event))
    const who: Actor = { ...actor, userId: id, roles: [...roles] }
    return { actor: who, given }
  }
}

type Released = Extract<DisposalEvent, { type: 'DisposalItemReleased' }>['data']['internal']

const releaseOf = ({ event, position }: Placed, said: Released): Release => {
  const { caseFile, recordingId, sha256, papers = [] } = said
  const { streamId: batchId, agencyId } = event
  return { batchId, agencyId, position, caseFile, recordingId, sha256, papers: papers.map((p) => p.sha256) }
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
      const [one, said] = [placed[at], acted[at]?.event]
      if (one === undefined || said?.type !== 'DisposalItemReleased') continue
      if (why === undefined) lawful.push(releaseOf(one, said.data.internal))
      else findings.add('release-unlawful', `${ref}（${id} 第${one.event.version}条）`, `不应放行：${why}`)
    }
  }
  return lawful
}

const REQUESTED = `SELECT e.stream_id, p.bytes FROM record.event e
    JOIN record.payload p ON p.event_id = e.event_id AND p.part = 'public'
  WHERE e.type = 'DerivativeRequested' AND e.version = 1 AND e.stream_type = 'derivative'`
const SAID = `SELECT e.stream_id, e.agency_id, p.bytes FROM record.event e JOIN record.payload p ON p.event_id = e.event_id
  WHERE e.stream_type = $1 AND e.stream_id = ANY ($2) AND e.type <> 'RecordingLinked'`
type Said = { stream_id: string; agency_id: string; bytes: Buffer }

/** What the bytes say, if they can be read: that they cannot is found with their commitment. */
const saidIn = <T>(bytes: Buffer, read: (value: unknown) => T): T | undefined => {
  try {
    return read(JSON.parse(bytes.toString()))
  } catch {
    return undefined
  }
}
const namedIn = (bytes: Buffer): readonly string[] =>
  saidIn(bytes, blobsIn)?.map(({ blob }) => blob.sha256) ?? []
const Requested = z.object({ source: z.object({ recordingId: z.string() }) })

/** What copies of these recordings name. */
const ofCopies = async (tx: Tx, recordings: ReadonlySet<string>): Promise<readonly string[]> => {
  if (recordings.size === 0) return []
  const requested = await tx.query<Pick<Said, 'stream_id' | 'bytes'>>(REQUESTED)
  const ids = requested.rows.flatMap(({ stream_id, bytes }) => {
    const source = saidIn(bytes, (v) => Requested.parse(v))?.source.recordingId
    return source !== undefined && recordings.has(source) ? [stream_id] : []
  })
  const { rows } = await tx.query<Said>(SAID, ['derivative', ids])
  return rows.flatMap((r) => namedIn(r.bytes))
}

/** Of the papers that a release names those that its own case names; what nothing names any more is asked of nobody. */
const ofFiles = async (tx: Tx, releases: readonly Release[]): Promise<readonly string[]> => {
  const { rows } = await tx.query<Said>(SAID, ['case', releases.flatMap((r) => r.caseFile ?? [])])
  const named = new Set(
    rows.flatMap((r) => namedIn(r.bytes).map((sha) => `${r.agency_id} ${r.stream_id} ${sha}`)),
  )
  return releases.flatMap(({ agencyId, caseFile, papers }) =>
    papers.filter((sha) => named.has(`${agencyId} ${caseFile} ${sha}`)),
  )
}

/**
 * Bytes that could be destroyed under these releases. Films: of recordings themselves; nothing else takes bytes that are
 * a recording's, whatever names them as a paper or a copy.
 */
export const bytesUnder = async (tx: Tx, releases: readonly Release[]) => {
  const films: ReadonlySet<string> = new Set(releases.flatMap((r) => r.sha256 ?? []))
  const copies = await ofCopies(tx, new Set(releases.flatMap((r) => r.recordingId ?? [])))
  const others: ReadonlySet<string> = new Set([...films, ...copies, ...(await ofFiles(tx, releases))])
  return { films, others }
}
