import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { nameParty } from '@liuhen/api/routes/cases'
import { isIdNumber, isOrgCode, isPhone } from '@liuhen/domain/document/identifiers'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

type Props = Readonly<{ file: CaseWorkspace; onClose: () => void }>
type Fields = BodyIn<typeof nameParty>
const KINDS = ['person', 'sole-trader', 'organisation'] as const

const checked = (holds: (text: string) => boolean, message: string) => ({
  validator: async (_: unknown, value: unknown) => {
    if (typeof value === 'string' && value !== '' && !holds(value)) throw new Error(message)
  },
})

export function PartyDialog({ file, onClose }: Props) {
  const { t } = useTranslation('case')
  const [form] = Form.useForm<Fields>()
  const kind = Form.useWatch('kind', form) ?? file.party?.kind ?? 'person'
  const save = useCommand(nameParty, { done: t('party.done'), onDone: onClose })
  return (
    <FormDialog<Fields>
      title={t('party.title')}
      ok={t('save')}
      form={form}
      initial={file.party ?? { kind: 'person' }}
      route={nameParty}
      sending={save}
      onSend={(body) => save.mutate({ params: { id: file.id }, body })}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('party.kind')}>
        <Radio.Group options={KINDS.map((value) => ({ value, label: t(`party.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t(kind === 'person' ? 'party.personName' : 'party.name')}
        rules={[{ required: true, message: t('party.nameNeeded') }]}
      >
        <Input maxLength={120} />
      </Form.Item>
      {kind !== 'organisation' && (
        <Form.Item
          name="idNumber"
          label={t('party.idNumber')}
          rules={[checked(isIdNumber, t('party.idWrong'))]}
        >
          <Input maxLength={18} />
        </Form.Item>
      )}
      {kind !== 'person' && (
        <div className="two-columns">
          <Form.Item
            name="orgCode"
            label={t('party.orgCode')}
            rules={[checked(isOrgCode, t('party.orgWrong'))]}
          >
            <Input maxLength={18} />
          </Form.Item>
          <Form.Item
            name="representative"
            label={t(kind === 'sole-trader' ? 'party.operator' : 'party.representative')}
          >
            <Input maxLength={60} />
          </Form.Item>
        </div>
      )}
      <div className="two-columns">
        <Form.Item name="phone" label={t('party.phone')} rules={[checked(isPhone, t('party.phoneWrong'))]}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item name="address" label={t('party.address')}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
