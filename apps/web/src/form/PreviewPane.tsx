import { memo, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { previewDocument } from '@liuhen/api/routes/documents'
import { asProblem } from '../api/problem.ts'
import { callBytes } from '../api/client.ts'
import { PdfView } from '../pdf/PdfView.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import type { DraftState } from './draft-state.ts'
import { asData } from './use-draft.ts'
import type { FormKey } from './use-draft.ts'

/** What stood in the form when it was last safe. While somebody writes without a pause, the paper waits: making it anew would hold up the keys. */
export function useShown(state: DraftState): DraftState {
  const [shown, setShown] = useState(state)
  if (state.status === 'clean' && state.revision !== shown.revision) setShown(state)
  return shown
}

type Props = Readonly<{ formKey: FormKey; state: DraftState }>

/** The paper as it would be printed; made anew when the draft is safe. */
export const PreviewPane = memo(function PreviewPane({ formKey, state: { data, revision } }: Props) {
  const { t } = useTranslation('document')
  const preview = useQuery({
    queryKey: ['preview', formKey, revision],
    queryFn: async ({ signal }) =>
      await callBytes(
        previewDocument,
        { params: formKey.params, body: { step: formKey.query.step, data: asData(data) } },
        { signal },
      ),
    placeholderData: (old) => old,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
  if (preview.data && !preview.error) return <PdfView source={preview.data} label={t('preview.label')} />
  if (preview.error && asProblem(preview.error).code === 'incomplete')
    return <p className="panel explain">{t('preview.incomplete')}</p>
  if (preview.error) return <ProblemView error={preview.error} onRetry={() => void preview.refetch()} />
  return <Waiting rows={12} />
})
