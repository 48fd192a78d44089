import { Checkbox, Form, Input, Radio } from 'antd'
import type { Rule } from 'antd/es/form'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { setupState } from '@liuhen/api/routes/setup'

type Packs = ResponseOf<typeof setupState>['packs']

const useNeeded = (): readonly Rule[] => {
  const { t } = useTranslation('session')
  return [{ required: true, message: t('needed') }]
}

export function AgencyFields() {
  const { t } = useTranslation('session')
  const needed = useNeeded()
  const more = ['address', 'phone', 'reconsiderationBody', 'court', 'paymentBank', 'paymentAccount'] as const
  return (
    <div className="two-columns">
      <Form.Item name={['agency', 'name']} label={t('agency.name')} rules={[...needed]}>
        <Input placeholder={t('agency.nameHint')} maxLength={80} />
      </Form.Item>
      <Form.Item
        name={['agency', 'shortName']}
        label={t('agency.shortName')}
        extra={t('agency.shortNameHint')}
        rules={[...needed]}
      >
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item
        name={['agency', 'code']}
        label={t('agency.code')}
        extra={t('agency.codeHint')}
        rules={[{ required: true, pattern: /^[0-9A-Z]{6,18}$/, message: t('agency.codeRule') }]}
      >
        <Input maxLength={18} />
      </Form.Item>
      {more.map((name) => (
        <Form.Item key={name} name={['agency', name]} label={t(`agency.${name}`)}>
          <Input maxLength={200} />
        </Form.Item>
      ))}
    </div>
  )
}

export function PackFields({ packs }: Readonly<{ packs: Packs }>) {
  const { t } = useTranslation('session')
  const needed = useNeeded()
  const bases = packs.filter((pack) => pack.layer !== 'overlay')
  const overlays = packs.filter((pack) => pack.layer === 'overlay')
  return (
    <>
      <p className="explain">{t('setup.packNote')}</p>
      <Form.Item name={['agency', 'base']} label={t('setup.base')} rules={[...needed]}>
        <Radio.Group className="pack-choice">
          {bases.map((pack) => (
            <Radio key={pack.id} value={pack.id}>
              {pack.title}
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {overlays.length > 0 && (
        <Form.Item name={['agency', 'overlays']} label={t('setup.overlays')} extra={t('setup.overlaysNote')}>
          <Checkbox.Group className="pack-choice">
            {overlays.map((pack) => (
              <Checkbox key={pack.id} value={pack.id}>
                {pack.title}
              </Checkbox>
            ))}
          </Checkbox.Group>
        </Form.Item>
      )}
    </>
  )
}

export function AdministratorFields() {
  const { t } = useTranslation('session')
  const needed = useNeeded()
  return (
    <div className="two-columns">
      <Form.Item name={['administrator', 'name']} label={t('name')} rules={[...needed]}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item
        name={['administrator', 'login']}
        label={t('login')}
        rules={[{ required: true, pattern: /^[a-z][a-z0-9._-]{2,39}$/, message: t('loginRule') }]}
      >
        <Input autoCapitalize="none" spellCheck={false} autoComplete="username" />
      </Form.Item>
      <Form.Item
        name={['administrator', 'password']}
        label={t('password')}
        rules={[{ required: true, min: 10, message: t('change.rule') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('again')}
        dependencies={[['administrator', 'password']]}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_, value) => {
              if (value !== getFieldValue(['administrator', 'password'])) throw new Error(t('againDiffers'))
            },
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </div>
  )
}
