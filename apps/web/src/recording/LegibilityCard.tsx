import { useState } from 'react'
import { Button, Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { confirmLegibility } from '@liuhen/api/routes/recordings'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { useCommand } from '../api/use-command.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaMinute } from '../time/china.ts'

/** Direct service: a person who has watched says whether the paper's title and the face can be read. Both answers count. */
export function LegibilityCard({ recording }: Readonly<{ recording: RecordingView }>) {
  const { t } = useTranslation('recording')
  const [title, setTitle] = useState(false)
  const [face, setFace] = useState(false)
  const confirm = useCommand(confirmLegibility, { done: t('legibility.done') })
  const isService = recording.link?.scene === 'direct-service'
  if (!isService && !recording.legibility) return null
  const said = recording.legibility
  const may = recording.can.confirmLegibility
  return (
    <section className="panel">
      <h2>{t('legibility.title')}</h2>
      {said ? (
        <p>
          {t(said.title ? 'legibility.titleYes' : 'legibility.titleNo')}{' '}
          {t(said.face ? 'legibility.faceYes' : 'legibility.faceNo')}{' '}
          <span className="faint">{t('legibility.by', { name: said.by, at: chinaMinute(said.at) })}</span>
        </p>
      ) : (
        <>
          <p className="explain">{t('legibility.note')}</p>
          <div className="legibility-boxes">
            <Checkbox checked={title} onChange={(e) => setTitle(e.target.checked)}>
              {t('legibility.titleBox')}
            </Checkbox>
            <Checkbox checked={face} onChange={(e) => setFace(e.target.checked)}>
              {t('legibility.faceBox')}
            </Checkbox>
          </div>
          {may !== true && <Reasons reasons={may} />}
          {confirm.error && <ProblemView error={confirm.error} compact />}
          <Button
            type="primary"
            disabled={may !== true}
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ params: { id: recording.id }, body: { title, face } })}
          >
            {t(title && face ? 'legibility.ok' : 'legibility.notOk')}
          </Button>
        </>
      )}
    </section>
  )
}
