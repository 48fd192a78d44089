/** Where a page ended: opaque to callers, so that the order may change. */
export type Cursor = Readonly<{ at: string; id: string }>

export const printCursor = (at: string, id: string): string =>
  Buffer.from(`${at} ${id}`).toString('base64url')

/** A cursor that nobody gave out is as good as none: the first page. */
export const parseCursor = (cursor: string | undefined): Cursor | undefined => {
  const [at, id, ...rest] = Buffer.from(cursor ?? '', 'base64url')
    .toString('utf8')
    .split(' ')
  if (at === undefined || id === undefined || rest.length > 0) return undefined
  return Number.isNaN(Date.parse(at)) ? undefined : { at, id }
}
