import { listRegisters, openRegister } from '@liuhen/api/routes/registers'
import { type Office, typing, underWay } from './office.ts'
import type { About, Carried } from './persist.ts'
import { as, workspace } from './play.ts'

/** Nobody in particular: a register is about the office's own work. */
const OWN: About = {
  party: { kind: 'person', name: '李大鹏', representative: '李大鹏', address: '示范小区5号楼' },
  place: '本机关办案区',
  violation: '台账登记',
}

/** Opens a register of this kind; answers it on its way. */
export const openBook = async (office: Office, procedure: string, title: string): Promise<Carried> => {
  const p = typing(underWay(office, OWN))
  const { id } = await as(p, 'unitHead').call(openRegister, { body: { procedure, title } })
  if (id === undefined) throw new Error(`${procedure} was opened without an id`)
  return { ...p, caseId: id }
}

/** The kinds of register that the office's texts want. */
export const kindsKept = async (office: Office): Promise<string[]> => {
  const { items } = await as(underWay(office, OWN), 'unitHead').call(listRegisters)
  return items.map((r) => r.procedure)
}

/** How far the latest duty under this rule has come. */
export const stateOf = async (p: Carried, rule: string): Promise<string | undefined> => {
  const { duties } = (await workspace(p)).evaluation
  return duties.findLast((d) => d.rule === rule)?.state
}

/** Codes of what the whole register shows, errors and warnings. */
export const shownIn = async (p: Carried): Promise<string[]> => {
  const { findings } = (await workspace(p)).evaluation
  return findings.filter((f) => f.severity !== 'info').map((f) => f.code)
}
