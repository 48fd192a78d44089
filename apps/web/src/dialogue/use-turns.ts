import { useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { houseNow } from '../time/house-clock.ts'
import { chinaInstant } from '../time/china.ts'
import * as turnsIn from './turns.ts'
import type { Deed, Part, Place, Turn } from './turns.ts'

export type Act =
  | Readonly<{ do: 'write'; text: string }>
  | Readonly<{ do: 'insert'; above?: boolean }>
  | Readonly<{ do: 'fill'; turns: readonly Turn[] }>
  | Readonly<{ do: 'move'; by: -1 | 1 }>
  | Readonly<{ do: 'next' | 'back' | 'remove' | 'restore' | 'split' | 'stamp' | 'wait' }>

/** What was done last, for who does not see it. */
export type Said = Readonly<{
  what: 'inserted' | 'removed' | 'restored' | 'moved' | 'split' | 'unanswered'
  n: number
}>

type Options = Readonly<{
  value: unknown
  max: number
  onChange: (value: unknown) => void
  /** Whether a line that is begun now gets its time. */
  isStamping: () => boolean
}>
type Kept = Readonly<{ turn: Turn; i: number }>

const placeId = ({ i, part }: Place): string => `${i}-${part}`

const step = (turns: readonly Turn[], { i, part }: Place, by: -1 | 1): Place => {
  const n = i * 2 + (part === 'q' ? 0 : 1) + by
  const at = Math.min(Math.max(n, 0), turns.length * 2 - 1)
  const next: Part = at % 2 === 0 ? 'q' : 'a'
  return { i: Math.floor(at / 2), part: next, ...(by < 0 ? {} : { caret: 0 }) }
}

/** The lines of a record and every deed on them. `act` stays the same function, so that a row that did not change is not drawn again. */
export function useTurns(box: RefObject<HTMLElement | null>, options: Options) {
  const turns = turnsIn.turnsOf(options.value)
  const latest = useRef({ ...options, turns })
  const [place, setPlace] = useState<Place>()
  const [said, setSaid] = useState<Said>()
  const [removed, setRemoved] = useState<Kept>()
  const taken = useRef<Kept>(undefined)
  useLayoutEffect(() => {
    latest.current = { ...options, turns }
    taken.current = removed
  })
  useLayoutEffect(() => {
    if (place === undefined) return
    const line = box.current?.querySelector<HTMLTextAreaElement>(`[data-at="${placeId(place)}"]`)
    if (!line) return
    line.focus()
    const caret = place.caret ?? line.value.length
    line.setSelectionRange(caret, caret)
  }, [box, place])

  const act = useCallback((at: Place, deed: Act): void => {
    const { turns: now, max, onChange, isStamping } = latest.current
    const change = (next: Deed, what?: Said['what']): void => {
      if (next.turns.length > max) return
      onChange(next.turns)
      // A new object each time, so that the same place can be asked for twice.
      setPlace({ ...next.place })
      if (what) setSaid({ what, n: next.place.i + 1 })
    }
    const moment = (): string => chinaInstant(houseNow())
    switch (deed.do) {
      case 'write':
        return onChange(turnsIn.write(now, at, deed.text, isStamping() ? moment() : undefined))
      case 'stamp': {
        const has = now[at.i]?.[at.part === 'q' ? 'at' : 'answeredAt'] !== undefined
        return onChange(turnsIn.restamp(now, at, has && !isStamping() ? undefined : moment()))
      }
      case 'next': {
        const isLast = at.part === 'a' && at.i >= now.length - 1
        return isLast ? change(turnsIn.insertAt(now, now.length)) : setPlace(step(now, at, 1))
      }
      case 'wait':
        return setSaid({ what: 'unanswered', n: at.i + 1 })
      case 'back':
        return setPlace(step(now, at, -1))
      case 'insert':
        return change(turnsIn.insertAt(now, deed.above ? at.i : at.i + 1), 'inserted')
      case 'fill':
        return change(turnsIn.insertMany(now, at.i, deed.turns), 'inserted')
      case 'move':
        return change(turnsIn.moveBy(now, at, deed.by), 'moved')
      case 'split':
        return change(turnsIn.splitAt(now, at), 'split')
      case 'remove': {
        const turn = now[at.i]
        if (turn === undefined) return
        setRemoved({ turn, i: at.i })
        change(turnsIn.removeAt(now, at.i))
        return setSaid({ what: 'removed', n: at.i + 1 })
      }
      case 'restore': {
        const kept = taken.current
        if (kept === undefined) return
        const i = Math.min(kept.i, now.length)
        setRemoved(undefined)
        return change({ turns: now.toSpliced(i, 0, kept.turn), place: { i, part: 'q' } }, 'restored')
      }
    }
  }, [])
  return { turns, act, said, removed }
}
