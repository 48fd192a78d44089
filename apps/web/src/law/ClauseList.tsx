import { useEffect } from 'react'
import { SearchOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Input, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { listClauses } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'

type Props = Readonly<{ pack: string; issuer: string; clause: string | undefined }>
const MODALITIES = ['must', 'must-not', 'may', 'should', 'context'] as const

/** Every clause with our wording of its duty, and what in the system answers to it. */
export function ClauseList({ pack, issuer, clause }: Props) {
  const { t } = useTranslation('law')
  const { t: w } = useTranslation('words')
  const { q } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const clauses = useRoute(listClauses, { params: { pack } })
  useEffect(() => {
    if (clause !== undefined) document.getElementById(`clause-${clause}`)?.scrollIntoView({ block: 'center' })
  }, [clause, clauses.data])
  if (clauses.isPending) return <Waiting rows={10} />
  if (clauses.error)
    return <ProblemView error={clauses.error} route={listClauses} onRetry={() => void clauses.refetch()} />
  const shown = clauses.data.items.filter((c) => q === undefined || `${c.id}${c.ref}${c.duty}`.includes(q))
  const modality = (name: string): string => {
    const known = MODALITIES.find((m) => m === name)
    return known ? t(`modality.${known}`) : name
  }
  return (
    <section className="panel clauses">
      <div className="need-line">
        <h2>{clauses.data.title}</h2>
        <Input
          allowClear
          className="filter-q"
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t('find')}
          aria-label={t('find')}
          value={q ?? ''}
          onChange={(e) =>
            void navigate({ search: (old) => ({ ...old, q: e.target.value || undefined }), replace: true })
          }
        />
      </div>
      <p className="faint">
        {issuer} · {t('ourWords')}
      </p>
      {shown.length === 0 && <Nothing title={t('noClause')} />}
      <ol className="clause-list">
        {shown.map((c) => (
          <li key={c.id} id={`clause-${c.id}`} data-chosen={c.id === clause}>
            <div className="clause-ref">
              <strong>{c.ref}</strong>
              <Typography.Text
                className="mono faint clause-id"
                copyable={{ tooltips: [w('copy'), w('copied')] }}
                title={t('clauseId')}
              >
                {c.id}
              </Typography.Text>
              <span className={`modality modality-${c.modality}`}>{modality(c.modality)}</span>
            </div>
            <div>
              <p>{c.duty}</p>
              {c.rules.length > 0 && (
                <p className="clause-rules">
                  <span className="faint">{t('answers')}</span>
                  {c.rules.map((rule, i) => (
                    <span key={`${rule.kind}${rule.id}${i}`} className="rule-chip" title={rule.id}>
                      {rule.name}
                    </span>
                  ))}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
