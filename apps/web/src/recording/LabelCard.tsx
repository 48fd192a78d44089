import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { labelRecording } from '@liuhen/api/routes/recordings'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import { labelsFor } from './labels-for.ts'
import type { Labels } from './labels-for.ts'

const KEYS = ['caseNo', 'party', 'handler'] as const

/** 标注: which case, which party, which handler. Shown when it is said; asked for, with the case's own words, while it is not. */
export function LabelCard({ recording }: Readonly<{ recording: RecordingView }>) {
  const { t } = useTranslation('recording')
  const [again, setAgain] = useState(false)
  const said = recording.labels
  const may = recording.can.describe
  return (
    <section className="panel" aria-label={t('label.title')}>
      <div className="need-line">
        <h2>{t('label.title')}</h2>
        {said && !again && may === true && (
          <Button size="small" onClick={() => setAgain(true)}>
            {t('label.again')}
          </Button>
        )}
      </div>
      {said && !again && (
        <dl className="facts">
          {KEYS.map((key) => (
            <div key={key} className="facts-row">
              <dt>{t(`label.${key}`)}</dt>
              <dd>{said[key]}</dd>
            </div>
          ))}
          <SaidDetails recording={recording} />
          <div className="facts-row">
            <dt />
            <dd className="faint">{t('label.at', { at: chinaMinute(said.at) })}</dd>
          </div>
        </dl>
      )}
      {!said && may !== true && <p className="faint">{t('label.none')}</p>}
      {!said && may !== true && <Reasons reasons={may} />}
      {may === true && (!said || again) && (
        <LabelForm recording={recording} onDone={() => setAgain(false)} again={again} />
      )}
    </section>
  )
}

/** What was said beside them, under the names that the texts of the case give it. */
function SaidDetails({ recording }: Readonly<{ recording: RecordingView }>) {
  const caseId = recording.link?.caseId
  const file = useRoute(getCase, { params: { id: caseId ?? '-' } }, { enabled: caseId !== undefined })
  const names = new Map(file.data?.labelFields.map((f) => [f.key, f.label]))
  return Object.entries(recording.labels?.details ?? {}).map(([key, said]) => (
    <div key={key} className="facts-row">
      <dt>{names.get(key) ?? key}</dt>
      <dd>{said}</dd>
    </div>
  ))
}

type FormProps = Readonly<{ recording: RecordingView; again: boolean; onDone: () => void }>

function LabelForm({ recording, again, onDone }: FormProps) {
  const { t: w } = useTranslation('words')
  const caseId = recording.link?.caseId ?? recording.manifest.suggestion?.caseId
  const file = useRoute(getCase, { params: { id: caseId ?? '-' } }, { enabled: caseId !== undefined })
  const said = recording.labels
  const me = useMe()
  const sceneName = file.data?.recordings.find((r) => r.id === recording.id)?.sceneName
  const known: Partial<Labels> = file.data
    ? labelsFor(file.data, { comma: w('comma'), agency: me.agency.name, sceneName })
    : {}
  if (caseId !== undefined && file.isPending) return <Waiting rows={3} />
  const details = { ...known.details, ...said?.details }
  return (
    <LabelFields
      id={recording.id}
      initial={{ ...known, ...said, details }}
      fields={file.data?.labelFields ?? []}
      alone={!file.data}
      again={again}
      onDone={onDone}
    />
  )
}

type FieldsProps = Readonly<{
  id: string
  initial: Partial<Labels>
  /** What the texts of the case want beside case, party and handler. */
  fields: CaseWorkspace['labelFields']
  /** No case that the one who asks may read. */
  alone: boolean
  again: boolean
  onDone: () => void
}>

function LabelFields({ id, initial, fields, alone, again, onDone }: FieldsProps) {
  const { t } = useTranslation('recording')
  const label = useCommand(labelRecording, { done: t('label.done'), onDone })
  const { caseNo, party, handler, details } = initial
  return (
    <Form<BodyIn<typeof labelRecording>>
      layout="vertical"
      initialValues={{ caseNo, party, handler, details }}
      onFinish={(body) => label.mutate({ params: { id }, body })}
    >
      <p className="explain">{t(alone ? 'label.noteAlone' : 'label.note')}</p>
      <div className="two-columns">
        {KEYS.map((key) => (
          <Form.Item
            key={key}
            name={key}
            label={t(`label.${key}`)}
            rules={[{ required: true, message: t('label.needed') }]}
          >
            <Input maxLength={100} />
          </Form.Item>
        ))}
        {fields.map((field) => (
          <Form.Item
            key={field.key}
            name={['details', field.key]}
            label={field.label}
            rules={[{ required: true, whitespace: true, message: t('label.needed') }]}
            extra={field.help}
          >
            <Input maxLength={500} />
          </Form.Item>
        ))}
      </div>
      {label.error && <ProblemView error={label.error} route={labelRecording} compact />}
      <div className="button-row">
        <Button type="primary" htmlType="submit" loading={label.isPending}>
          {t('label.ok')}
        </Button>
        {again && <Button onClick={onDone}>{t('label.cancel')}</Button>}
      </div>
    </Form>
  )
}
