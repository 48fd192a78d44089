import type { Actor } from '@liuhen/domain/event'
import type { Digester } from '../blobs/digest-file.ts'
import type { BlobDeps } from '../blobs/put-blob.ts'
import type { CaseDeps } from '../case-stream/open-case.ts'
import type { MediaTools } from '../media/run-tool.ts'

export type RecordingDeps = CaseDeps &
  Readonly<{
    blobs: BlobDeps
    digester: Digester
    /** Absent without ffmpeg: then checks say that nothing was checked. */
    tools?: MediaTools
    /** The operator's own map: a file. */
    baseMap?: string
  }>

export type RecordingCommand = Readonly<{
  commandId: string
  actor: Actor
  recordingId: string
  /** The route's id, for the log of refused attempts. */
  what: string
}>

export type RecordingDone = Readonly<{ version: number; id: string }>
