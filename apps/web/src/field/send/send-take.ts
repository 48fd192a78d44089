import { getRecording, keepChain, registerRecording } from '@liuhen/api/routes/recordings'
import { whoAmI } from '@liuhen/api/routes/session'
import type { Me } from '@liuhen/api/routes/session'
import { call } from '../../api/client.ts'
import { asProblem } from '../../api/problem.ts'
import { hashFile } from '../../upload/hash-file.ts'
import { sendFile } from '../../upload/send-file.ts'
import { deviceIdOf } from '../device-key.ts'
import { chainOf, disk, mediaOf } from '../disk/disk.ts'
import { phoneMs } from '../phone-clock.ts'
import { keys } from '../phone-db.ts'
import { keepTake, takesNow } from '../takes.ts'
import { bytesOf, fileNameOf, isDamaged, NO_WORDS, type Take } from '../take.ts'
import { tell } from './tell.ts'

/** The phone's clock beside the server's, by one question and its answer. */
const measureClock = async () => {
  const asked = phoneMs()
  const { clock } = await call(whoAmI, {})
  const answered = phoneMs()
  return {
    clockOffsetMs: Math.round((asked + answered) / 2 - Date.parse(clock.now)),
    clockUncertaintyMs: Math.ceil((answered - asked) / 2) + 1,
  }
}

const deviceOf = async (take: Take) => {
  const key = await keys.get(take.personId)
  return key ? { id: deviceIdOf(key), name: key.label } : { id: 'MB-UNKNOWN' }
}

const now = (chain: string): Take => {
  const take = takesNow().find((one) => one.chain === chain)
  if (take === undefined) throw new Error('this run is not known any more')
  return take
}
const change = (chain: string, part: Partial<Take>): Promise<void> => keepTake({ ...now(chain), ...part })

/** The key of the command is the run's own id, and what is said under it stays the same: registered once, however often the answer was lost. */
const register = async (me: Me, take: Take, file: File): Promise<string> => {
  const { session, take: segment, medium, mime, work, begunAt: madeFrom, endedAt: madeTo } = take
  const clock = take.clock ?? (await measureClock())
  if (take.clock === undefined) await change(take.chain, { clock })
  const body = {
    sha256: await hashFile(file, () => undefined),
    sizeBytes: file.size,
    fileName: file.name,
    mime,
    medium,
    device: { ...(await deviceOf(take)), ...clock },
    officer: { personId: me.personId ?? me.userId, name: me.name },
    madeFrom,
    madeTo,
    session: { id: session, segment },
    ...(take.place && { place: take.place }),
    ...(work && { suggestion: { caseId: work.caseId, step: work.step, scene: work.scene } }),
  }
  const { id } = await call(registerRecording, { body }, { key: take.chain })
  if (id === undefined) throw new Error('the server registered a recording without an id')
  return id
}

const upload = async (chain: string, id: string, file: File): Promise<void> => {
  const { status } = await call(getRecording, { params: { id } })
  if (status !== 'registered') return
  await change(chain, { state: { is: 'sending', sent: 0 } })
  const going = sendFile(file, id, {
    onSent: () => undefined,
    onAccepted: (sent) => void change(chain, { state: { is: 'sending', sent } }),
    onWhole: () => undefined,
  })
  await going.done
}

/** The phone lets go of its copy when the server has read the bytes back and recomputed the chain, and both hold. */
const confirm = async (chain: string, id: string): Promise<void> => {
  const view = await call(getRecording, { params: { id } })
  const check = view.chain?.check
  if (view.stored === undefined || check === undefined) return
  if (isDamaged(check.verdict)) return change(chain, { state: { is: 'held' }, verdict: check.verdict })
  await change(chain, { state: { is: 'confirmed' }, verdict: check.verdict })
  await disk({ do: 'remove', chain })
}

/** The phone has let go of it, and its key was vouched for since: the office has looked again. */
export const hearVerdict = async (chain: string): Promise<void> => {
  const id = now(chain).recordingId
  if (id === undefined) return
  const verdict = (await call(getRecording, { params: { id } })).chain?.check?.verdict
  if (verdict !== undefined && verdict !== now(chain).verdict) await change(chain, { verdict })
}

const bring = async (me: Me, chain: string): Promise<void> => {
  const take = now(chain)
  const file = await mediaOf(chain, fileNameOf(take), take.mime)
  if (file.size < bytesOf(take)) throw new Error('the file of this run is shorter than its record')
  const id = take.recordingId ?? (await register(me, take, file))
  await change(chain, { recordingId: id })
  await call(keepChain, { params: { id }, body: { chain: await chainOf(chain) } })
  await upload(chain, id, file)
  await change(chain, { state: { is: 'stored' } })
}

const wordsOf = (error: unknown): string => {
  const problem = asProblem(error)
  // Away is said by the line; a fault of the program has no words of its own.
  return (
    problem.reasons[0]?.message ??
    problem.title ??
    (problem.status === 0 && problem.code === 'unreachable' ? '' : NO_WORDS)
  )
}

/** One run as far as it goes now. What fails is tried again the next time; nothing that was done is done twice. */
export const sendTake = async (me: Me, chain: string): Promise<void> => {
  try {
    const { is } = now(chain).state
    if (is === 'kept' || is === 'sending') await bring(me, chain)
    await change(chain, { problem: '' })
  } catch (error) {
    await change(chain, { problem: wordsOf(error), state: { is: 'kept' } })
    throw error
  }
  const id = now(chain).recordingId
  if (id === undefined) return
  await tell(chain).then(
    () => change(chain, { unfiled: '' }),
    (error: unknown) => change(chain, { unfiled: wordsOf(error) }),
  )
  if (now(chain).state.is === 'stored') await confirm(chain, id)
}
