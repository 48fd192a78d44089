import { useTranslation } from 'react-i18next'
import { documentRendering } from '@liuhen/api/routes/documents'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'

const LOOK_MS = 5_000

/** While the archival PDF is being made; what fails is told to whoever waits for it. */
export function Rendering({ caseId, documentId }: Readonly<{ caseId: string; documentId: string }>) {
  const { t } = useTranslation('document')
  const rendering = useRoute(documentRendering, { params: { id: caseId, documentId } }, { every: LOOK_MS })
  if (rendering.error)
    return (
      <ProblemView
        error={rendering.error}
        route={documentRendering}
        onRetry={() => void rendering.refetch()}
      />
    )
  const { state = 'waiting', attempts = 0, nextAt } = rendering.data ?? {}
  const failing = state === 'retrying' || state === 'given-up'
  return (
    <section className="panel" aria-live="polite">
      <h2>{t('archived')}</h2>
      <p className={failing ? 'field-problem' : 'faint'}>
        {t(`rendering.${state}`, { n: attempts })}
        {nextAt !== undefined && t('rendering.next', { at: chinaMinute(nextAt) })}
      </p>
    </section>
  )
}
