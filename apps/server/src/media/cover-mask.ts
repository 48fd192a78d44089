import { type Area, sweptBox } from '@liuhen/domain/derivative/spec'

/** Cells in which areas are drawn, a few pixels each; a cell that is touched is covered whole. */
export type Grid = Readonly<{ columns: number; rows: number; cell: number }>
export const MASK_RATE = 25

export const gridFor = (width: number, height: number): Grid => {
  const cell = 2 * Math.max(1, Math.round(width / 480))
  return { cell, columns: Math.ceil(width / cell), rows: Math.ceil(height / cell) }
}

const fill = (frame: Uint8Array, { columns, rows }: Grid, box: NonNullable<ReturnType<typeof sweptBox>>) => {
  const left = Math.max(0, Math.floor(box.x * columns))
  const right = Math.min(columns, Math.ceil((box.x + box.w) * columns))
  const bottom = Math.min(rows, Math.ceil((box.y + box.h) * rows))
  for (let row = Math.max(0, Math.floor(box.y * rows)); row < bottom; row += 1)
    frame.fill(255, row * columns + left, row * columns + right)
}

/**
 * What is covered, as grey pictures 25 times a second: each covers whatever an area touches from the moment before to the
 * moment after, so that a frame between two of them, or one whose time was rounded, is covered too.
 */
export function* maskFrames(
  areas: readonly Area[],
  grid: Grid,
  { from, seconds }: Readonly<{ from: number; seconds: number }>,
): Generator<Uint8Array> {
  const empty = new Uint8Array(grid.columns * grid.rows)
  for (let n = 0; n <= Math.ceil(seconds * MASK_RATE) + 1; n += 1) {
    const boxes = areas.flatMap(
      (a) => sweptBox(a, from + (n - 1) / MASK_RATE, from + (n + 2) / MASK_RATE) ?? [],
    )
    if (boxes.length === 0) {
      yield empty
      continue
    }
    const frame = new Uint8Array(empty.length)
    for (const box of boxes) fill(frame, grid, box)
    yield frame
  }
}
