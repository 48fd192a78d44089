import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { isIdNumber, isOrgCode, isPhone } from '@liuhen/domain/document/identifiers'

export const PARTY_KINDS = ['person', 'sole-trader', 'organisation'] as const
export type PartyKind = (typeof PARTY_KINDS)[number]

const checked = (holds: (text: string) => boolean, message: string) => ({
  validator: async (_: unknown, value: unknown) => {
    if (typeof value === 'string' && value !== '' && !holds(value)) throw new Error(message)
  },
})

/** Who is dealt with, each number checked by its own digits. `at` is where the party stands in the form. */
export function PartyFields({ kind, at = [] }: Readonly<{ kind: PartyKind; at?: readonly string[] }>) {
  const { t } = useTranslation('case')
  const name = (field: string) => [...at, field]
  return (
    <>
      <Form.Item name={name('kind')} label={t('party.kind')}>
        <Radio.Group options={PARTY_KINDS.map((value) => ({ value, label: t(`party.kinds.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name={name('name')}
        label={t(kind === 'person' ? 'party.personName' : 'party.name')}
        rules={[{ required: true, message: t('party.nameNeeded') }]}
      >
        <Input maxLength={120} />
      </Form.Item>
      {kind !== 'organisation' && (
        <Form.Item
          name={name('idNumber')}
          label={t('party.idNumber')}
          rules={[checked(isIdNumber, t('party.idWrong'))]}
        >
          <Input maxLength={18} />
        </Form.Item>
      )}
      {kind !== 'person' && (
        <div className="two-columns">
          <Form.Item
            name={name('orgCode')}
            label={t('party.orgCode')}
            rules={[checked(isOrgCode, t('party.orgWrong'))]}
          >
            <Input maxLength={18} />
          </Form.Item>
          <Form.Item
            name={name('representative')}
            label={t(kind === 'sole-trader' ? 'party.operator' : 'party.representative')}
          >
            <Input maxLength={60} />
          </Form.Item>
        </div>
      )}
      <div className="two-columns">
        <Form.Item
          name={name('phone')}
          label={t('party.phone')}
          rules={[checked(isPhone, t('party.phoneWrong'))]}
        >
          <Input maxLength={30} inputMode="tel" />
        </Form.Item>
        <Form.Item name={name('address')} label={t('party.address')}>
          <Input maxLength={200} />
        </Form.Item>
      </div>
    </>
  )
}
