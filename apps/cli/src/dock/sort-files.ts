import { join } from 'node:path'
import { FoundFile, sortDockedFiles } from '@liuhen/api/routes/dockings'
import type { Session } from '../api-session.ts'
import { describeFile } from '../upload-client.ts'
import type { CardFile } from './read-card.ts'
import { readName, type NameRead, type Profile } from './profile.ts'

type Found = FoundFile['found']

const CHINA = new Intl.DateTimeFormat('sv-SE', {
  dateStyle: 'short',
  timeStyle: 'medium',
  timeZone: 'Asia/Shanghai',
})

/** A name without a time is dated by the file system; a film whose beginning nobody knows is none. */
const timesOf = (f: CardFile, read: NameRead): Readonly<{ madeFrom: string; madeTo: string }> | undefined => {
  const photo = read.format.medium === 'photo'
  const from = read.from ?? (photo ? f.modifiedAt : f.birthAt)
  if (photo) return { madeFrom: from, madeTo: from }
  return Date.parse(from) < Date.parse(f.modifiedAt) ? { madeFrom: from, madeTo: f.modifiedAt } : undefined
}

/** What the station tells the server of a file: a recording with what its name says, or why it can be none. */
export const foundOf = (profile: Profile, f: CardFile, deviceId: string): Found => {
  const read = readName(profile, f.path)
  if ('aside' in read) return read
  if (f.sizeBytes === 0) return { aside: 'empty', note: '空文件' }
  if (read.device !== undefined && read.device !== deviceId)
    return { aside: 'other-device', note: `文件名中的设备是 ${read.device}，本次采集的设备是 ${deviceId}` }
  const times = timesOf(f, read)
  if (times === undefined)
    return {
      aside: 'bad-time',
      note: `看不出录制的起止时间：文件最后修改于 ${CHINA.format(Date.parse(f.modifiedAt))}`,
    }
  const { format, officer, from, segment } = read
  return {
    ...format,
    ...times,
    ...(officer !== undefined && { officerNo: officer }),
    ...(segment !== undefined && { session: { id: `${deviceId} ${from ?? ''}`.trim(), segment } }),
  }
}

/** The device that most names tell of; undefined when none does. */
export const deviceOf = (profile: Profile, files: readonly CardFile[]): string | undefined => {
  const counts = new Map<string, number>()
  for (const f of files) {
    const read = readName(profile, f.path)
    if ('aside' in read || read.device === undefined) continue
    counts.set(read.device, (counts.get(read.device) ?? 0) + 1)
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0]
}

const BATCH = 50

const readFile = async (root: string, f: CardFile): Promise<Readonly<{ sha256: string }> | string> => {
  try {
    const read = await describeFile(join(root, f.path))
    return read.sizeBytes === f.sizeBytes ? read : '在读取时变了，请检查设备是否还在录制'
  } catch (e) {
    return `读不出来（${e instanceof Error ? e.message : String(e)}）`
  }
}

type Sorting = Readonly<{
  session: Session
  dockingId: string
  root: string
  profile: Profile
  deviceId: string
  onHashed: (bytes: number) => void
}>

export type Read = Readonly<{
  /** What this run read of each file. */
  digests: ReadonlyMap<string, string>
  /** Those that could not be read, or changed meanwhile, and why; they stay listed. */
  failed: readonly string[]
}>

/** Reads every byte once for its digest and registers what it is, fifty files at a time. One that fails holds up no other. */
export const sortFiles = async (x: Sorting, files: readonly CardFile[]): Promise<Read> => {
  const send = (batch: readonly FoundFile[]) =>
    x.session.call(sortDockedFiles, { params: { id: x.dockingId }, body: { files: [...batch] } })
  let batch: FoundFile[] = []
  const digests = new Map<string, string>()
  const failed: string[] = []
  for (const f of files) {
    const read = await readFile(x.root, f)
    x.onHashed(f.sizeBytes)
    if (typeof read !== 'object') {
      failed.push(`${f.path}：${read}`)
      continue
    }
    digests.set(f.path, read.sha256)
    batch.push({ path: f.path, sha256: read.sha256, found: foundOf(x.profile, f, x.deviceId) })
    if (batch.length < BATCH) continue
    await send(batch)
    batch = []
  }
  if (batch.length > 0) await send(batch)
  return { digests, failed }
}
