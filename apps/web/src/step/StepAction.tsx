import { useEffect, useId } from 'react'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { beginStep, completeStep } from '@liuhen/api/routes/cases'
import { FACTS_OF_EVENTS } from '@liuhen/domain/case/words'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { paths } from '../paths.ts'
import { useMe } from '../session/me.ts'
import { useCan } from '../session/use-can.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { WarnedReason } from '../shell/WarnedReason.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'
import { useNow } from '../time/use-now.ts'
import type { StepProps } from './StepPanel.tsx'

type Fields = BodyIn<typeof beginStep>
type Props = StepProps &
  Readonly<{
    kind: 'begin' | 'complete'
    onDone?: () => void
  }>

/** Begins or completes a step. While something refuses, the button stays and its reasons stand beside it. */
export function StepAction({ file, step, kind, onDone }: Props) {
  const { t } = useTranslation('case')
  const why = useId()
  const act = useCommand(kind === 'begin' ? beginStep : completeStep, {
    done: t(`step.${kind}Done`, { step: step.name }),
    onDone: () => onDone?.(),
  })
  const reasons = kind === 'begin' ? step.before : step.missing
  const refusals = reasons.filter((r) => r.effect === 'refuse')
  const warnings = reasons.filter((r) => r.effect === 'warn')
  const notMine = useCan(file).step(step)
  if (kind === 'complete' && step.endsBy !== undefined) return <EndsBy file={file} by={step.endsBy} />
  const blocked = refusals.length > 0 || notMine !== undefined
  return (
    <section className={`panel step-action step-action-${kind}`}>
      <h3>{t(`step.${kind}Title`)}</h3>
      <Form<Fields>
        name={`step-${kind}`}
        layout="vertical"
        disabled={act.isPending}
        onFinish={(body) => act.mutate({ params: { id: file.id, step: step.id }, body })}
      >
        <ActionFields file={file} step={step} kind={kind} />
        <div id={why} className="step-why">
          {refusals.length > 0 && (
            <h4>{t(kind === 'begin' ? 'step.refusedBegin' : 'step.missing', { n: refusals.length })}</h4>
          )}
          <Reasons reasons={refusals} />
          {warnings.length > 0 && <h4>{t('step.warned')}</h4>}
          <Reasons reasons={warnings} />
          {notMine !== undefined && <p className="role-note">{notMine}</p>}
        </div>
        {act.error && <ProblemView error={act.error} compact />}
        <WarnedReason error={act.error} ahead={warnings.length > 0} />
        <Button
          type="primary"
          htmlType="submit"
          size="large"
          disabled={blocked}
          loading={act.isPending}
          aria-describedby={why}
        >
          {t(`step.${kind}`)}
        </Button>
      </Form>
    </section>
  )
}

/** Such a step is ended by what it is for: archiving by the archive's command, a transfer by its registration. */
function EndsBy({ file, by }: Readonly<{ file: Props['file']; by: NonNullable<Props['step']['endsBy']> }>) {
  const { t } = useTranslation('case')
  const ofFile = FACTS_OF_EVENTS.has(by.name)
  return (
    <section className="panel step-action">
      <h3>{t('step.completeTitle')}</h3>
      <p>{t(ofFile ? 'step.endsInFile' : 'step.endsBy', { label: by.label })}</p>
      {ofFile && (
        <Link {...paths.caseFile(file.id, { tab: 'file' })}>
          <Button type="primary" tabIndex={-1}>
            {t('step.toFile')}
          </Button>
        </Link>
      )}
    </section>
  )
}

/** What was recorded to its end ended then. Recordings of an earlier occurrence tell nothing of this one. */
const recordedUntil = (file: Props['file'], { id, begunAt }: Props['step']): string | undefined =>
  begunAt === undefined
    ? undefined
    : file.recordings
        .filter((r) => r.step === id && Date.parse(r.to) >= Date.parse(begunAt))
        .map((r) => r.to)
        .toSorted((a, b) => Date.parse(a) - Date.parse(b))
        .at(-1)

function ActionFields({ file, step, kind }: Pick<Props, 'file' | 'step' | 'kind'>) {
  const { t } = useTranslation('case')
  const now = useNow()
  const real = useReal()
  const ended = recordedUntil(file, step)
  const form = Form.useFormInstance<Fields & { to?: string }>()
  // A film that comes in while one looks tells the end, unless somebody has said it already.
  useEffect(() => {
    if (ended !== undefined && !form.isFieldTouched('to')) form.setFieldValue('to', ended)
  }, [ended, form])
  const { personId, roles } = useMe()
  // Where no officer acts, whoever acts is the one who reports it.
  const isOfficers = step.by.includes('officer')
  const isTheirs =
    step.by.every((role) => role === 'officer') || file.handlers.some((p) => p.personId === personId)
  const handlers = isOfficers && isTheirs ? file.handlers.map((p) => p.personId) : []
  // Before anybody handles the case, the officer who acts is there at the least.
  const acting = handlers.length > 0 || !isOfficers || !roles.includes('officer') ? handlers : [personId]
  // What may be filmed happens on site; papers are written anywhere.
  const site = isOfficers && step.recordings.length > 0 ? file.place : undefined
  return (
    <>
      <div className="two-columns">
        {kind === 'begin' ? (
          <Form.Item name="from" label={t('step.from')} initialValue={now} rules={[real.moment]}>
            <InstantInput />
          </Form.Item>
        ) : (
          <Form.Item name="to" label={t('step.to')} initialValue={ended ?? now} rules={[real.moment]}>
            <InstantInput />
          </Form.Item>
        )}
        <Form.Item
          name="place"
          label={t('step.place')}
          {...(site === undefined ? {} : { initialValue: site })}
        >
          <Input maxLength={200} />
        </Form.Item>
      </div>
      {isOfficers && (
        <Form.Item name="officerIds" label={t('step.officers')} initialValue={acting}>
          <OfficerSelect />
        </Form.Item>
      )}
    </>
  )
}
