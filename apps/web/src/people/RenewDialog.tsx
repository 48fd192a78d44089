import { Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { renewCertificate } from '@liuhen/api/routes/people'
import type { PersonView } from '@liuhen/api/routes/people'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { DayInput } from '../time/DayInput.tsx'
import { useReal } from '../time/use-real.ts'
import { ProblemView } from '../shell/ProblemView.tsx'

type Fields = BodyIn<typeof renewCertificate>

export function RenewDialog({ person, onClose }: Readonly<{ person: PersonView; onClose: () => void }>) {
  const { t } = useTranslation('people')
  const [form] = Form.useForm<Fields>()
  const real = useReal()
  const renew = useCommand(renewCertificate, { done: t('renewed'), onDone: onClose })
  return (
    <Modal
      open
      onCancel={onClose}
      title={t('renewOf', { name: person.name })}
      okText={t('save')}
      confirmLoading={renew.isPending}
      onOk={() => form.submit()}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ certNo: person.certNo, certValidTo: person.certValidTo }}
        onFinish={(body) => renew.mutate({ params: { id: person.id }, body })}
      >
        <Form.Item
          name="certNo"
          label={t('certNo')}
          rules={[{ required: true, pattern: /^[0-9A-Z]{6,20}$/, message: t('certRule') }]}
        >
          <Input maxLength={20} className="mono" />
        </Form.Item>
        <Form.Item
          name="certValidTo"
          label={t('validTo')}
          rules={[{ required: true, message: t('validToNeeded') }, real.day]}
        >
          <DayInput />
        </Form.Item>
        {renew.error && <ProblemView error={renew.error} route={renewCertificate} compact />}
      </Form>
    </Modal>
  )
}
