import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { FoundFile } from '@liuhen/api/routes/dockings'
import { extensionOf, MEDIA_FORMATS, type MediaFormat } from '@liuhen/domain/recording/formats'

const Pattern = z.string().refine(isPattern, { error: '不是正则表达式。' })

/** How a make of device names its files and tells its time. A profile is tried on its own examples before it is used. */
const Profile = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  name: z.string(),
  /** In which zone the device's clock runs, as `+08:00`. */
  zone: z.string().regex(/^[+-]\d{2}:\d{2}$/),
  /** Of the path on the card; groups `officer`, `device`, `from` (yyyyMMddHHmmss) and `segment`, each where there is one. */
  names: z.array(Pattern).min(1),
  formats: z.array(z.enum(Object.keys(MEDIA_FORMATS))).min(1),
  /** Extensions of files that go with a recording: position, log, subtitles. */
  sidecars: z.array(z.string()).default([]),
  /** What the operating system or the device leaves on a card; never a film. */
  system: z.array(Pattern).default([]),
  /** A file in which the device writes its time when it is docked; group `at` (yyyyMMddHHmmss). */
  clock: z.strictObject({ file: z.string(), pattern: Pattern }).optional(),
  examples: z
    .array(
      z.strictObject({
        path: z.string(),
        reads: z
          .strictObject({
            officer: z.string().optional(),
            device: z.string().optional(),
            from: z.string().optional(),
            segment: z.int().optional(),
          })
          .optional(),
        aside: z.string().optional(),
      }),
    )
    .min(1),
})
export type Profile = z.infer<typeof Profile>

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u').flags === 'u'
  } catch {
    return false
  }
}

type AsideFound = Extract<FoundFile['found'], { aside: unknown }>

export type NameRead = Readonly<{
  format: MediaFormat
  officer?: string
  device?: string
  /** As the device gave it, with its zone. */
  from?: string
  segment?: number
}>

const DIGITS = /^(\d{4})(\d{2})(\d{2})_?(\d{2})(\d{2})(\d{2})$/

/** yyyyMMddHHmmss in the device's zone; undefined when there is no such moment. */
export const readDigits = (digits: string, zone: string): string | undefined => {
  const m = DIGITS.exec(digits)
  if (m === null) return undefined
  const [, y, mo, d, h, mi, s] = m
  const local = `${y}-${mo}-${d}T${h}:${mi}:${s}`
  // A day that is not, as 2026-02-30, would roll over to another.
  const same = new Date(`${local}Z`)
  return Number.isNaN(same.getTime()) || same.toISOString().slice(0, 19) !== local
    ? undefined
    : `${local}${zone}`
}

const matches = (patterns: readonly string[], path: string) =>
  patterns.map((p) => new RegExp(p, 'u').exec(path)).find((m) => m !== null)

const aside = (reason: AsideFound['aside'], note: string): AsideFound => ({ aside: reason, note })

/** What the name of a file says, or why it says nothing. A film is never taken for a sidecar or a system file. */
export const readName = (p: Profile, path: string): NameRead | AsideFound => {
  const extension = extensionOf(path)
  const format = MEDIA_FORMATS[extension]
  if (format === undefined && matches(p.system, path)) return aside('sidecar', '操作系统或者设备自己的文件')
  if (p.sidecars.includes(extension)) return aside('sidecar', '随录像产生的附属文件')
  const groups = matches(p.names, path)?.groups ?? (matches(p.names, path) ? {} : undefined)
  if (groups === undefined) return aside('unknown-name', `文件名不符合“${p.name}”`)
  if (format === undefined || !p.formats.includes(extension))
    return aside('unknown-format', `“${p.name}”的设备不产生 .${extension} 文件`)
  const { officer, device, from: digits, segment } = groups
  const from = digits === undefined ? undefined : readDigits(digits, p.zone)
  if (digits !== undefined && from === undefined)
    return aside('unknown-name', `文件名中的时间 ${digits} 不存在`)
  return {
    format,
    ...(officer !== undefined && { officer }),
    ...(device !== undefined && { device }),
    ...(from !== undefined && { from }),
    ...(segment !== undefined && { segment: Number(segment) }),
  }
}

/** The examples of a profile that it does not read as it says; empty when it holds. */
export const failedExamples = (p: Profile): readonly string[] =>
  p.examples.flatMap((e) => {
    const read = readName(p, e.path)
    const { format: _format, ...said } = 'aside' in read ? { format: 0, aside: read.aside } : read
    const wanted = e.aside === undefined ? (e.reads ?? {}) : { aside: e.aside }
    return JSON.stringify(sorted(said)) === JSON.stringify(sorted(wanted))
      ? []
      : [`${e.path}：读作 ${JSON.stringify(said)}，应为 ${JSON.stringify(wanted)}`]
  })
const sorted = (o: object) => Object.entries(o).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Throws with the file and what is wrong in it; a profile that misreads its own examples is not used. */
export const readProfile = (file: string, text: string): Profile => {
  const parsed = Profile.safeParse(parse(text))
  if (!parsed.success) throw new Error(`${file}：${z.prettifyError(parsed.error)}`)
  const failed = failedExamples(parsed.data)
  if (failed.length > 0) throw new Error(`${file} 读不对自己的例子：\n  ${failed.join('\n  ')}`)
  return parsed.data
}

const SHIPPED = join(import.meta.dirname, '../../profiles')

/** Those that come with the program, and those of a folder of the agency's own; an own one takes the place of a shipped one. */
export const loadProfiles = async (ownFolder?: string): Promise<ReadonlyMap<string, Profile>> => {
  const profiles = new Map<string, Profile>()
  for (const folder of [SHIPPED, ...(ownFolder === undefined ? [] : [ownFolder])])
    for (const name of (await readdir(folder)).filter((n) => n.endsWith('.yaml')).toSorted()) {
      const profile = readProfile(join(folder, name), await readFile(join(folder, name), 'utf8'))
      profiles.set(profile.id, profile)
    }
  return profiles
}
