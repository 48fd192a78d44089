/** How many there are on one day, in the order in which the list shows days. */
export type DayCount = Readonly<{ day: string; n: number }>

type Block = DayCount & Readonly<{ start: number; top: number; height: number }>
export type Layout = Readonly<{
  blocks: readonly Block[]
  height: number
  total: number
  columns: number
}>
export type Sizes = Readonly<{ columns: number; rowHeight: number; headHeight: number }>

/** Where every day begins, before anything of it is read: a head, then its rows. */
export const layOut = (days: readonly DayCount[], { columns, rowHeight, headHeight }: Sizes): Layout => {
  let [top, start] = [0, 0]
  const blocks = days.map(({ day, n }) => {
    const height = headHeight + Math.ceil(n / columns) * rowHeight
    const block = { day, n, start, top, height }
    top += height
    start += n
    return block
  })
  return { blocks, height: top, total: start, columns }
}

/** The last block that begins at or before `value`. */
const findBlock = (layout: Layout, of: 'top' | 'start', value: number): number => {
  let [low, high] = [0, layout.blocks.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((layout.blocks[middle]?.[of] ?? 0) <= value) low = middle
    else high = middle - 1
  }
  return low
}

export type Shown = Readonly<{
  heads: readonly Readonly<{ day: string; n: number; top: number }>[]
  items: readonly Readonly<{ index: number; top: number; column: number }>[]
}>

const itemsOf = (b: Block, columns: number, from: number, to: number, s: Sizes): Shown['items'] => {
  const firstRow = Math.max(0, Math.floor((from - b.top - s.headHeight) / s.rowHeight))
  const lastRow = Math.ceil((to - b.top - s.headHeight) / s.rowHeight)
  const first = firstRow * columns
  const count = Math.max(0, Math.min(b.n, lastRow * columns) - first)
  return Array.from({ length: count }, (_, i) => ({
    index: b.start + first + i,
    top: b.top + s.headHeight + Math.floor((first + i) / columns) * s.rowHeight,
    column: (first + i) % columns,
  }))
}

/** What lies between two heights: however long the list is, only so much stands in the page. */
export const shownBetween = (layout: Layout, sizes: Sizes, from: number, to: number): Shown => {
  const first = findBlock(layout, 'top', from)
  const found: Block[] = []
  for (let i = first; i < layout.blocks.length; i += 1) {
    const block = layout.blocks[i]
    if (block === undefined || block.top >= to) break
    if (block.top + block.height > from) found.push(block)
  }
  return {
    heads: found.map(({ day, n, top }) => ({ day, n, top })),
    items: found.flatMap((b) => itemsOf(b, layout.columns, from, to, sizes)),
  }
}

export const dayAt = (layout: Layout, y: number): string | undefined =>
  layout.blocks[findBlock(layout, 'top', y)]?.day

/** Height of the head of a day, or of the nearest one after it in the list's order; the list may run either way. */
export const topOfDay = (layout: Layout, day: string): number => {
  const [first, last] = [layout.blocks.at(0), layout.blocks.at(-1)]
  const falling = (first?.day ?? '') >= (last?.day ?? '')
  return layout.blocks.find((b) => (falling ? b.day <= day : b.day >= day))?.top ?? last?.top ?? 0
}

/** Height of the row in which an item stands. */
export const topOfItem = (layout: Layout, sizes: Sizes, index: number): number => {
  const block = layout.blocks[findBlock(layout, 'start', index)]
  if (block === undefined) return 0
  return block.top + sizes.headHeight + Math.floor((index - block.start) / layout.columns) * sizes.rowHeight
}

/** What is read at once: some days that follow each other, or a part of a long one. */
export type Part = Readonly<{
  first: string
  last: string
  skip: number
  limit: number
  start: number
}>

/** Parts of about so many: short days together, long days cut. */
export const partsOf = (days: readonly DayCount[], about: number): readonly Part[] => {
  const parts: Part[] = []
  let start = 0
  for (const { day, n } of days) {
    const last = parts.at(-1)
    if (last !== undefined && last.skip === 0 && last.limit + n <= about)
      parts[parts.length - 1] = { ...last, last: day, limit: last.limit + n }
    else
      for (let skip = 0; skip < n; skip += about)
        parts.push({ first: day, last: day, skip, limit: Math.min(about, n - skip), start: start + skip })
    start += n
  }
  return parts
}

/** The parts that hold these items. */
export const partsFor = (parts: readonly Part[], from: number, to: number): readonly Part[] =>
  parts.filter((p) => p.start <= to && p.start + p.limit > from)
