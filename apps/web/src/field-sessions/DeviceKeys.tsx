import { useState } from 'react'
import { Button, Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { approveDeviceKey, listDeviceKeys, revokeDeviceKey } from '@liuhen/api/routes/field'
import type { DeviceKeyRow } from '@liuhen/api/routes/field'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useConfirm } from '../shell/use-confirm.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { ReasonDialog } from './ReasonDialog.tsx'

/** Phones that sign what they record: vouched for by a second person, who compares the key on the phone itself. */
export function DeviceKeys() {
  const { t } = useTranslation('fieldwork')
  const keys = useRoute(listDeviceKeys, {}, { keep: true, every: 10_000 })
  const rows = keys.data?.items ?? []
  return (
    <>
      {keys.error && (
        <ProblemView error={keys.error} route={listDeviceKeys} onRetry={() => void keys.refetch()} />
      )}
      {keys.isPending && <Waiting rows={4} />}
      {keys.data && rows.length === 0 && <Nothing title={t('noKeys')} hint={t('noKeysHint')} />}
      {rows.length > 0 && (
        <ul className="field-sessions panel">
          {rows.map((row) => (
            <KeyLine key={row.id} row={row} />
          ))}
        </ul>
      )}
    </>
  )
}

const TONES = { requested: 'warning', approved: 'success', revoked: 'default' } as const

function KeyLine({ row }: Readonly<{ row: DeviceKeyRow }>) {
  const { t } = useTranslation('fieldwork')
  const now = useNow()
  const [isAsking, setAsking] = useState(false)
  const confirm = useConfirm()
  const approve = useCommand(approveDeviceKey, { done: t('done') })
  const why = row.can.approve === true ? undefined : row.can.approve[0]?.message
  return (
    <li>
      <div>
        <strong>{row.label}</strong>
        <p className="faint">
          {t('keyLine', { officer: row.officer.name, at: chinaShort(row.requestedAt, now) })}
        </p>
        {approve.error && <ProblemView error={approve.error} route={approveDeviceKey} compact />}
      </div>
      <span>
        <code className="mono key-print">{row.fingerprint.slice(0, 32)}</code>
        {row.settledBy !== undefined && (
          <p className="faint">
            {t(row.status === 'approved' ? 'approvedBy' : 'revokedBy', {
              who: row.settledBy,
              why: row.reason ?? '',
            })}
          </p>
        )}
      </span>
      <span className="field-tags">
        <Tag color={TONES[row.status]}>{t(`key.${row.status}`)}</Tag>
        {row.status === 'requested' && (
          <Tooltip title={why}>
            <Button
              size="small"
              type="primary"
              disabled={why !== undefined}
              loading={approve.isPending}
              onClick={() =>
                void confirm({
                  title: t('approveTitle', { label: row.label }),
                  text: t('approveNote'),
                  ok: t('approve'),
                }).then((yes) => yes && approve.mutate({ params: { id: row.id } }))
              }
            >
              {t('approve')}
            </Button>
          </Tooltip>
        )}
        {row.status !== 'revoked' && row.can.revoke === true && (
          <Button size="small" onClick={() => setAsking(true)}>
            {t('revoke')}
          </Button>
        )}
      </span>
      {isAsking && (
        <ReasonDialog
          route={revokeDeviceKey}
          id={row.id}
          title={t('revoke')}
          note={t('revokeNote')}
          onClose={() => setAsking(false)}
        />
      )}
    </li>
  )
}
