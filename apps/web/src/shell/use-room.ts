import { useLocation } from '@tanstack/react-router'
import { getCase } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import { roomOf } from './nav-items.tsx'

/** In which room of the product the page stands. What the page has read of its case is looked at, and not asked for again. */
export function useRoom(): string {
  const { pathname } = useLocation()
  const id = /^\/cases\/([^/]+)/.exec(pathname)?.[1]
  const file = useRoute(getCase, { params: { id: id ?? '' } }, { enabled: false })
  return roomOf(pathname, id !== undefined && file.data?.register === true)
}
