import type { ResponseOf } from '@liuhen/api/route'
import { DeviceRow, type listDevices as route } from '@liuhen/api/routes/devices'
import { canKeepRegisters } from '@liuhen/domain/case/can'
import { devicesIn } from '@liuhen/domain/device/device'
import { readingOf } from '@liuhen/domain/device/meaning'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { deny, type Refusal } from '@liuhen/domain/refusal'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { readRegisters } from '../case-stream/read-registers.ts'
import { withAgency, type Tx } from '../postgres/transaction.ts'

type Seen = Readonly<{
  number: string
  dockedAt: string | null
  clock: unknown
  recordings: number
  unsent: number
  lastAt: string | null
}>

/** What stations and films tell of each number, the last measured clock among it. */
const SEEN = `
  WITH docked AS (
    SELECT device_id, max(begun_at) AS docked_at,
           (array_agg(clock ORDER BY begun_at DESC) FILTER (WHERE clock IS NOT NULL))[1] AS clock
      FROM app.docking_row WHERE agency_id = $1 GROUP BY device_id),
  filmed AS (
    SELECT device_id, count(*) FILTER (WHERE status <> 'registered')::integer AS recordings,
           count(*) FILTER (WHERE status = 'registered')::integer AS unsent, max(made_to) AS last_at
      FROM app.recording_row WHERE agency_id = $1 GROUP BY device_id)
  SELECT device_id AS number, d.docked_at AS "dockedAt", d.clock,
         coalesce(f.recordings, 0) AS recordings, coalesce(f.unsent, 0) AS unsent,
         greatest(d.docked_at, f.last_at) AS "lastAt"
    FROM docked d FULL JOIN filmed f USING (device_id) ORDER BY device_id`

const seenNumbers = async (tx: Tx, agencyId: string): Promise<readonly Seen[]> =>
  (await tx.query<Seen>(SEEN, [agencyId])).rows

const NOTHING = { dockedAt: null, clock: null, recordings: 0, unsent: 0 }

/** Every device of the agency's registers with what stations and films tell of it, and the numbers that no register has. */
export const listDevices = async (
  { store, library }: CaseDeps,
  actor: Actor,
): Promise<ResponseOf<typeof route> | Refusal> => {
  const can = canKeepRegisters(actor)
  if (can !== true) return deny(can)
  const reading = readingOf(library.law.procedures)
  const { registers, seen } = await withAgency(store, actor.agencyId, async (tx) => ({
    registers: await readRegisters(tx, reading.registers),
    seen: await seenNumbers(tx, actor.agencyId),
  }))
  const byNumber = new Map(seen.map((s) => [s.number, s]))
  const items = registers.flatMap(({ id, facts }) =>
    devicesIn(facts, reading).map((device) => {
      const { dockedAt, clock, recordings, unsent } = byNumber.get(device.number) ?? NOTHING
      const told = { dockedAt: dockedAt ?? undefined, clock: clock ?? undefined, recordings, unsent }
      return DeviceRow.parse(present({ registerId: id, ...device, ...told }))
    }),
  )
  const known = new Set(items.map((d) => d.number))
  return {
    registers: registers.map(({ id, title }) => ({ id, title })),
    items,
    strangers: seen
      .filter((s) => !known.has(s.number))
      .map(({ number, recordings, unsent, lastAt }) =>
        present({ number, recordings: recordings + unsent, lastAt: lastAt ?? undefined }),
      ),
  }
}
