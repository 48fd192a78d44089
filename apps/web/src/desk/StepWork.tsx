import { useQueries } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getCase, listCases } from '@liuhen/api/routes/cases'
import { routeQuery, useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { nextWork } from './next-work.ts'
import type { Work } from './next-work.ts'

/** Cases that are looked through for work, those that moved last; what is closed has only its file left. */
const LOOKED_THROUGH = { open: 12, closed: 6 } as const

/** What to do next in the cases that moved last, as far as the one who looks may do it. */
export function useWork() {
  const open = useRoute(listCases, { query: { status: 'open', limit: LOOKED_THROUGH.open } })
  const closed = useRoute(listCases, { query: { status: 'closed', limit: LOOKED_THROUGH.closed } })
  const rows = [...(open.data?.items ?? []), ...(closed.data?.items ?? [])]
  const files = useQueries({
    queries: rows.map((row) => routeQuery(getCase, { params: { id: row.id } })),
  })
  return {
    isPending: open.isPending || closed.isPending || files.some((f) => f.isPending),
    work: files.flatMap((f) => (f.data ? nextWork(f.data) : [])),
  }
}

export function StepWork({ isPending, work }: ReturnType<typeof useWork>) {
  const { t } = useTranslation('desk')
  if (isPending) return <Waiting rows={2} />
  if (work.length === 0) return null
  return (
    <section className="panel due-group" aria-label={t('work.title')}>
      <h2 className="due-title due-title-work">
        {t('work.title')} <span className="count">{work.length}</span>
      </h2>
      <ul>
        {work.map((item) => (
          <WorkRow key={`${item.caseId}${item.kind}${item.document?.id ?? ''}`} item={item} />
        ))}
      </ul>
    </section>
  )
}

/** Says what to do, and leads to where it is done. */
function WorkLink({ item }: Readonly<{ item: Work }>) {
  const { t } = useTranslation('desk')
  const { t: w } = useTranslation('words')
  const { caseId, document, recording, step } = item
  if (document)
    return (
      <Link className="duty-what" {...paths.document(caseId, document.id)}>
        {t('work.sign', { name: document.name })}
      </Link>
    )
  if (recording)
    return (
      <Link className="duty-what" {...paths.caseFile(caseId, { tab: 'recordings', f: recording.id })}>
        {t('work.watch', { name: recording.name, checks: recording.checks.join(w('comma')) })}
      </Link>
    )
  return (
    <Link className="duty-what" {...paths.caseFile(caseId, step ? { tab: 'step', step: step.id } : {})}>
      {t(`work.${item.kind}`, { step: step?.name ?? '', until: item.until })}
    </Link>
  )
}

function WorkRow({ item }: Readonly<{ item: Work }>) {
  const { t } = useTranslation('desk')
  const [first] = item.lacks
  return (
    <li className="duty-row">
      <div>
        <WorkLink item={item} />
        <p className="duty-case">
          {item.caseTitle} <span className="faint">{item.caseNo}</span>
        </p>
        {first !== undefined && <p className="duty-case">{t('work.lacks', { first })}</p>}
      </div>
      {item.lacks.length > 0 && <span className="faint">{t('work.missing', { n: item.lacks.length })}</span>}
    </li>
  )
}
