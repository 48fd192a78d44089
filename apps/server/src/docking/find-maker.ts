import { readingOf, type Reading } from '@liuhen/domain/device/meaning'
import type { Fact } from '@liuhen/law/fact'
import type { CaseDeps } from '../case-stream/open-case.ts'
import { readRegisters } from '../case-stream/read-registers.ts'
import type { Tx } from '../postgres/transaction.ts'

export type Maker = Readonly<{ personId: string; name: string; certNo?: string }>
type Row = { person_id: string; name: string; cert_no: string | null }

const OFFICERS = `SELECT person_id, name, cert_no FROM app.person
  WHERE left_on IS NULL AND 'officer' = ANY (roles)`

/** The officers of the agency as stations need them: by number, and by a name that only one has. */
export type Officers = Readonly<{
  withNumber: (no: string) => Maker | undefined
  named: (name: string) => Maker | undefined
}>

export const loadOfficers = async (tx: Tx): Promise<Officers> => {
  const { rows } = await tx.query<Row>(OFFICERS)
  const makers = rows.map(
    (r): Maker => ({ personId: r.person_id, name: r.name, ...(r.cert_no !== null && { certNo: r.cert_no }) }),
  )
  const only = (found: readonly Maker[]) => (found.length === 1 ? found[0] : undefined)
  return {
    withNumber: (no) => only(makers.filter((m) => m.certNo === no)),
    named: (name) => only(makers.filter((m) => m.name === name)),
  }
}

const word = (fact: Fact, key: string): string => {
  const value = fact.data?.[key]
  return typeof value === 'string' ? value : ''
}

/** What the agency's device registers (019) say of one device. */
export type DeviceBook = Readonly<{
  /** False where no register has a device of this number. */
  known: boolean
  /** Who had taken it out at that time, by name. */
  takenAt: (at: string) => string | undefined
}>

const entriesOf = (facts: readonly Fact[], deviceId: string, { means }: Reading): readonly Fact[] => {
  const own = new Set(
    facts.flatMap((f) => (means(f) === 'listed' && word(f, 'number') === deviceId ? [f.ref] : [])),
  )
  return facts.filter((f) => own.has(f.ref) || (f.about !== undefined && own.has(f.about)))
}

const takenAt =
  (entries: readonly Fact[], { means }: Reading) =>
  (at: string): string | undefined => {
    const until = entries
      .filter((f) => means(f) === 'issued' || means(f) === 'returned')
      .filter((f) => Date.parse(f.at) <= Date.parse(at))
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .at(-1)
    return until && means(until) === 'issued' ? word(until, 'takenBy') || undefined : undefined
  }

export const loadDeviceBook = async (
  { library }: Pick<CaseDeps, 'library'>,
  tx: Tx,
  deviceId: string,
): Promise<DeviceBook> => {
  const reading = readingOf(library.law.procedures)
  const registers = await readRegisters(tx, reading.registers)
  const entries = registers.flatMap(({ facts }) => entriesOf(facts, deviceId, reading))
  return { known: entries.length > 0, takenAt: takenAt(entries, reading) }
}
