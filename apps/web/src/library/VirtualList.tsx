import { useEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LibraryRow } from '@liuhen/api/routes/library'
import { ProblemView } from '../shell/ProblemView.tsx'
import { DayHead } from './DayHead.tsx'
import { ItemCard } from './ItemCard.tsx'
import { dayAt, layOut, shownBetween, topOfDay, topOfItem } from './layout.ts'
import type { DayCount, Layout, Part, Sizes } from './layout.ts'
import { moveBy } from './move-by.ts'
import { Scrubber } from './Scrubber.tsx'
import type { LibrarySearch } from './search.ts'
import { useItems } from './use-library.ts'
import { useScroll } from './use-scroll.ts'

const TILE = 196
/** Read ahead of what is seen, so that a turn of the wheel meets pictures. */
const AHEAD_PX = 240

const sizesOf = (view: 'list' | 'grid', width: number): Sizes => {
  if (view === 'grid')
    return { columns: Math.max(2, Math.floor(width / TILE)), rowHeight: 178, headHeight: 40 }
  return { columns: 1, rowHeight: width > 0 && width < 640 ? 76 : 56, headHeight: 40 }
}

/** A wish to be led to a day; each is one of its own. */
export type Jump = Readonly<{ day: string }>

type Props = Readonly<{
  search: LibrarySearch
  view: 'list' | 'grid'
  days: readonly DayCount[]
  parts: readonly Part[]
  picked: ReadonlySet<string>
  onPick: (row: LibraryRow, on: boolean) => void
  onOpen: (id: string) => void
  onDay: (day: string) => void
  jump: Jump | undefined
}>

/** A list of any length: only what is in sight stands in the page, and any day is one jump away. */
export function VirtualList({ search, view, days, parts, picked, onPick, onOpen, onDay, jump }: Props) {
  const { t } = useTranslation('library')
  const { box, top, rest, width, height } = useScroll()
  const sizes = useMemo(() => sizesOf(view, width), [view, width])
  const layout = useMemo(() => layOut(days, sizes), [days, sizes])
  const shown = shownBetween(layout, sizes, Math.max(0, top - AHEAD_PX), top + height + AHEAD_PX)
  const read = shownBetween(layout, sizes, Math.max(0, rest - AHEAD_PX), rest + height + AHEAD_PX).items
  const span = { from: read.at(0)?.index ?? 0, to: read.at(-1)?.index ?? 0 }
  const settled = top === rest
  const { itemAt, error } = useItems(search, parts, span)
  const here = dayAt(layout, top + 1)
  useStartDay(box, layout.height > 0 && height > 0, search.day, (day) => topOfDay(layout, day))
  useEffect(() => {
    if (settled && here !== undefined && top > 0) onDay(here)
  }, [settled, here, top, onDay])
  const leadTo = (day: string): void => box.current?.scrollTo({ top: topOfDay(layout, day) })
  useJump(jump, leadTo)
  const { cursor, setCursor, onKey } = useCursor(box, layout, sizes, height)
  const left = (column: number): string => `${(100 / sizes.columns) * column}%`
  return (
    <div className="library-frame" data-scrubber={layout.height > height}>
      {error !== undefined && <ProblemView error={error} compact />}
      <div className="library-scroll" ref={box} tabIndex={-1} onKeyDown={onKey}>
        <ul
          className={`library-${view}`}
          style={{ height: layout.height }}
          aria-label={t('listLabel', { n: layout.total })}
        >
          {shown.heads.map((head) => (
            <DayHead key={head.day} {...head} />
          ))}
          {shown.items.map(({ index, top: y, column }) => (
            <li
              key={index}
              aria-setsize={layout.total}
              aria-posinset={index + 1}
              style={{
                top: y,
                left: left(column),
                width: `${100 / sizes.columns}%`,
                height: sizes.rowHeight,
              }}
            >
              <ItemCard
                row={itemAt(index)}
                view={view}
                index={index}
                isCursor={index === cursor}
                withPicture={settled}
                picked={picked}
                onPick={onPick}
                onOpen={(row) => {
                  setCursor(index)
                  onOpen(row.id)
                }}
              />
            </li>
          ))}
        </ul>
      </div>
      {layout.height > height && (
        <Scrubber layout={layout} top={top} height={height} onJump={leadTo} here={here} />
      )}
    </div>
  )
}

/** The one item of the list that keys reach; moving it brings it into sight. */
function useCursor(
  box: Readonly<{ current: HTMLDivElement | null }>,
  layout: Layout,
  sizes: Sizes,
  height: number,
) {
  const [cursor, setCursor] = useState(0)
  const onKey = (event: KeyboardEvent): void => {
    const next = moveBy(event.key, cursor, layout)
    if (next === undefined) return
    event.preventDefault()
    setCursor(next)
    const at = topOfItem(layout, sizes, next)
    const element = box.current
    if (
      element &&
      (at < element.scrollTop + sizes.headHeight || at + sizes.rowHeight > element.scrollTop + height)
    )
      element.scrollTo({ top: Math.max(0, at - sizes.headHeight) })
    requestAnimationFrame(() => element?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus())
  }
  return { cursor, setCursor, onKey }
}

/** Once, when the list is laid out first: to the day that the address names. */
function useStartDay(
  box: Readonly<{ current: HTMLDivElement | null }>,
  ready: boolean,
  day: string | undefined,
  topOf: (day: string) => number,
): void {
  const started = useRef(false)
  useEffect(() => {
    if (started.current || !ready) return
    started.current = true
    if (day !== undefined) box.current?.scrollTo({ top: topOf(day) })
  })
}

function useJump(jump: Jump | undefined, leadTo: (day: string) => void): void {
  const done = useRef(jump)
  useEffect(() => {
    if (jump === undefined || jump === done.current) return
    done.current = jump
    leadTo(jump.day)
  })
}
