import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getSettings } from '@liuhen/api/routes/settings'
import type { SettingView } from '@liuhen/api/routes/settings'
import { useRoute } from '../api/use-route.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { ChangeBar } from './ChangeBar.tsx'
import { PhrasesCard } from './PhrasesCard.tsx'
import { PendingProposal } from './PendingProposal.tsx'
import { ProposalHistory } from './ProposalHistory.tsx'
import { SettingRow } from './SettingRow.tsx'
import './settings.css'

export type Draft = Readonly<Record<string, SettingView['set']['value']>>

const POLL_MS = 2000
const MOVING = ['proposed', 'approved']

/** What the agency's texts leave to it: why, what holds now, and how it is changed. */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const [draft, setDraft] = useState<Draft>({})
  const [moving, setMoving] = useState(false)
  const settings = useRoute(getSettings, {}, { every: moving ? POLL_MS : false })
  if (settings.error)
    return (
      <div className="page">
        <PageHead title={t('title')} note={t('note')} />
        <ProblemView error={settings.error} onRetry={() => void settings.refetch()} />
      </div>
    )
  if (settings.isPending) return <Waiting rows={8} />
  const { subjects, proposals, can } = settings.data
  const isMoving = proposals.some((p) => MOVING.includes(p.status))
  if (isMoving !== moving) setMoving(isMoving)
  const pending = proposals.find((p) => p.status === 'proposed' || p.status === 'weighed')
  const all = subjects.flatMap((s) => s.settings)
  const open = all.filter((s) => s.open !== undefined).length
  const mayEdit = can.propose === true && pending === undefined
  return (
    <div className="page settings">
      <PageHead title={t('title')} note={t('note')} />
      {pending && <PendingProposal proposal={pending} />}
      {can.propose !== true && <p className="explain">{t('readOnly')}</p>}
      {can.propose === true && pending && <p className="explain">{t('waiting')}</p>}
      {all.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      {open > 0 && <p className="settings-open-count">{t('openCount', { count: open })}</p>}
      {subjects.map(({ subject, settings: some }) => (
        <section key={subject} className="panel setting-group">
          <h2>{subject}</h2>
          {some.map((setting) => (
            <SettingRow
              key={setting.id}
              setting={setting}
              {...(setting.id in draft && { draft: draft[setting.id] ?? null })}
              {...(mayEdit && {
                onChange: (value) => setDraft((old) => changed(old, setting, value)),
              })}
            />
          ))}
        </section>
      ))}
      {mayEdit && Object.keys(draft).length > 0 && (
        <ChangeBar draft={draft} settings={all} onDone={() => setDraft({})} />
      )}
      <PhrasesCard />
      <ProposalHistory proposals={proposals.filter((p) => p !== pending)} />
    </div>
  )
}

/** What is as it was is no change. */
function changed(draft: Draft, setting: SettingView, value: Draft[string]): Draft {
  const { [setting.id]: _, ...others } = draft
  return value === setting.set.value ? others : { ...others, [setting.id]: value ?? null }
}
