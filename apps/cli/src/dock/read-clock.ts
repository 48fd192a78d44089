import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClockReading } from '@liuhen/domain/docking/events'
import { readDigits, type Profile } from './profile.ts'
import type { CardFile } from './read-card.ts'

/** A time in whole seconds may be up to this much later than it says. */
const RESOLUTION_MS = 1000

type Read = Readonly<{
  deviceAt: string
  /** Between these two moments of ours the device showed its time. */
  from: Date
  to: Date
  by: ClockReading['by']
}>

/** The middle of what is possible, with half of its width on either side. */
export const clockFrom = ({ deviceAt, from, to, by }: Read): ClockReading => {
  const at = Date.parse(deviceAt)
  const least = at - to.getTime()
  const most = at + RESOLUTION_MS - from.getTime()
  return {
    offsetMs: Math.round((least + most) / 2),
    uncertaintyMs: Math.ceil((most - least) / 2),
    by,
    readAt: to.toISOString(),
  }
}

/**
 * What the device wrote of its time when it was docked: after `absentAt`, when the card was not there yet, and before the
 * file was read. Undefined where the profile knows no such file, the device wrote none, or something on the card is
 * younger by the device's own clock: then the file tells of an earlier docking.
 */
export const readClockFile = async (
  root: string,
  profile: Profile,
  card: Readonly<{ files: readonly CardFile[]; absentAt: Date }>,
  now: () => Date,
): Promise<ClockReading | undefined> => {
  const { clock, zone } = profile
  if (clock === undefined) return undefined
  const written = card.files.find((f) => f.path === clock.file)
  if (written === undefined) return undefined
  const writtenAt = Date.parse(written.modifiedAt)
  if (card.files.some((f) => Date.parse(f.modifiedAt) > writtenAt + 2 * RESOLUTION_MS)) return undefined
  const text = await readFile(join(root, clock.file), 'utf8')
  const digits = new RegExp(clock.pattern, 'u').exec(text)?.groups?.['at']
  const deviceAt = digits === undefined ? undefined : readDigits(digits, zone)
  if (deviceAt === undefined) return undefined
  // By the device's own clock the file is as old as its content; else somebody else wrote it.
  if (Math.abs(writtenAt - Date.parse(deviceAt)) > 2 * RESOLUTION_MS) return undefined
  return clockFrom({ deviceAt, from: card.absentAt, to: now(), by: 'file' })
}

/** What somebody reads off the display, yyyyMMddHHmmss; a person is no quicker than two seconds. */
export const readDisplay = (digits: string, zone: string, now: Date): ClockReading => {
  const deviceAt = readDigits(digits, zone)
  if (deviceAt === undefined) throw new Error(`设备显示的时间须写成 yyyyMMddHHmmss，现为 ${digits}`)
  return clockFrom({ deviceAt, from: new Date(now.getTime() - 2000), to: now, by: 'display' })
}
