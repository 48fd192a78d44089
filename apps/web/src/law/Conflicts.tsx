import { useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Citation } from '@liuhen/law/evaluation'
import type { ResponseOf } from '@liuhen/api/route'
import { listConflicts } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { groupCites } from '../law-text/group-cites.ts'
import { Cites } from '../law-text/Cites.tsx'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'

type Item = ResponseOf<typeof listConflicts>['items'][number]

/** Where a text and national law say different things: both, and which of them the system follows. */
export function Conflicts() {
  const { t } = useTranslation('law')
  const { t: w } = useTranslation('words')
  const { all } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const conflicts = useRoute(listConflicts, {})
  if (conflicts.isPending) return <Waiting rows={10} />
  if (conflicts.error) return <ProblemView error={conflicts.error} onRetry={() => void conflicts.refetch()} />
  const { items } = conflicts.data
  const shown = items.filter((c) => all === 'true' || c.ours)
  return (
    <section className="panel">
      <div className="compare-bar">
        <Segmented
          aria-label={w('view')}
          value={all ?? 'ours'}
          options={[
            { value: 'ours', label: t('conflict.mine') },
            { value: 'true', label: t('conflict.every', { n: items.length }) },
          ]}
          onChange={(value) =>
            void navigate({ search: (old) => ({ ...old, all: value === 'true' ? value : undefined }) })
          }
        />
      </div>
      <p className="faint">{t('conflict.note')}</p>
      {shown.length === 0 && <Nothing title={t('conflict.none')} />}
      <ol className="conflicts">
        {shown.map((c) => (
          <Conflict key={c.id} of={c} />
        ))}
      </ol>
    </section>
  )
}

function Conflict({ of: c }: Readonly<{ of: Item }>) {
  const { t } = useTranslation('law')
  return (
    <li value={c.number}>
      <p className="conflict-how">
        <strong>
          {c.number}. {t(`conflict.applies.${c.applies}`)}
        </strong>
        {c.ours && <Tag>{t('conflict.ours')}</Tag>}
      </p>
      <p>{c.note}</p>
      {c.setting && <p className="faint">{t('conflict.setting', { label: c.setting.label })}</p>}
      <div className="conflict-sides">
        <Side title={t('conflict.local')} citations={c.local} />
        <Side title={t('conflict.national')} citations={c.national} />
      </div>
    </li>
  )
}

function Side({ title, citations }: Readonly<{ title: string; citations: readonly Citation[] }>) {
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {groupCites(citations).map((group) => (
          <li key={group.cite}>
            <Cites of={group.of} />
            {group.of.map((c) => (
              <p key={c.clause}>{c.duty}</p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
