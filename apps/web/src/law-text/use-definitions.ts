import { useMemo } from 'react'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { listDocumentDefinitions } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'

/** Document definitions by id; empty until they have come. */
export function useDefinitions(): ReadonlyMap<string, DocumentDefinition> {
  const { data } = useRoute(listDocumentDefinitions, {})
  return useMemo(() => new Map((data?.items ?? []).map((d) => [d.id, d])), [data])
}
