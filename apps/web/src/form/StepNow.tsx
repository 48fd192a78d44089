import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import { Reasons } from '../law-text/Reasons.tsx'
import type { FormKey } from './use-draft.ts'

/** Where the step of a draft stands: a paper in a step that cannot begin would be refused, and why is told before it is written. */
export function StepNow({ formKey }: Readonly<{ formKey: FormKey }>) {
  const { t } = useTranslation('document')
  const file = useRoute(getCase, { params: { id: formKey.params.id } })
  const step = file.data?.evaluation.steps.find((s) => s.id === formKey.query.step)
  if (step === undefined) return null
  const against = step.status === 'blocked' ? step.before.filter((r) => r.effect === 'refuse') : []
  if (against.length === 0)
    return <p className="faint step-now">{t(`stepNow.${step.status}`, { name: step.name })}</p>
  return (
    <Alert
      type="warning"
      showIcon
      title={t('stepNow.blocked', { name: step.name })}
      description={<Reasons reasons={against} />}
    />
  )
}
