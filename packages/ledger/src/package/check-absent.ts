import { toBase64 } from '../bytes.ts'
import { PART_KEYS, PARTS } from '../leaf.ts'
import { SHRED_EVENT, Shredding, type ShreddedBy, shreddedIn } from '../shredding.ts'
import type { CheckedEvent } from './check-events.ts'
import { byStream } from './check-streams.ts'
import { eventPath } from './paths.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

/** A statement counts when it is in the log, its public part holds, and it names earlier events of its stream as they are. */
const readStatements = (stream: readonly CheckedEvent[]) => {
  const leaves = new Map(stream.map((e) => [e.version, toBase64(e.leafHash)]))
  const said = stream.filter((e) => e.leaf.t === SHRED_EVENT)
  return said.map((e) => {
    const read = Shredding.safeParse(e.parts.public)
    const isSound =
      read.success &&
      e.index !== undefined &&
      read.data.events.every((s) => s.n < e.version && leaves.get(s.n) === s.leaf)
    return { event: e, statement: isSound ? read.data : undefined }
  })
}

const ofPart = (path: string, isHere: boolean, by: ShreddedBy | undefined): Item[] => {
  if (by === undefined) return isHere ? [] : [notChecked('commitment-sha256', path, '这一部分没有随包披露')]
  return isHere
    ? [fail('shredded', path, `第 ${by.version} 条登记这一部分已依法销毁，包内却有`)]
    : [pass('shredded', path, `由第 ${by.version} 条登记，销毁批次 ${by.number}`)]
}

const ofStream = (stream: readonly CheckedEvent[]): Item[] => {
  const read = readStatements(stream)
  const unsound = read
    .filter((r) => r.statement === undefined && r.event.here.includes('public'))
    .map((r) => fail('shredded', r.event.path, '销毁登记格式不对，或者所指的事件与包内的不一致'))
  const goneBy = shreddedIn(
    read.flatMap(({ event: { version }, statement }) => (statement ? [{ version, statement }] : [])),
  )
  const parts = stream.flatMap((e) =>
    PARTS.filter((name) => e.leaf.c[PART_KEYS[name]] !== undefined).flatMap((name) =>
      ofPart(
        `${eventPath(e.streamId, e.version)}.${name}.json`,
        e.here.includes(name),
        goneBy(e.leafHash, name),
      ),
    ),
  )
  return [...unsound, ...parts]
}

/** Compartments that are not in the package: shredded by an event of the same stream, or withheld. Never passed over. */
export const checkAbsentParts = (events: readonly CheckedEvent[]): Item[] =>
  [...byStream(events).values()].flatMap(ofStream)
