import type { Act } from '@liuhen/domain/archival/known-case'
import type { ArchivalScheme } from '@liuhen/domain/archival/scheme'
import type { RecordedEvent } from '@liuhen/domain/event'
import { titleOf } from '../package-contents/told-event.ts'

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

const said = (value: unknown, key: string): string | undefined => {
  const found = member(value, key)
  return typeof found === 'string' && found !== '' ? found : undefined
}

const called = (e: RecordedEvent): string => {
  const rank = said(e.data.public, 'rank')
  return titleOf({ type: e.type, ...(rank === undefined ? {} : { rank }) }, e.streamType === 'case')
}

const act = (e: RecordedEvent, name: string | undefined): Act => {
  const title = called(e)
  const opinion = said(e.data.internal, 'opinion')
  const { personId, userId, name: actor } = e.actor
  return {
    id: e.id,
    act: name ?? title,
    at: e.occurredAt,
    detail: opinion === undefined ? title : `${title}：${opinion}`,
    by: { id: personId ?? userId, name: actor, isPerson: personId !== undefined },
  }
}

/** Acts on a paper: its own events and those on the whole file, as far as the scheme has a name for them. */
export const actsOnDocument = (
  events: readonly RecordedEvent[],
  documentId: string,
  names: NonNullable<ArchivalScheme['acts']>,
): readonly Act[] =>
  events.flatMap((e) => {
    const name = names[e.type]
    const about = said(e.data.public, 'documentId')
    const items = member(e.data.public, 'items')
    const isFiled = Array.isArray(items) && items.some((item) => said(item, 'documentId') === documentId)
    const isOfFile = about === undefined && (items === undefined || isFiled)
    return name !== undefined && (about === documentId || isOfFile) ? [act(e, name)] : []
  })

/** What was done with a recording: every event of its own stream. */
export const actsOnRecording = (events: readonly RecordedEvent[]): readonly Act[] =>
  events.map((e) => act(e, undefined))
