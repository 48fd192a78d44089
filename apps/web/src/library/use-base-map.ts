import { useMemo } from 'react'
import { libraryBaseMap } from '@liuhen/api/routes/library'
import { asProblem } from '../api/problem.ts'
import { useRoute } from '../api/use-route.ts'
import { basePath } from './base-map.ts'

/** The map that the operator has put beside the installation, if there is one. `broken`: there is, and it is none. */
export function useBaseMap() {
  const read = useRoute(libraryBaseMap, {})
  const path = useMemo(
    () => (read.data?.map === undefined ? undefined : basePath(read.data.map)),
    [read.data],
  )
  const broken =
    (read.data?.map !== undefined && path === undefined) ||
    (read.error !== null && asProblem(read.error).status !== 401)
  return { path, broken }
}
