import type { Medium } from '@liuhen/domain/recording/events'
import { chinaInstant } from '../time/china.ts'

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

/**
 * When a file was made, as far as it tells: a recorder writes it to its end, so that its own time is the end, unless
 * `end` is known better (a simulated clock has nothing to do with files). A person may correct it.
 */
export async function guessTimes(file: File, end: number = file.lastModified): Promise<MediaTimes> {
  const seconds = await durationOf(file)
  return { madeFrom: chinaInstant(end - seconds * 1000), madeTo: chinaInstant(end) }
}

/** A picture of a fixed camera is surveillance; whether a camera is fixed, a file does not tell. */
export const mediumOf = (mime: string, fixed: boolean): Medium => {
  if (mime.startsWith('image/')) return 'photo'
  if (mime.startsWith('audio/')) return 'audio'
  return fixed ? 'surveillance' : 'video'
}
