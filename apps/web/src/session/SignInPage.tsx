import { useEffect } from 'react'
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { signIn } from '@liuhen/api/routes/session'
import { setupState } from '@liuhen/api/routes/setup'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { DemoHint } from './DemoHint.tsx'
import { Entrance } from './Entrance.tsx'
import { arrive } from './here.ts'

type Fields = Readonly<{ login: string; password: string }>

/** Only ever to a page of our own. */
const safe = (to: string | undefined): string => (to?.startsWith('/') && !to.startsWith('//') ? to : '/')

export function SignInPage() {
  const { t } = useTranslation('session')
  const { to } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const [form] = Form.useForm<Fields>()
  const state = useRoute(setupState, {})
  const enter = useCommand(signIn, {
    onDone: () => {
      arrive()
      void navigate({ to: safe(to) })
    },
  })
  useEffect(() => {
    document.title = t('signIn.title')
  }, [t])
  if (state.data?.needed) return <Navigate to="/setup" />
  return (
    <Entrance>
      <h1>{t('signIn.title')}</h1>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields: Fields) => enter.mutate({ body: fields })}
      >
        <Form.Item name="login" label={t('login')} rules={[{ required: true, message: t('loginNeeded') }]}>
          <Input autoComplete="username" autoFocus size="large" autoCapitalize="none" spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('passwordNeeded') }]}
        >
          <Input.Password autoComplete="current-password" size="large" />
        </Form.Item>
        {enter.error && <ProblemView error={enter.error} compact />}
        <Button type="primary" htmlType="submit" block size="large" loading={enter.isPending}>
          {t('signIn.enter')}
        </Button>
      </Form>
      {state.data?.demonstration && <DemoHint onPick={(fields) => form.setFieldsValue(fields)} />}
    </Entrance>
  )
}
