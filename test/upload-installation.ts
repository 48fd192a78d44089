import { spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Actor } from '@liuhen/domain/event'
import { registerRecording } from '@liuhen/domain/recording/commands'
import type { Manifest, RecordingEvent } from '@liuhen/domain/recording/events'
import { initialRecording, type RecordingState } from '@liuhen/domain/recording/state'
import { isRefusal } from '@liuhen/domain/refusal'
import { execute } from '../apps/server/src/event-store/execute.ts'
import type { Store } from '../apps/server/src/event-store/store.ts'
import { evolveRecorded } from '../apps/server/src/recording/load-recording.ts'
import type { Without } from './fault/lazy-disk.ts'

export type UploadServer = Readonly<{ baseUrl: string; process: ChildProcess; stop: () => Promise<void> }>

export type UploadServerOptions = Readonly<{
  pool?: number
  maxBytes?: number
  /** Threads that read whole files back. */
  threads?: number
  /** Where changes of files are noted, for a loss of power afterwards; see fault/lazy-disk.ts. */
  journal?: string
  without?: readonly (Without | 'lock' | 'own-file')[]
}>

/** The upload path in a process of its own; see upload-server.ts. */
export const startUploadServer = async (
  databaseUrl: string,
  root: string,
  more: UploadServerOptions & Readonly<{ under?: readonly string[]; onePoolThread?: boolean }> = {},
): Promise<UploadServer> => {
  const script = join(import.meta.dirname, 'upload-server.ts')
  const { under = [], onePoolThread = under.length > 0, ...rest } = more
  const [program, ...args] = [...under, process.execPath, script]
  const child = spawn(program, [...args, JSON.stringify({ databaseUrl, root, ...rest })], {
    stdio: ['pipe', 'pipe', under.length > 0 ? 'ignore' : 'inherit'],
    // One thread for files, so that a fault that is injected at the n-th call hits the n-th call.
    env: { ...process.env, ...(onePoolThread && { UV_THREADPOOL_SIZE: '1' }) },
  })
  const exited = once(child, 'exit')
  const port = await Promise.race([
    once(child.stdout, 'data').then(([data]) => String(data).trim()),
    exited.then(() => Promise.reject(new Error('the upload server ended before it listened'))),
  ])
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    process: child,
    stop: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

export const as = (actor: Actor): Record<string, string> => ({
  'x-test-actor': Buffer.from(JSON.stringify(actor)).toString('base64'),
})

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export type Clip = Readonly<{ path: string; bytes: Buffer; sha256: string }>

export const makeClip = async (dir: string, sizeBytes: number): Promise<Clip> => {
  const bytes = randomBytes(sizeBytes)
  const path = join(await mkdtemp(join(dir, 'clip-')), 'clip.mp4')
  await writeFile(path, bytes)
  return { path, bytes, sha256: sha256(bytes) }
}

export const manifestOf = (
  actor: Actor,
  file: Readonly<{ sha256: string; sizeBytes: number }>,
  more: Partial<Manifest> = {},
): Manifest => ({
  ...file,
  fileName: '20260310_0930.mp4',
  mime: 'video/mp4',
  medium: 'video',
  device: { id: 'BWC-07' },
  officer: { personId: actor.personId ?? '', name: actor.name },
  madeFrom: '2026-03-10T09:30:00+08:00',
  madeTo: '2026-03-10T09:30:25+08:00',
  ...more,
})

/** Registers as the slice does; answers the recording's id. */
export const register = async (store: Store, actor: Actor, manifest: Manifest): Promise<string> => {
  const streamId = randomUUID()
  const done = await execute<RecordingState, RecordingEvent>(store, {
    commandId: randomUUID(),
    agencyId: actor.agencyId,
    actor,
    streamType: 'recording',
    streamId,
    initial: initialRecording,
    evolve: evolveRecorded,
    decide: (state, { now }) => registerRecording(state, manifest, { now, actor, handlesCase: false }),
  })
  if (isRefusal(done)) throw new Error(done.code)
  return streamId
}
