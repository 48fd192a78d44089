import type { RefObject } from 'react'
import { useKeys } from '../shell/use-keys.ts'
import type { Transport } from './use-transport.ts'

/** A film by the keys of the board. */
export function useFilmKeys(
  media: RefObject<HTMLVideoElement | null>,
  p: Transport,
  onCaptions: () => void,
): void {
  useKeys({
    ' ': p.toggle,
    ',': () => p.step(-1),
    '.': () => p.step(1),
    a: () => p.setEnd('a'),
    b: () => p.setEnd('b'),
    '\\': p.clearLoop,
    j: () => p.seek(p.now - 5),
    l: () => p.seek(p.now + 5),
    '-': () => p.faster(-1),
    '=': () => p.faster(1),
    c: onCaptions,
    // The same while somebody types what is heard.
    'ctrl+Enter': p.toggle,
    'ctrl+,': () => p.seek((media.current?.currentTime ?? 0) - 3),
    'ctrl+.': () => p.seek((media.current?.currentTime ?? 0) + 3),
  })
}
