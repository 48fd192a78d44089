import { useState } from 'react'
import type { Box } from '@liuhen/domain/derivative/spec'
import { addArea, placeArea } from './edit-areas.ts'
import type { Drawn } from './edit-areas.ts'

/** The areas as they are drawn: each is added and placed at the moment that is shown, and the one last drawn is chosen. */
export function useAreas(now: number, length: number) {
  const [areas, set] = useState<readonly Drawn[]>([])
  const [chosen, choose] = useState<number>()
  return {
    areas,
    chosen,
    set,
    choose,
    add: (box: Box): void => {
      const next = addArea(areas, box, now, length)
      set(next)
      choose(next.at(-1)?.n)
    },
    place: (n: number, box: Box): void =>
      set((all) => all.map((a) => (a.n === n ? placeArea(a, box, now) : a))),
    remove: (n: number): void => set((all) => all.filter((a) => a.n !== n)),
  }
}
