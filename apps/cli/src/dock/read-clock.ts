import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ClockReading } from '@liuhen/domain/docking/events'
import { readDigits, type Profile } from './profile.ts'

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
 * file was read. Undefined where the profile knows no such file, or the device wrote none or wrote it earlier.
 */
export const readClockFile = async (
  root: string,
  profile: Profile,
  absentAt: Date,
  now: () => Date,
): Promise<ClockReading | undefined> => {
  const { clock, zone } = profile
  if (clock === undefined) return undefined
  const file = join(root, clock.file)
  const written = await stat(file).catch(() => undefined)
  if (written === undefined) return undefined
  const digits = new RegExp(clock.pattern, 'u').exec(await readFile(file, 'utf8'))?.groups?.['at']
  const deviceAt = digits === undefined ? undefined : readDigits(digits, zone)
  if (deviceAt === undefined) return undefined
  // By the device's own clock the file is as old as its content; an older file tells of an earlier docking.
  if (Math.abs(written.mtimeMs - Date.parse(deviceAt)) > 2 * RESOLUTION_MS) return undefined
  return clockFrom({ deviceAt, from: absentAt, to: now(), by: 'file' })
}

/** What somebody reads off the display, yyyyMMddHHmmss; a person is no quicker than two seconds. */
export const readDisplay = (digits: string, zone: string, now: Date): ClockReading => {
  const deviceAt = readDigits(digits, zone)
  if (deviceAt === undefined) throw new Error(`设备显示的时间须写成 yyyyMMddHHmmss，现为 ${digits}`)
  return clockFrom({ deviceAt, from: new Date(now.getTime() - 2000), to: now, by: 'display' })
}
