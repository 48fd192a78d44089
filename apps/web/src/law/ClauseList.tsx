import { useEffect } from 'react'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listClauses } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { ClauseFilters } from './ClauseFilters.tsx'
import { ClauseRow } from './ClauseRow.tsx'
import { shownClauses } from './shown-clauses.ts'

type Props = Readonly<{ pack: string; issuer: string; clause: string | undefined; national: boolean }>

/** A regulation clause by clause: our wording of each duty, and what in the system answers to it. */
export function ClauseList({ pack, issuer, clause, national }: Props) {
  const { t } = useTranslation('law')
  const { q, force, rules } = useSearch({ from: '/shell/law' })
  const clauses = useRoute(listClauses, { params: { pack } })
  useEffect(() => {
    if (clause !== undefined) document.getElementById(`clause-${clause}`)?.scrollIntoView({ block: 'center' })
  }, [clause, clauses.data])
  if (clauses.isPending) return <Waiting rows={10} />
  if (clauses.error)
    return <ProblemView error={clauses.error} route={listClauses} onRetry={() => void clauses.refetch()} />
  const { items, title } = clauses.data
  const shown = shownClauses(items, { q, force, rules })
  return (
    <section className="panel clauses">
      <div className="need-line">
        <h2>{title}</h2>
        {!national && <Link {...paths.compare(pack)}>{t('compare.go')}</Link>}
      </div>
      <p className="faint">
        {issuer} · {t('ourWords')}
      </p>
      <ClauseFilters items={items} shown={shown.length} />
      {shown.length === 0 && <Nothing title={t('noClause')} />}
      <ol className="clause-list">
        {shown.map((c) => (
          <ClauseRow key={c.id} clause={c} chosen={c.id === clause} />
        ))}
      </ol>
    </section>
  )
}
