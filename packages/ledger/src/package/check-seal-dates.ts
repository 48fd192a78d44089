import type { CheckedSeal } from '../seal/check-sealing.ts'
import type { SealCertificate } from '../seal/read-seals.ts'
import type { CheckedEvent } from './check-events.ts'
import { fail, type Item, notChecked, pass } from './report.ts'

/** When a paper was issued, and which event says so. */
export type Issue = Readonly<{ at: string; stated: boolean }>

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const occurredAt = ({ parts, leaf }: CheckedEvent): string => {
  const said = member(member(parts.internal, 'envelope'), 'occurredAt')
  return typeof said === 'string' && !Number.isNaN(Date.parse(said)) ? said : leaf.at
}

/**
 * The issue of the paper that this event names; where the package does not hold it, the event itself, which is later:
 * then a date outside says little.
 */
export const issueOf = (events: readonly CheckedEvent[], rendered: CheckedEvent): Issue => {
  const id = member(rendered.parts.public, 'documentId')
  const issued = events.find(
    (e) =>
      e.leaf.t === 'DocumentIssued' &&
      e.streamId === rendered.streamId &&
      id !== undefined &&
      member(e.parts.public, 'documentId') === id,
  )
  return issued === undefined
    ? { at: occurredAt(rendered), stated: false }
    : { at: occurredAt(issued), stated: true }
}

const isWithin = ({ notBefore, notAfter }: SealCertificate, at: string): boolean =>
  Date.parse(notBefore) <= Date.parse(at) && Date.parse(at) <= Date.parse(notAfter)

/** A certificate must have held when the paper was issued, as the log has it: what the paper says of its time is not asked. */
export const checkDate = (path: string, { certificate: c }: CheckedSeal, { at, stated }: Issue): Item => {
  const said = `${c.name}，证书有效期 ${c.notBefore} 至 ${c.notAfter}，${stated ? '制发' : '文书入账'}于 ${at}`
  if (isWithin(c, at)) return pass('seal-date', path, said)
  return stated
    ? fail('seal-date', path, `${said}；制发时证书不在有效期内`)
    : notChecked(
        'seal-date',
        path,
        `${said}；入账时证书不在有效期内，卷包里没有制发的事件，无法核对制发的时间`,
      )
}
