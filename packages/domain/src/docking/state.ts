import {
  type Aside,
  type ClockReading,
  type DockingEvent,
  type ListedFile,
  type ReceiptLine,
  wantsClaim,
} from './events.ts'

/** What became of a listed file. An aside file is at rest once its bytes are kept, or when it has none. */
export type DockedFile = ListedFile &
  (
    | Readonly<{ as: 'listed' }>
    | Readonly<{ as: 'recording'; sha256: string; recordingId: string }>
    | Readonly<{
        as: 'aside'
        sha256: string
        reason: Aside['reason']
        note: string
        kept: boolean
        /** The upload that brought its bytes. */
        uploadId?: string
        resolved?: Readonly<{ recordingId: string } | { stays: string }>
      }>
  )

export type KnownDocking = Readonly<{
  status: 'open' | 'completed' | 'cleared'
  station: string
  deviceId: string
  profile: string
  clock?: ClockReading
  begunAt: string
  /** The user at the station. */
  begunBy: string
  completedAt?: string
  clearedAt?: string
  receipt?: readonly ReceiptLine[]
  /** In the order of the list. */
  files: readonly DockedFile[]
}>
export type DockingState = Readonly<{ status: 'none' }> | KnownDocking

export const initialDocking: DockingState = { status: 'none' }

/** An event that does not fit the state is a programmer's error: the store never holds such a stream. */
const misplaced = (s: DockingState, type: string): never => {
  throw new Error(`${type} cannot follow a docking that is ${s.status}`)
}

type Of<T extends DockingEvent['type']> = Extract<DockingEvent, { type: T }>

const begun = (e: Of<'DockingBegun'>, by: string): KnownDocking => {
  const { station, device, profile, files, clock } = e.data.internal
  return {
    status: 'open',
    station,
    deviceId: device.id,
    profile,
    ...(clock && { clock }),
    begunAt: e.occurredAt,
    begunBy: by,
    files: files.map((f) => ({ ...f, as: 'listed' })),
  }
}

const withFiles = <C extends { path: string }>(
  s: KnownDocking,
  changes: readonly C[],
  change: (file: DockedFile, by: C) => DockedFile,
): KnownDocking => {
  const byPath = new Map(changes.map((c) => [c.path, c]))
  return {
    ...s,
    files: s.files.map((f) => {
      const by = byPath.get(f.path)
      return by === undefined ? f : change(f, by)
    }),
  }
}

const listed = ({ path, sizeBytes, modifiedAt }: DockedFile): ListedFile => ({ path, sizeBytes, modifiedAt })

const setAside = (f: DockedFile, { sha256, reason, note }: Aside): DockedFile => ({
  ...listed(f),
  as: 'aside',
  sha256,
  reason,
  note,
  kept: f.sizeBytes === 0,
})

const resolve = (s: KnownDocking, r: Of<'AsideResolved'>['data']['internal']): KnownDocking =>
  withFiles(s, [r], (f) => {
    if (f.as !== 'aside') return f
    return { ...f, resolved: 'stays' in r ? { stays: r.stays } : { recordingId: r.recordingId } }
  })

const evolveKnown = (s: KnownDocking, e: DockingEvent): KnownDocking => {
  switch (e.type) {
    case 'DockingBegun':
      return misplaced(s, e.type)
    case 'DeviceClockRead':
      return { ...s, clock: e.data.internal.clock }
    case 'DockedFilesRegistered':
      return withFiles(s, e.data.internal.files, (f, { sha256, recordingId }) => ({
        ...listed(f),
        as: 'recording',
        sha256,
        recordingId,
      }))
    case 'DockedFilesSetAside':
      return withFiles(s, e.data.internal.files, setAside)
    case 'AsideBytesKept':
      return withFiles(s, [e.data.internal], (f, { uploadId }) =>
        f.as === 'aside' ? { ...f, kept: true, uploadId } : f,
      )
    case 'AsideBytesRejected':
      return s
    case 'AsideResolved':
      return resolve(s, e.data.internal)
    case 'DockingCompleted':
      return { ...s, status: 'completed', completedAt: e.occurredAt }
    case 'DeviceCleared':
      return { ...s, status: 'cleared', clearedAt: e.occurredAt, receipt: e.data.internal.receipt }
  }
}

/** `by`: the user who made the event. */
export const evolveDocking = (s: DockingState, e: DockingEvent, by = ''): DockingState => {
  if (s.status !== 'none') return evolveKnown(s, e)
  return e.type === 'DockingBegun' ? begun(e, by) : misplaced(s, e.type)
}

export const foldDocking = (events: readonly DockingEvent[]): DockingState =>
  events.reduce<DockingState>((s, e) => evolveDocking(s, e), initialDocking)

/** `kept`: recordings whose bytes are in the store. */
export const isAtRest = (f: DockedFile, kept: ReadonlySet<string>): boolean =>
  f.as === 'recording' ? kept.has(f.recordingId) : f.as === 'aside' && f.kept

/** Aside, kept, and nobody has said yet what it is. */
export const isUnresolved = (f: DockedFile): boolean =>
  f.as === 'aside' && wantsClaim(f.reason) && f.resolved === undefined
