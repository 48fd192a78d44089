import { useMemo } from 'react'
import { useQueries } from '@tanstack/react-query'
import { libraryDays, libraryPart } from '@liuhen/api/routes/library'
import type { LibraryRow } from '@liuhen/api/routes/library'
import { routeQuery, useRoute } from '../api/use-route.ts'
import { type Part, partsFor, partsOf } from './layout.ts'
import { filterOf, type LibrarySearch } from './search.ts'

/** Recordings that are read at once. */
const PART = 60
const KEPT_MS = 30_000

/** The days that the list is laid out by, in its order. */
export function useDays(search: LibrarySearch) {
  const { order } = search
  const days = useRoute(libraryDays, { query: filterOf(search) }, { keep: true })
  const inOrder = useMemo(() => {
    const found = days.data?.days ?? []
    return order === 'earliest' ? found.toReversed() : found
  }, [days.data, order])
  const parts = useMemo(() => partsOf(inOrder, PART), [inOrder])
  return { days, inOrder, parts }
}

/** What stands between two places of the list, as far as it has come. */
export function useItems(
  search: LibrarySearch,
  parts: readonly Part[],
  { from, to }: Readonly<{ from: number; to: number }>,
) {
  const wanted = partsFor(parts, from, to)
  const read = useQueries({
    queries: wanted.map(({ first, last, skip, limit }) => ({
      ...routeQuery(libraryPart, {
        query: { ...filterOf(search), first, last, skip, limit, order: search.order ?? ('latest' as const) },
      }),
      staleTime: KEPT_MS,
    })),
  })
  const itemAt = (index: number): LibraryRow | undefined => {
    const i = wanted.findIndex((p) => p.start <= index && index < p.start + p.limit)
    const part = wanted[i]
    return part && read[i]?.data?.items[index - part.start]
  }
  return { itemAt, error: read.find((r) => r.error)?.error ?? undefined }
}
