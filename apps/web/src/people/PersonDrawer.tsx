import { Alert, Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ROLES } from '@liuhen/domain/event'
import { registerPerson } from '@liuhen/api/routes/people'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { DayInput } from '../time/DayInput.tsx'
import { useReal } from '../time/use-real.ts'
import { FormDrawer } from '../shell/FormDrawer.tsx'

type Fields = BodyIn<typeof registerPerson>

export function PersonDrawer({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('people')
  const [form] = Form.useForm<Fields>()
  const register = useCommand(registerPerson, { done: t('registered'), onDone: onClose })
  return (
    <FormDrawer<Fields>
      open
      title={t('register')}
      ok={t('save')}
      form={form}
      route={registerPerson}
      sending={register}
      onSend={(body) => register.mutate({ body })}
      onClose={onClose}
    >
      <PersonFields />
    </FormDrawer>
  )
}

function PersonFields() {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  const real = useReal()
  const roles: unknown = Form.useWatch('roles')
  const certNo: unknown = Form.useWatch('certNo')
  const isBare = Array.isArray(roles) && roles.includes('officer') && !certNo
  return (
    <>
      <Form.Item name="name" label={t('name')} rules={[{ required: true, min: 2, message: t('nameNeeded') }]}>
        <Input maxLength={30} />
      </Form.Item>
      <Form.Item name="roles" label={t('roles')} rules={[{ required: true, message: t('rolesNeeded') }]}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={ROLES.map((value) => ({ value, label: w(`role.${value}`) }))}
        />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="unit" label={t('unit')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="position" label={t('position')}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="certNo"
          label={t('certNo')}
          rules={[{ pattern: /^[0-9A-Z]{6,20}$/, message: t('certRule') }]}
        >
          <Input maxLength={20} className="mono" />
        </Form.Item>
        <Form.Item name="certValidTo" label={t('validTo')} rules={[real.day]}>
          <DayInput />
        </Form.Item>
        <Form.Item
          name="login"
          label={t('login')}
          extra={t('loginHint')}
          rules={[{ pattern: /^[a-z][a-z0-9._-]{2,39}$/, message: t('loginRule') }]}
        >
          <Input autoCapitalize="none" autoComplete="off" />
        </Form.Item>
        <Form.Item name="password" label={t('password')} rules={[{ min: 10, message: t('passwordRule') }]}>
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </div>
      {isBare && <Alert className="drawer-note" type="warning" showIcon title={t('noCertOfficer')} />}
      <Form.Item name="legalQualified" valuePropName="checked">
        <Checkbox>{t('legalQualified')}</Checkbox>
      </Form.Item>
    </>
  )
}
