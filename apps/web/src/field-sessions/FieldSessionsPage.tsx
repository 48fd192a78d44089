import { useState } from 'react'
import { MobileOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Segmented, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { giveUpFieldSession, listFieldSessions } from '@liuhen/api/routes/field'
import type { FieldSessionRow } from '@liuhen/api/routes/field'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { rolesOf, hasRole, useMe } from '../session/me.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { DeviceKeys } from './DeviceKeys.tsx'
import { ReasonDialog } from './ReasonDialog.tsx'
import './field-sessions.css'

const VIEWS = ['all', 'late', 'keys'] as const
type View = (typeof VIEWS)[number]

/** What phones have announced, what of it has come, and which phones are vouched for. */
export function FieldSessionsPage() {
  const { t } = useTranslation('fieldwork')
  const { t: w } = useTranslation('words')
  const me = useMe()
  const { state } = useSearch({ from: '/shell/field-sessions' })
  const navigate = useNavigate({ from: '/field-sessions' })
  const isWatching = hasRole(me, rolesOf(listFieldSessions.access))
  const view: View = VIEWS.find((v) => v === state) ?? (isWatching ? 'all' : 'keys')
  return (
    <div className="page">
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={
          me.roles.includes('officer') && (
            <Link {...paths.field()}>
              <Button type="primary" icon={<MobileOutlined />}>
                {t('open')}
              </Button>
            </Link>
          )
        }
      />
      <Segmented<View>
        aria-label={w('view')}
        className="queue"
        value={view}
        options={VIEWS.map((value) => ({
          value,
          label: t(`view.${value}`),
          disabled: value !== 'keys' && !isWatching,
        }))}
        onChange={(value) => void navigate({ search: { state: value } })}
      />
      {view === 'keys' ? <DeviceKeys /> : <Sessions isLate={view === 'late'} />}
    </div>
  )
}

function Sessions({ isLate }: Readonly<{ isLate: boolean }>) {
  const { t } = useTranslation('fieldwork')
  const query = { limit: 100, ...(isLate && { late: 'true' as const }) }
  const sessions = useRoute(listFieldSessions, { query }, { keep: true, every: 10_000 })
  const rows = sessions.data?.items ?? []
  return (
    <>
      {sessions.error && (
        <ProblemView
          error={sessions.error}
          route={listFieldSessions}
          onRetry={() => void sessions.refetch()}
        />
      )}
      {sessions.isPending && <Waiting rows={6} />}
      {sessions.data && rows.length === 0 && (
        <Nothing title={t(isLate ? 'noneLate' : 'none')} hint={t(isLate ? 'noneLateHint' : 'noneHint')} />
      )}
      {rows.length > 0 && (
        <ul className="field-sessions panel">
          {rows.map((row) => (
            <SessionLine key={row.id} row={row} />
          ))}
        </ul>
      )}
    </>
  )
}

const TONES = { recording: 'processing', coming: 'warning', whole: 'success', 'given-up': 'default' } as const

function SessionLine({ row }: Readonly<{ row: FieldSessionRow }>) {
  const { t } = useTranslation('fieldwork')
  const now = useNow()
  const [isAsking, setAsking] = useState(false)
  const isOpen = row.state === 'recording' || row.state === 'coming'
  return (
    <li>
      <div>
        {row.caseId !== undefined && row.caseTitle !== undefined ? (
          <Link {...paths.caseFile(row.caseId, { tab: 'recordings' })}>{row.caseTitle}</Link>
        ) : (
          <strong>{t('noCase')}</strong>
        )}
        <p className="faint">
          {t('line', {
            officer: row.officerName,
            medium: t(`medium.${row.medium}`),
            at: chinaShort(row.begunAt, now),
          })}
        </p>
      </div>
      <span className="faint">
        {row.takes === undefined
          ? t('storedSoFar', { n: row.storedTakes })
          : t('stored', { n: row.storedTakes, of: row.takes })}
        {row.givenUp !== undefined && <p>{t('givenUp', { why: row.givenUp })}</p>}
      </span>
      <span className="field-tags">
        {row.lateDays !== undefined && <Tag color="error">{t('late', { n: row.lateDays })}</Tag>}
        <Tag color={TONES[row.state]}>{t(`state.${row.state}`)}</Tag>
        {isOpen && row.can.giveUp === true && row.lateDays !== undefined && (
          <Button size="small" onClick={() => setAsking(true)}>
            {t('giveUp')}
          </Button>
        )}
      </span>
      {isAsking && (
        <ReasonDialog
          route={giveUpFieldSession}
          id={row.id}
          title={t('giveUpTitle')}
          note={t('giveUpNote')}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}
