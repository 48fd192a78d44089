import { useCallback, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { labelRecording, linkRecording, registerRecording } from '@liuhen/api/routes/recordings'
import { call } from '../api/client.ts'
import { newId } from '../api/new-id.ts'
import { isWhole } from '../recording/labels-for.ts'
import type { Labels } from '../recording/labels-for.ts'
import { useMe } from '../session/me.ts'
import { hashFile } from './hash-file.ts'
import { guessTimes, mediumOf } from './media-times.ts'
import type { MediaTimes } from './media-times.ts'
import { findBegun, sendFile } from './send-file.ts'
import type { Sending } from './send-file.ts'
import type { UploadState } from './upload-state.ts'

export type UploadTarget = Readonly<{
  caseId: string
  step: string
  scene: string
  sceneName: string
  /** The registered fact that it shows, of those that it may show. */
  about?: string | undefined
  shows?: readonly Readonly<{ value: string; label: string }>[]
  /** Put on the recording when it is filed, if the case knows them all. */
  labels: Labels
}>
/** What recorded the files: its number, and what only people know of it. */
export type Recorder = Readonly<{ device: string; fixed: boolean; explosionProof: boolean }>

export type UploadItem = Readonly<{
  id: string
  file: File
  times: MediaTimes
  state: UploadState
  recordingId?: string
  /** It is stored and filed, but could not be labelled: why. */
  unlabelled?: unknown
}>

/** Files on their way: each is hashed, registered, sent in checked chunks, verified by the server, then filed. */
export function useUploads(target: UploadTarget | undefined) {
  const me = useMe()
  const client = useQueryClient()
  const [items, setItems] = useState<readonly UploadItem[]>([])
  const sending = useRef(new Map<string, Sending>())
  const attempts = useRef(new Map<string, Readonly<{ said: string; key: string }>>())
  const change = useCallback((id: string, part: Partial<UploadItem>) => {
    setItems((old) => old.map((item) => (item.id === id ? { ...item, ...part } : item)))
  }, [])
  const add = async (file: File): Promise<void> => {
    const simulated = me.clock.kind === 'simulated'
    const times = await guessTimes(file, simulated ? Date.parse(me.clock.now) : undefined)
    setItems((old) => [...old, { id: newId(), file, times, state: { phase: 'waiting' } }])
  }

  /** The same said again is the same act; corrected times are another. */
  const keyFor = (id: string, said: string): string => {
    const before = attempts.current.get(id)
    if (before?.said === said) return before.key
    const key = newId()
    attempts.current.set(id, { said, key })
    return key
  }

  const register = async (item: UploadItem, recorder: Recorder): Promise<string> => {
    const begun = await findBegun(item.file)
    if (begun !== undefined) return begun
    const { file, times } = item
    const sha256 = await hashFile(file, (done) =>
      change(item.id, { state: { phase: 'hashing', done, of: file.size } }),
    )
    change(item.id, { state: { phase: 'registering' } })
    const suggestion = target && { caseId: target.caseId, step: target.step, scene: target.scene }
    const body = {
      sha256,
      sizeBytes: file.size,
      fileName: file.name,
      mime: file.type === '' ? 'application/octet-stream' : file.type,
      medium: mediumOf(file.type, recorder.fixed),
      device: { id: recorder.device, ...(recorder.explosionProof && { explosionProof: true }) },
      officer: { personId: me.personId ?? me.userId, name: me.name },
      ...times,
      ...(suggestion && { suggestion }),
    }
    const done = await call(registerRecording, { body }, { key: keyFor(item.id, JSON.stringify(body)) })
    if (done.id === undefined) throw new Error('the server registered a recording without an id')
    return done.id
  }

  const run = async (item: UploadItem, recorder: Recorder): Promise<void> => {
    const of = item.file.size
    try {
      const recordingId = item.recordingId ?? (await register(item, recorder))
      change(item.id, { recordingId, state: { phase: 'sending', done: 0, of } })
      const going = sendFile(item.file, recordingId, {
        onSent: (done) => change(item.id, { state: { phase: 'sending', done, of } }),
        onWhole: () => change(item.id, { state: { phase: 'verifying' } }),
      })
      sending.current.set(item.id, going)
      await going.done
      if (target) {
        change(item.id, { state: { phase: 'linking' } })
        const { caseId, step, scene, about, labels } = target
        const params = { id: recordingId }
        await call(linkRecording, { params, body: { caseId, step, scene, ...(about && { about }) } })
        if (isWhole(labels))
          await call(labelRecording, { params, body: labels }).catch((unlabelled: unknown) =>
            change(item.id, { unlabelled }),
          )
      }
      change(item.id, { state: { phase: 'stored' } })
      await client.invalidateQueries()
    } catch (error) {
      change(item.id, { state: { phase: 'failed', error } })
    }
  }
  const pause = (item: UploadItem): void => {
    sending.current.get(item.id)?.pause()
    if (item.state.phase === 'sending') change(item.id, { state: { ...item.state, phase: 'paused' } })
  }
  const resume = (item: UploadItem): void => {
    sending.current.get(item.id)?.resume()
    if (item.state.phase === 'paused') change(item.id, { state: { ...item.state, phase: 'sending' } })
  }
  const remove = (item: UploadItem): void => setItems((old) => old.filter((one) => one.id !== item.id))
  return { items, add, change, run, pause, resume, remove }
}
