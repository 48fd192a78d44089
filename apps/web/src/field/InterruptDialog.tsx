import type { ReactNode } from 'react'
import { Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { INTERRUPTION_CAUSES, type InterruptionCause } from '@liuhen/domain/recording/events'
import type { Cause } from './record/recording.ts'

type Fields = Readonly<{ cause: InterruptionCause; detail?: string; reportedTo?: string }>
type Props = Readonly<{
  title: string
  onClose: () => void
  onSay: (cause: Cause, reportedTo: string | undefined) => void
  note?: ReactNode
  /** Nothing was recorded afterwards: somebody was told. */
  asksReport?: boolean
}>

/** Why the film stopped although the act went on. */
export function InterruptDialog({ title, onClose, onSay, note, asksReport = false }: Props) {
  const { t } = useTranslation('field')
  const [form] = Form.useForm<Fields>()
  const cause = Form.useWatch('cause', form)
  return (
    <Modal open title={title} okText={t('cause.ok')} onCancel={onClose} onOk={() => form.submit()}>
      {note !== undefined && <p className="explain">{note}</p>}
      <Form
        form={form}
        layout="vertical"
        size="large"
        onFinish={({ cause: given, detail, reportedTo }: Fields) =>
          onSay({ cause: given, detail: detail === '' ? undefined : detail }, reportedTo)
        }
      >
        <Form.Item
          name="cause"
          label={t('cause.label')}
          rules={[{ required: true, message: t('cause.needed') }]}
        >
          <Radio.Group
            className="causes"
            aria-label={t('cause.label')}
            options={INTERRUPTION_CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="detail"
          label={t('cause.detail')}
          rules={[{ required: cause === 'other', message: t('cause.detailNeeded') }]}
        >
          <Input.TextArea maxLength={200} autoSize />
        </Form.Item>
        {asksReport && (
          <Form.Item
            name="reportedTo"
            label={t('cause.reportedTo')}
            rules={[{ required: true, message: t('cause.reportedToNeeded') }]}
          >
            <Input maxLength={60} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  )
}
