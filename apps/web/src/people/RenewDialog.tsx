import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { renewCertificate } from '@liuhen/api/routes/people'
import type { PersonView } from '@liuhen/api/routes/people'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { DayInput } from '../time/DayInput.tsx'
import { useReal } from '../time/use-real.ts'

type Fields = BodyIn<typeof renewCertificate>

export function RenewDialog({ person, onClose }: Readonly<{ person: PersonView; onClose: () => void }>) {
  const { t } = useTranslation('people')
  const real = useReal()
  const renew = useCommand(renewCertificate, { done: t('renewed'), onDone: onClose })
  const { certNo, certValidTo } = person
  return (
    <FormDialog<Fields>
      title={t('renewOf', { name: person.name })}
      ok={t('save')}
      initial={{
        ...(certNo === undefined ? {} : { certNo }),
        ...(certValidTo === undefined ? {} : { certValidTo }),
      }}
      route={renewCertificate}
      sending={renew}
      onSend={(body) => renew.mutate({ params: { id: person.id }, body })}
      onClose={onClose}
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
    </FormDialog>
  )
}
