import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import type { Route } from '@liuhen/api/route'
import { call } from './client.ts'
import type { InputOf } from './client.ts'

/** The one way to read: the key is the route's id and what it was asked. */
export const routeQuery = <T extends Route>(route: T, input: InputOf<T>) =>
  queryOptions({
    queryKey: [route.id, input],
    queryFn: async ({ signal }) => await call(route, input, { signal }),
  })

type ReadOptions = Readonly<{
  enabled?: boolean
  keep?: boolean
  every?: number | false
  fresh?: boolean
  lasting?: boolean
}>

export const useRoute = <T extends Route>(route: T, input: InputOf<T>, options: ReadOptions = {}) =>
  useQuery({
    ...routeQuery(route, input),
    enabled: options.enabled ?? true,
    refetchInterval: options.every ?? false,
    // What is typed builds on it: an answer to an earlier visit would be somebody's older text.
    ...(options.fresh ? { staleTime: 0, gcTime: 0 } : {}),
    // It changes with a release only.
    ...(options.lasting ? { staleTime: Number.POSITIVE_INFINITY } : {}),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  })
