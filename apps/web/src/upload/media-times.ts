import type { Medium } from '@liuhen/domain/recording/events'
import { chinaInstant } from '../time/china.ts'
import { movieTime } from './movie-time.ts'

export type MediaTimes = Readonly<{ madeFrom: string; madeTo: string }>

const durationOf = (file: File): Promise<number> =>
  new Promise((resolve) => {
    if (!/^(video|audio)\//.test(file.type)) return resolve(0)
    const media = document.createElement('video')
    const url = URL.createObjectURL(file)
    const end = (seconds: number): void => {
      URL.revokeObjectURL(url)
      resolve(Number.isFinite(seconds) ? seconds : 0)
    }
    media.preload = 'metadata'
    media.addEventListener('loadedmetadata', () => end(media.duration))
    media.addEventListener('error', () => end(0))
    media.src = url
  })

const EIGHT_HOURS = 8 * 3_600_000

const A_MINUTE = 60_000

/**
 * Many recorders write the time of China where the time of Greenwich belongs: then the recording would end after its file
 * was last written, and it began eight hours earlier.
 */
export const likelyStart = (
  said: number | undefined,
  lengthMs: number,
  writtenAt: number,
): number | undefined =>
  [said, said && said - EIGHT_HOURS].find((at) => at !== undefined && at + lengthMs <= writtenAt + A_MINUTE)

/**
 * When a file was made, as far as it tells: a movie says when it began; otherwise a recorder writes it to its end, so that
 * its date in the folder is the end. `end` overrules both (a simulated clock has nothing to do with files). A person may
 * correct it.
 */
export async function guessTimes(file: File, end?: number): Promise<MediaTimes> {
  const length = (await durationOf(file)) * 1000
  // A file that cannot be read tells nothing; sending it will say so.
  const said = end === undefined ? await movieTime(file).catch(() => undefined) : undefined
  const began = likelyStart(said, length, file.lastModified)
  const from = began ?? (end ?? file.lastModified) - length
  return { madeFrom: chinaInstant(from), madeTo: chinaInstant(from + length) }
}

/** A picture of a fixed camera is surveillance; whether a camera is fixed, a file does not tell. */
export const mediumOf = (mime: string, fixed: boolean): Medium => {
  if (mime.startsWith('image/')) return 'photo'
  if (mime.startsWith('audio/')) return 'audio'
  return fixed ? 'surveillance' : 'video'
}
