import { useRef } from 'react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { dayAt, type Layout } from './layout.ts'
import { marksOf } from './marks.ts'

type Props = Readonly<{
  layout: Layout
  top: number
  height: number
  here: string | undefined
  onJump: (day: string) => void
}>

/** To which block a key leads from the one at this place; it may lie beyond the ends. */
const blockBy = (key: string, { blocks }: Layout, at: number): number | undefined => {
  const month = (way: 1 | -1): number => {
    const now = blocks[at]?.day.slice(0, 7)
    let i = at
    while (blocks[i]?.day.slice(0, 7) === now && i >= 0 && i < blocks.length) i += way
    return i
  }
  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => at + 1,
    ArrowRight: () => at + 1,
    ArrowUp: () => at - 1,
    ArrowLeft: () => at - 1,
    PageDown: () => month(1),
    PageUp: () => month(-1),
    Home: () => 0,
    End: () => blocks.length - 1,
  }
  return steps[key]?.()
}

/** The whole list beside what is in sight of it, by months: drag, click or arrow to any day. */
export function Scrubber({ layout, top, height, here, onJump }: Props) {
  const { t } = useTranslation('library')
  const bar = useRef<HTMLDivElement>(null)
  const at = layout.blocks.findIndex((b) => b.day === here)
  const jumpTo = (index: number): void => {
    const block = layout.blocks[Math.min(layout.blocks.length - 1, Math.max(0, index))]
    if (block) onJump(block.day)
  }
  const point = (event: PointerEvent): void => {
    const box = bar.current?.getBoundingClientRect()
    if (!box) return
    const part = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height))
    const day = dayAt(layout, part * (layout.height - 1))
    if (day !== undefined) onJump(day)
  }
  const onKey = (event: KeyboardEvent): void => {
    const next = blockBy(event.key, layout, at)
    if (next === undefined) return
    event.preventDefault()
    jumpTo(next)
  }
  const part = Math.min(1, top / Math.max(1, layout.height - height))
  return (
    <div
      ref={bar}
      className="scrubber"
      role="slider"
      tabIndex={0}
      aria-label={t('scrubber')}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={layout.blocks.length - 1}
      aria-valuenow={Math.max(0, at)}
      aria-valuetext={here ?? ''}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        point(event)
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) point(event)
      }}
    >
      {marksOf(layout).map((mark) => (
        <span
          key={mark.label}
          className="scrubber-mark"
          data-year={mark.isYear}
          style={{ top: `${mark.part * 100}%` }}
          aria-hidden
        >
          {mark.label}
        </span>
      ))}
      <span className="scrubber-here" style={{ top: `calc(${part} * (100% - 18px))` }} aria-hidden>
        {here?.slice(0, 7)}
      </span>
    </div>
  )
}
