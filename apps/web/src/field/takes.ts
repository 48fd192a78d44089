import { newId } from '../api/new-id.ts'
import { disk } from './disk/disk.ts'
import type { Found } from './disk/disk-messages.ts'
import { observed } from './observed.ts'
import { phoneNow } from './phone-clock.ts'
import { keys, sessions, takes as saved } from './phone-db.ts'
import { NO_WORDS, type Take } from './take.ts'

/** Every run that this phone knows of, the latest first. */
export const takes = observed<readonly Take[]>([])
export const takesNow = (): readonly Take[] => takes.get()

const ordered = (all: readonly Take[]) => all.toSorted((a, b) => b.begunAt.localeCompare(a.begunAt))

export const keepTake = async (take: Take): Promise<void> => {
  takes.set(ordered([...takesNow().filter((one) => one.chain !== take.chain), take]))
  await saved.put(take.chain, take)
}

/** What has come may be forgotten; the newest of it stays to be seen. */
const REMEMBERED = 30
const forget = async (all: readonly Take[]): Promise<readonly Take[]> => {
  const done = ordered(all).filter((take) => take.state.is === 'confirmed')
  const old = new Set(done.slice(REMEMBERED).map((take) => take.chain))
  for (const chain of old) await saved.remove(chain)
  return all.filter((take) => !old.has(take.chain))
}

/** A run whose row was lost: its own opening record says what it is. */
const fromFiles = (chain: string, { open, sizes }: Found): Take => {
  const at = open?.wall ?? phoneNow()
  return {
    chain,
    session: open?.session ?? newId(),
    take: open?.take ?? 1,
    personId: open?.officer.id ?? '',
    medium: open?.medium ?? 'video',
    mime: open?.mime ?? 'video/webm',
    begunAt: at,
    endedAt: at,
    sizes,
    marks: [],
    state: { is: 'recording' },
    isClosed: false,
    told: [],
  }
}

const recoverOne = async (chain: string, known: Take | undefined): Promise<Take> => {
  const found = await disk({ do: 'recover', chain, keys: await keys.all(), wall: phoneNow() })
  const take = known ?? fromFiles(chain, found)
  const endedAt = found.lastAt ?? take.endedAt
  const wasCut = found.close?.cause === 'page-ended'
  return {
    ...take,
    sizes: found.sizes,
    marks: found.marks.filter(({ code }) => code !== 'interruption-explained'),
    endedAt,
    state: { is: 'kept' },
    isClosed: found.close !== undefined,
    ...((wasCut || found.close === undefined) &&
      take.break === undefined && { isUnexplained: true, break: { from: endedAt, cause: 'device-fault' } }),
  }
}

/** One run that cannot be ended, on a full phone, keeps none of the others from being sent; it is tried again at the next start. */
const unreadable = (take: Take) => (): Take => ({ ...take, problem: NO_WORDS })

/**
 * At the start: what an earlier page was recording is ended, and says that it was interrupted; what has no row but lies on
 * the disk is taken up again. Only one page of a phone may do this.
 */
export const restoreTakes = async (): Promise<void> => {
  const rows = await forget(await saved.all())
  const onDisk = new Set(await disk({ do: 'list' }))
  takes.set(ordered(rows))
  const cut = rows.filter((take) => take.state.is === 'recording')
  for (const take of cut) {
    if (!onDisk.has(take.chain)) continue
    const recovered = await recoverOne(take.chain, take).catch(unreadable(take))
    if (recovered.sizes.length === 0 && recovered.problem === undefined) await dropEmpty(take.chain)
    else await keepTake(recovered)
  }
  const known = new Set(rows.map((take) => take.chain))
  for (const chain of onDisk)
    if (!known.has(chain)) {
      const recovered = await recoverOne(chain, undefined).catch(() => undefined)
      if (recovered?.sizes.length === 0) await disk({ do: 'remove', chain })
      else if (recovered) await keepTake(recovered)
    }
  await endOldSessions()
}

/** Not one segment had come: there is nothing to keep. */
const dropEmpty = async (chain: string): Promise<void> => {
  await disk({ do: 'remove', chain })
  await saved.remove(chain)
  takes.set(takesNow().filter((take) => take.chain !== chain))
}

/** No camera runs at the start of a page: whatever session was open has ended. */
const endOldSessions = async (): Promise<void> => {
  for (const session of await sessions.all()) {
    if (session.endedAt !== undefined) continue
    const last = takesNow().find((take) => take.session === session.session)
    const own = takesNow().filter((take) => take.session === session.session)
    await sessions.put(session.session, {
      ...session,
      // A run that this phone has forgotten was still a run.
      takes: Math.max(session.takes, ...own.map((take) => take.take)),
      endedAt: last?.endedAt ?? phoneNow(),
    })
  }
}
