import { useState } from 'react'
import { DownloadOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  exportPlaybackRegister,
  exportPlaybackRegisterSheet,
  listPlaybackRegister,
} from '@liuhen/api/routes/playback'
import type { PlaybackRegisterRow } from '@liuhen/api/routes/playback'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { PlayableTag } from '../recording/PlayableTag.tsx'
import { useRoleGate } from '../session/use-role-gate.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { DayInput } from '../time/DayInput.tsx'
import { LookLine } from './PlaybackCard.tsx'

/** 音像台账: officer, certificate, day and hours of every recording that people have looked at; nothing leaves it. */
export function PlaybackRegisterTab() {
  const { t } = useTranslation('playback')
  const { from, to } = useSearch({ from: '/shell/playback' })
  const navigate = useNavigate({ from: '/playback' })
  const [cursor, setCursor] = useState<string | undefined>()
  const span = { ...(from && { from }), ...(to && { to }) }
  const register = useRoute(
    listPlaybackRegister,
    { query: { ...span, ...(cursor && { cursor }), limit: 50 } },
    { keep: true },
  )
  const gate = useRoleGate(exportPlaybackRegister)
  const rows = register.data?.items ?? []
  const next = register.data?.next
  const set = (change: { from?: string | undefined; to?: string | undefined }): void => {
    setCursor(undefined)
    void navigate({ search: (old) => ({ ...old, ...change }) })
  }
  return (
    <>
      <div className="playback-register-head">
        <label>
          {t('from')} <DayInput value={from} onChange={(day) => set({ from: day })} />
        </label>
        <label>
          {t('to')} <DayInput value={to} onChange={(day) => set({ to: day })} />
        </label>
        {[exportPlaybackRegisterSheet, exportPlaybackRegister].map((route) => (
          <Tooltip key={route.id} title={gate}>
            <Button
              icon={<DownloadOutlined />}
              disabled={gate !== undefined}
              href={urlOf(route, { query: span })}
              download
            >
              {t(route === exportPlaybackRegister ? 'exportCsv' : 'export')}
            </Button>
          </Tooltip>
        ))}
      </div>
      {register.error && (
        <ProblemView
          error={register.error}
          route={listPlaybackRegister}
          onRetry={() => void register.refetch()}
        />
      )}
      {register.isPending && <Waiting rows={6} />}
      {register.data && rows.length === 0 && (
        <Nothing title={t('registerNone')} hint={t('registerNoneHint')} />
      )}
      {rows.length > 0 && <RegisterTable rows={rows} />}
      {next !== undefined && <Button onClick={() => setCursor(next)}>{t('older')}</Button>}
      {cursor !== undefined && <Button onClick={() => setCursor(undefined)}>{t('newest')}</Button>}
    </>
  )
}

const HEADS = ['officer', 'certNo', 'date', 'period', 'file', 'machine', 'people'] as const

function RegisterTable({ rows }: Readonly<{ rows: readonly PlaybackRegisterRow[] }>) {
  const { t } = useTranslation('playback')
  return (
    <div className="panel scroll-x" tabIndex={0} role="group" aria-label={t('tab.register')}>
      <table className="playback-register">
        <thead>
          <tr>
            {HEADS.map((head) => (
              <th key={head} scope="col">
                {t(`head.${head}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{row.entry.officer}</td>
              <td className="mono">{row.entry.certNo}</td>
              <td className="mono">{row.entry.date}</td>
              <td className="mono">{row.entry.period}</td>
              <td>
                {row.caseId === undefined ? (
                  row.fileName
                ) : (
                  <Link {...paths.caseFile(row.caseId, { tab: 'recordings', f: row.id })}>
                    {row.fileName}
                  </Link>
                )}
                <p className="faint">
                  {row.deviceId} {row.caseNo}
                </p>
              </td>
              <td>
                <PlayableTag playable={row.verdict} />
              </td>
              <td>
                {row.looks.map((look) => (
                  <p key={`${look.as}${look.by.personId}`}>
                    <LookLine look={look} />
                  </p>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
