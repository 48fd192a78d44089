import { useState } from 'react'
import type { PointerEvent, RefObject } from 'react'
import type { Box } from '@liuhen/domain/derivative/spec'
import { between } from './edit-areas.ts'

type Point = Readonly<{ x: number; y: number }>
/** An area that was taken hold of, and what is done with it. */
type Held = Readonly<{ does: 'move' | 'size'; n: number; box: Box }>
type Hand = (Held & Readonly<{ from: Point }>) | Readonly<{ does: 'draw'; from: Point; to: Point }>

type Made = Readonly<{ onAdd: (box: Box) => void; onPlace: (n: number, box: Box) => void }>

const clampTo = (value: number, most: number): number => Math.max(0, Math.min(value, most))

const put = ({ does, box, from }: Held & Readonly<{ from: Point }>, to: Point): Box => {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  return does === 'move'
    ? { ...box, x: clampTo(box.x + dx, 1 - box.w), y: clampTo(box.y + dy, 1 - box.h) }
    : { ...box, w: Math.min(1 - box.x, box.w + dx), h: Math.min(1 - box.y, box.h + dy) }
}

/** The hand over the picture: it draws a new area, or moves and sizes one. Points are shares of the picture. */
export function useHand(
  stage: RefObject<HTMLElement | null>,
  media: RefObject<HTMLVideoElement | null>,
  { onAdd, onPlace }: Made,
) {
  const [hand, setHand] = useState<Hand>()
  const pointOf = (e: PointerEvent): Point => {
    const r = stage.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    return { x: clampTo((e.clientX - r.left) / r.width, 1), y: clampTo((e.clientY - r.top) / r.height, 1) }
  }
  return {
    /** What is being drawn. */
    drawn: hand?.does === 'draw' ? between(hand.from, hand.to) : undefined,
    grasp: (e: PointerEvent, held?: Held): void => {
      e.stopPropagation()
      media.current?.pause()
      stage.current?.setPointerCapture(e.pointerId)
      const from = pointOf(e)
      setHand(held === undefined ? { does: 'draw', from, to: from } : { ...held, from })
    },
    onMove: (e: PointerEvent): void => {
      if (hand === undefined) return
      const to = pointOf(e)
      if (hand.does === 'draw') setHand({ ...hand, to })
      else onPlace(hand.n, put(hand, to))
    },
    onUp: (): void => {
      const isDrawn = hand?.does === 'draw' && Math.abs(hand.to.x - hand.from.x) > 0.01
      if (isDrawn) onAdd(between(hand.from, hand.to))
      setHand(undefined)
    },
  }
}
