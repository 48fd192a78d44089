import type { Fact } from '@liuhen/law/fact'
import { RECORDING_SHOWS } from '../case/words.ts'

/** Moments that a film shows beside its own scene, as they were noted of it. */
export const scenesShownIn = (facts: readonly Fact[], recordingId: string): string[] =>
  facts.flatMap(({ kind, name, about, data }) => {
    const scene = data?.['scene']
    const isSaid = kind === 'event' && name === RECORDING_SHOWS && about === recordingId
    return isSaid && typeof scene === 'string' ? [scene] : []
  })
