import { devicesIn } from '@liuhen/domain/device/device'
import { readingOf } from '@liuhen/domain/device/meaning'
import type { Actor } from '@liuhen/domain/event'
import { readRegisters } from '../case-stream/read-registers.ts'
import type { LawLibrary } from '../law/library.ts'
import type { Tx } from '../postgres/transaction.ts'

/** Numbers of devices and codes of scenes that people call by this word. */
export type Meant = (word: string) => Readonly<{ devices: readonly string[]; scenes: readonly string[] }>

export const nothingMeant: Meant = () => ({ devices: [], scenes: [] })

type Named = Readonly<{ id: string; name: string }>

/** By agency: its devices as its registers stood. A register of thousands of entries takes long to fold. */
const kept = new Map<string, Readonly<{ asOf: string; devices: readonly Named[] }>>()

const devicesOf = async (tx: Tx, { law }: LawLibrary, agencyId: string): Promise<readonly Named[]> => {
  const reading = readingOf(law.procedures)
  const { rows } = await tx.query<{ id: string; version: number }>(
    'SELECT case_id AS id, version FROM app.case_row WHERE register AND procedure = ANY($1) ORDER BY case_id',
    [reading.registers],
  )
  const asOf = rows.map(({ id, version }) => `${id}@${version}`).join(' ')
  const before = kept.get(agencyId)
  if (before?.asOf === asOf) return before.devices
  const registers = await readRegisters(tx, reading.registers)
  const devices = registers.flatMap(({ facts }) =>
    devicesIn(facts, reading).map(({ number, deviceType }) => ({ id: number, name: deviceType })),
  )
  kept.set(agencyId, { asOf, devices })
  return devices
}

const idsLike = (named: readonly Named[], word: string): readonly string[] => {
  const small = word.toLowerCase()
  return named.filter(({ name }) => name.toLowerCase().includes(small)).map(({ id }) => id)
}

/** What the agency's registers call its devices, and the law its scenes: films have only numbers and codes of them. */
export const meantIn = async (tx: Tx, library: LawLibrary, actor: Actor): Promise<Meant> => {
  const devices = await devicesOf(tx, library, actor.agencyId)
  const scenes = [...library.law.scenes].map(([id, name]) => ({ id, name }))
  return (word) => ({ devices: idsLike(devices, word), scenes: idsLike(scenes, word) })
}
