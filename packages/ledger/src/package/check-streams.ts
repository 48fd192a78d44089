import { fromBase64, equalBytes, toHex } from '../bytes.ts'
import { parseCanonical } from '../canonical.ts'
import { hashText, type CheckedEvent } from './check-events.ts'
import { EXPORT_EVENT, ExportPointer, ExportStatement } from './documents.ts'
import * as at from './paths.ts'
import type { Primitives } from './primitives.ts'
import type { Scan } from './read-package.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

type Sm3 = Pick<Primitives, 'sm3'>
type Streams = ReadonlyMap<string, readonly CheckedEvent[]>

const streamPath = (streamId: string): string => `proofs/streams/${streamId}`

export const byStream = (events: readonly CheckedEvent[]): Streams => {
  const streams = new Map<string, CheckedEvent[]>()
  for (const event of events) {
    const known = streams.get(event.streamId) ?? []
    known.push(event)
    streams.set(event.streamId, known)
  }
  return streams
}

/** What is wrong between an event and the one before it; undefined when they join. */
const brokenJoin = (before: CheckedEvent | undefined, event: CheckedEvent): string | undefined => {
  const expected = (before?.version ?? 0) + 1
  if (event.version !== expected) return `第 ${expected} 条缺失`
  const prev = event.leaf.p === null ? undefined : fromBase64(event.leaf.p)
  if (before && !(prev && equalBytes(prev, before.leafHash))) return '与前一条的摘要不相扣'
  const inOrder = before?.index === undefined || event.index === undefined || before.index < event.index
  return inOrder ? undefined : '在日志中的次序早于前一条'
}

const checkStream = (streamId: string, events: readonly CheckedEvent[]): Item[] => {
  const broken = events.flatMap((event, i) => {
    const why = brokenJoin(events[i - 1], event)
    return why === undefined ? [] : [fail('stream', event.path, why)]
  })
  return broken.length > 0 ? broken : [pass('stream', streamPath(streamId), `共 ${events.length} 条`)]
}

/** The head that the statement names must be the last event here; in the case's stream, the one before the export. */
const checkHead = (
  stated: ExportStatement['streams'][number],
  events: readonly CheckedEvent[] | undefined,
  exported: CheckedEvent,
): Item => {
  const path = streamPath(stated.streamId)
  const last = events?.at(-1)
  if (!events || !last) return fail('export', path, '导出登记列有此事件流，包内没有')
  const own = stated.streamId === exported.streamId
  const expectedLast = own ? stated.head + 1 : stated.head
  if (last.version !== expectedLast || (own && last !== exported)) {
    return fail('export', path, `导出登记的末条是第 ${expectedLast} 条，包内末条是第 ${last.version} 条`)
  }
  const head = events.find((e) => e.version === stated.head)
  return head && hashText(head) === stated.leafHash
    ? pass('export', path, `截至第 ${stated.head} 条`)
    : fail('export', path, '末条的摘要与导出登记不一致')
}

const checkPayloadBound = (scan: Scan, statement: ExportStatement): Item => {
  const stated = statement.payloadManifestSha256
  if (stated === undefined) return notChecked('payload-bound', at.MANIFEST, '导出登记没有记载载荷清单的摘要')
  return scan.files.get(at.MANIFEST)?.sha256 === stated
    ? pass('payload-bound', at.MANIFEST)
    : fail('payload-bound', at.MANIFEST, '载荷清单与导出登记记载的摘要不一致')
}

/** The same by SM3 alone: the statement's own SM3 commitment stands in its leaf. */
const checkSm3Bound = (scan: Scan, { payloadManifestSm3: stated }: ExportStatement, p: Sm3): Item[] => {
  const bytes = scan.files.get(at.MANIFEST_SM3)?.bytes
  if (stated === undefined)
    return bytes === undefined
      ? []
      : [notChecked('payload-bound', at.MANIFEST_SM3, '导出登记没有记载 SM3 清单的摘要')]
  if (bytes === undefined)
    return [fail('payload-bound', at.MANIFEST_SM3, '导出登记记有 SM3 清单的摘要，包内没有这个清单')]
  return [
    toHex(p.sm3(bytes)) === stated
      ? pass('payload-bound', at.MANIFEST_SM3)
      : fail('payload-bound', at.MANIFEST_SM3, 'SM3 清单与导出登记记载的摘要（SM3）不一致'),
  ]
}

const readPointer = (scan: Scan): ExportPointer | undefined => {
  const json = parseCanonical(scan.files.get(at.EXPORT)?.bytes ?? new Uint8Array())
  return json.ok ? ExportPointer.safeParse(json.value).data : undefined
}

/** The event that the package says to be its export; undefined where it is none. */
export const findExport = (scan: Scan, streams: Streams): CheckedEvent | undefined => {
  const pointer = readPointer(scan)
  const event = pointer && streams.get(pointer.streamId)?.find((e) => e.version === pointer.version)
  return event?.leaf.t === EXPORT_EVENT ? event : undefined
}

const checkExport = (scan: Scan, streams: Streams, p: Sm3): Item[] => {
  if (!readPointer(scan)) return [fail('export', at.EXPORT, '缺失或者格式不对')]
  const exported = findExport(scan, streams)
  if (exported === undefined) return [fail('export', at.EXPORT, '所指的事件不在包内，或者不是导出登记')]
  const statement = ExportStatement.safeParse(exported.parts.public)
  if (!statement.success) {
    return [fail('export', exported.path, '导出登记的公开部分没有披露，或者没有列明各事件流的末条')]
  }
  const stated = new Set(statement.data.streams.map((s) => s.streamId))
  const unstated = [...streams.keys()].filter((id) => !stated.has(id))
  return [
    ...statement.data.streams.map((s) => checkHead(s, streams.get(s.streamId), exported)),
    ...unstated.map((id) => fail('export', streamPath(id), '导出登记没有列出此事件流')),
    ...(stated.has(exported.streamId) ? [] : [fail('export', at.EXPORT, '导出登记没有列出案件自己的事件流')]),
    ...(stated.size === statement.data.streams.length
      ? []
      : [fail('export', at.EXPORT, '导出登记重复列出事件流')]),
    checkPayloadBound(scan, statement.data),
    ...checkSm3Bound(scan, statement.data, p),
  ]
}

/** Nothing missing at the front, in the middle or at the end. */
export const checkStreams = (scan: Scan, events: readonly CheckedEvent[], p: Sm3): Item[] => {
  const streams = byStream(events)
  return [...[...streams].flatMap(([id, list]) => checkStream(id, list)), ...checkExport(scan, streams, p)]
}
