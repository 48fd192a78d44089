import { useTranslation } from 'react-i18next'
import { listDerivatives } from '@liuhen/api/routes/derivatives'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { CopyLine } from './CopyLine.tsx'
import './copies.css'

const EVERY_MS = 2000

/** Every copy that was made of this recording: what it is, who wanted it and why, how it stands, where it went. */
export function CopiesCard({ id }: Readonly<{ id: string }>) {
  const { t } = useTranslation('copies')
  const first = useRoute(listDerivatives, { params: { id } })
  const isMaking = (first.data?.items ?? []).some((d) => d.status === 'making')
  const list = useRoute(listDerivatives, { params: { id } }, { every: isMaking && EVERY_MS })
  return (
    <section className="panel" aria-label={t('card')}>
      <h2>{t('card')}</h2>
      <p className="explain">{t('cardNote')}</p>
      {list.error && <ProblemView error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="faint">{t('none')}</p>}
      <ul className="copy-list">
        {(list.data?.items ?? []).map((d) => (
          <CopyLine key={d.id} copy={d} />
        ))}
      </ul>
    </section>
  )
}
