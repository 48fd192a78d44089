import { useState } from 'react'
import { getPlaybackAids, playbackSprite } from '@liuhen/api/routes/playback'
import type { PlaybackAids } from '@liuhen/api/routes/playback'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'

const NO_AIDS: PlaybackAids = { state: 'none', frames: [], peaks: [], proxy: 'none' }
const EVERY_MS = 1500

const isComing = (aids: PlaybackAids | undefined): boolean =>
  aids?.state === 'making' || aids?.proxy === 'making'

/** Frame times, sound and thumbnails as soon as they are made; a film for this browser when it is asked for. */
export function useAids(id: string, enabled: boolean) {
  const [wantsProxy, setWantsProxy] = useState(false)
  const input = { params: { id }, query: wantsProxy ? { proxy: 'asked' as const } : {} }
  const first = useRoute(getPlaybackAids, input, { enabled, keep: true })
  // The same question again while something is being made.
  const again = useRoute(getPlaybackAids, input, {
    enabled,
    keep: true,
    every: isComing(first.data) ? EVERY_MS : false,
  })
  const aids = again.data ?? NO_AIDS
  return {
    aids,
    spriteUrl: aids.sprite ? urlOf(playbackSprite, { params: { id } }) : undefined,
    askProxy: () => setWantsProxy(true),
  }
}
