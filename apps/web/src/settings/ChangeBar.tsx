import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { proposeSettings } from '@liuhen/api/routes/settings'
import type { SettingView } from '@liuhen/api/routes/settings'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { sayValue } from './say-value.ts'
import type { Draft } from './SettingsPage.tsx'

type Props = Readonly<{ draft: Draft; settings: readonly SettingView[]; onDone: () => void }>

/** What was changed on the page waits here until it is proposed with its reason. */
export function ChangeBar({ draft, settings, onDone }: Props) {
  const { t } = useTranslation('settings')
  const [asking, setAsking] = useState(false)
  const propose = useCommand(proposeSettings, {
    done: t('done.propose'),
    onDone: () => {
      setAsking(false)
      onDone()
    },
  })
  const changed = settings.filter((s) => s.id in draft)
  return (
    <div className="change-bar" role="status">
      <span>{t('changed', { count: changed.length })}</span>
      <Button onClick={onDone}>{t('undo')}</Button>
      <Button type="primary" onClick={() => setAsking(true)}>
        {t('propose')}
      </Button>
      {asking && (
        <FormDialog<{ reason: string }>
          title={t('propose')}
          ok={t('propose')}
          note={
            <ul className="change-list">
              {changed.map((s) => (
                <li key={s.id}>
                  {s.label} <strong>{sayValue(s, draft[s.id] ?? null) ?? t('byDefault')}</strong>
                </li>
              ))}
            </ul>
          }
          route={proposeSettings}
          sending={propose}
          onSend={({ reason }) => propose.mutate({ body: { changes: draft, reason } })}
          onClose={() => setAsking(false)}
        >
          <Form.Item
            name="reason"
            label={t('reason')}
            rules={[{ required: true, min: 4, whitespace: true, message: t('reasonNeeded') }]}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} placeholder={t('reasonHint')} />
          </Form.Item>
        </FormDialog>
      )}
    </div>
  )
}
