import type { WatchedRange } from '@liuhen/domain/recording/viewing'

export type Part = Readonly<{ part: number; ranges: readonly WatchedRange[] }>

/** How the server is reached. Both throw when it is not; `refused` says of what they threw that it will never be taken. */
export type Post = Readonly<{
  begin(): Promise<string>
  tell(viewingId: string, part: Part): Promise<unknown>
  refused(error: unknown): boolean
}>

/** As many ranges as one report holds. */
const MOST_RANGES = 500

/**
 * Parts that the server has not answered yet. A part keeps its number however often it is sent, so that an answer that
 * was lost counts nothing twice.
 */
export const openOutbox = (post: Post) => {
  let unsent: readonly Part[] = []
  let next = 0
  let viewing: Promise<string | undefined> | undefined
  const begun = async (): Promise<string | undefined> => {
    viewing ??= post.begin().catch((error: unknown) => {
      if (post.refused(error)) unsent = []
      return undefined
    })
    const id = await viewing
    if (id === undefined) viewing = undefined
    return id
  }
  const tell = async (id: string, part: Part): Promise<void> => {
    const settled = await post.tell(id, part).then(
      () => true,
      (error: unknown) => post.refused(error),
    )
    if (settled) unsent = unsent.filter((p) => p !== part)
  }
  return {
    /** Opens the viewing; when that fails, the next report tries again. */
    open: begun,
    async send(ranges: readonly WatchedRange[]): Promise<void> {
      for (let at = 0; at < ranges.length; at += MOST_RANGES) {
        unsent = [...unsent, { part: next, ranges: ranges.slice(at, at + MOST_RANGES) }]
        next += 1
      }
      if (unsent.length === 0) return
      const id = await begun()
      if (id !== undefined) await Promise.all(unsent.map((part) => tell(id, part)))
    },
  }
}
