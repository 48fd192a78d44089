import { useNavigate } from '@tanstack/react-router'
import { Form, Input, Select } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { registerLead } from '@liuhen/api/routes/cases'
import { Source } from '@liuhen/domain/case/events'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { paths } from '../paths.ts'
import { FormDrawer } from '../shell/FormDrawer.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { InstantInput } from '../time/InstantInput.tsx'
import { useReal } from '../time/use-real.ts'
import { useNow } from '../time/use-now.ts'
import { usualProcedure } from './by-act.ts'
import { ProcedureChoice } from './ProcedureChoice.tsx'
import type { Offered } from './ProcedureChoice.tsx'

type Props = Readonly<{
  open: boolean
  procedures: Offered
  onClose: () => void
}>
type Fields = BodyIn<typeof registerLead>

/** 登记线索: the beginning of every case. */
export function LeadDrawer({ open, procedures, onClose }: Props) {
  const { t } = useTranslation('case')
  const navigate = useNavigate()
  const [form] = Form.useForm<Fields>()
  const register = useCommand(registerLead, {
    done: t('lead.done'),
    onDone: (done) => void (done.id !== undefined && navigate(paths.caseFile(done.id, { tab: 'step' }))),
  })
  const close = (): void => {
    register.reset()
    onClose()
  }
  return (
    <FormDrawer<Fields>
      open={open}
      title={t('lead.new')}
      ok={t('lead.register')}
      form={form}
      route={registerLead}
      sending={register}
      onSend={(body) => register.mutate({ body })}
      onClose={close}
    >
      {procedures.length === 0 ? <Waiting rows={4} /> : <LeadFields procedures={procedures} />}
    </FormDrawer>
  )
}

const needed = (message: string) => [{ required: true, message }]

function LeadFields({ procedures }: Pick<Props, 'procedures'>) {
  const { t } = useTranslation('case')
  const source = Form.useWatch('source')
  const procedure = Form.useWatch('procedure')
  const chosen = procedures.find((p) => p.id === procedure)
  const said = chosen?.sources ?? []
  const sources =
    said.length > 0 ? said : Source.options.map((value) => ({ value, label: t(`source.${value}`) }))
  const form = Form.useFormInstance<Fields>()
  const known = source === undefined || sources.some(({ value }) => value === source)
  useEffect(() => {
    if (!known) form.resetFields(['source'])
  }, [known, form])
  return (
    <>
      <Form.Item
        name="procedure"
        label={t('lead.procedure')}
        rules={needed(t('lead.procedureNeeded'))}
        initialValue={usualProcedure(procedures)}
      >
        <ProcedureChoice procedures={procedures} />
      </Form.Item>
      <Form.Item name="source" label={t('lead.source')} rules={needed(t('lead.sourceNeeded'))}>
        <Select options={sources} />
      </Form.Item>
      <Times />
      <Form.Item
        name="title"
        label={t('lead.title')}
        extra={t('lead.titleHint')}
        rules={[{ required: true, min: 4, message: t('lead.titleNeeded') }]}
      >
        <Input maxLength={120} showCount />
      </Form.Item>
      <Form.Item
        name="summary"
        label={t('lead.summary')}
        rules={[{ required: true, min: 4, message: t('lead.summaryNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 10 }} maxLength={2000} />
      </Form.Item>
      <Form.Item name="place" label={t('lead.place')}>
        <Input maxLength={200} />
      </Form.Item>
      {chosen?.asksViolation === true && (
        <Form.Item name="violation" label={t('lead.violation')} extra={t('lead.violationHint')}>
          <Input maxLength={500} />
        </Form.Item>
      )}
      {source === 'report' && <Informant />}
    </>
  )
}

function Times() {
  const { t } = useTranslation('case')
  const now = useNow()
  const real = useReal()
  return (
    <div className="two-columns">
      <Form.Item
        name="receivedAt"
        label={t('lead.receivedAt')}
        rules={[...needed(t('lead.timeNeeded')), real.moment]}
        initialValue={now}
      >
        <InstantInput />
      </Form.Item>
      <Form.Item name="occurredAt" label={t('lead.occurredAt')} rules={[real.moment]}>
        <InstantInput />
      </Form.Item>
    </div>
  )
}

/** Who reported it. */
function Informant() {
  const { t } = useTranslation('case')
  return (
    <fieldset className="fieldset">
      <legend>{t('lead.informant')}</legend>
      <p className="faint">{t('lead.informantNote')}</p>
      <div className="two-columns">
        <Form.Item name={['informant', 'name']} label={t('lead.informantName')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name={['informant', 'phone']} label={t('lead.informantPhone')}>
          <Input maxLength={30} />
        </Form.Item>
      </div>
    </fieldset>
  )
}
