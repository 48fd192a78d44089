import { useState } from 'react'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Route } from '@liuhen/api/route'
import { ROLES } from '@liuhen/domain/event'
import * as routes from '@liuhen/api/routes/people'
import type { PersonView } from '@liuhen/api/routes/people'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import type { Change } from './KeepMenu.tsx'
import { OneTimePassword } from './OneTimePassword.tsx'
import { oneTimePassword } from './one-time-password.ts'

type Props = Readonly<{ person: PersonView; change: Change; onClose: () => void }>
type Fields = { roles: PersonView['roles']; unit?: string; position?: string; login: string; reason: string }

const ROUTES = {
  changeRoles: routes.changeRoles,
  openAccount: routes.openAccount,
  resetPassword: routes.resetPassword,
  deactivate: routes.deactivatePerson,
  reactivate: routes.reactivatePerson,
} as const satisfies Record<Change, Route>

/** One change of a person or of their account, with its reason; a new password is shown once, when it holds. */
export function KeepDialog({ person, change, onClose }: Props) {
  const { t } = useTranslation('people')
  const [form] = Form.useForm<Fields>()
  const [password] = useState(() => oneTimePassword())
  const [holds, setHolds] = useState<string | undefined>()
  const done = { done: t(`dones.${change}`) }
  const plain = { ...done, onDone: onClose }
  const roles = useCommand(routes.changeRoles, plain)
  const off = useCommand(routes.deactivatePerson, plain)
  const on = useCommand(routes.reactivatePerson, plain)
  const open = useCommand(routes.openAccount, {
    ...done,
    onDone: () => setHolds(form.getFieldValue('login')),
  })
  const reset = useCommand(routes.resetPassword, { ...done, onDone: () => setHolds(person.login ?? '') })
  const params = { id: person.id }
  const send = ({ reason, login, ...posts }: Fields): void => {
    if (change === 'changeRoles') roles.mutate({ params, body: { ...posts, reason } })
    if (change === 'deactivate') off.mutate({ params, body: { reason } })
    if (change === 'reactivate') on.mutate({ params, body: { reason } })
    if (change === 'openAccount') open.mutate({ params, body: { login, password } })
    if (change === 'resetPassword') reset.mutate({ params, body: { password, reason } })
  }
  const sent = {
    changeRoles: roles,
    deactivate: off,
    reactivate: on,
    openAccount: open,
    resetPassword: reset,
  }[change]
  if (holds !== undefined)
    return <OneTimePassword name={person.name} login={holds} password={password} onClose={onClose} />
  return (
    <FormDialog<Fields>
      title={t(`titles.${change}`, { name: person.name })}
      ok={t(`can.${change}`)}
      danger={change === 'deactivate'}
      note={t(`notes.${change}`)}
      form={form}
      route={ROUTES[change]}
      sending={sent}
      onSend={send}
      onClose={onClose}
    >
      {change === 'changeRoles' && <PostFields person={person} />}
      {change === 'openAccount' && <LoginField />}
      {change !== 'openAccount' && (
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, min: 2, whitespace: true, message: t('reasonNeeded') }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
        </Form.Item>
      )}
    </FormDialog>
  )
}

function PostFields({ person }: Readonly<{ person: PersonView }>) {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  return (
    <>
      <Form.Item
        name="roles"
        label={t('roles')}
        initialValue={person.roles}
        rules={[{ required: true, message: t('rolesNeeded') }]}
      >
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={ROLES.map((value) => ({ value, label: w(`role.${value}`) }))}
        />
      </Form.Item>
      <div className="two-columns">
        <Form.Item name="unit" label={t('unit')} {...(person.unit && { initialValue: person.unit })}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="position"
          label={t('position')}
          {...(person.position && { initialValue: person.position })}
        >
          <Input maxLength={60} />
        </Form.Item>
      </div>
    </>
  )
}

function LoginField() {
  const { t } = useTranslation('people')
  return (
    <Form.Item
      name="login"
      label={t('login')}
      rules={[
        { required: true, message: t('loginNeeded') },
        { pattern: /^[a-z][a-z0-9._-]{2,39}$/, message: t('loginRule') },
      ]}
    >
      <Input autoCapitalize="none" autoComplete="off" />
    </Form.Item>
  )
}
