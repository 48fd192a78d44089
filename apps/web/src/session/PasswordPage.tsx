import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Card, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { changePassword } from '@liuhen/api/routes/session'
import { useCommand } from '../api/use-command.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { paths } from '../paths.ts'
import { useMe } from './me.ts'

type Fields = Readonly<{ current: string; next: string; again: string }>

export function PasswordPage() {
  const { t } = useTranslation('session')
  const me = useMe()
  const navigate = useNavigate()
  const change = useCommand(changePassword, {
    done: t('change.done'),
    onDone: () => void navigate(paths.desk()),
  })
  return (
    <div className="page page-narrow">
      <PageHead title={t('change.title')} />
      {me.mustChangePassword && <Alert type="warning" showIcon title={t('change.must')} />}
      <Card>
        <Form
          layout="vertical"
          requiredMark={false}
          onFinish={({ current, next }: Fields) => change.mutate({ body: { current, next } })}
        >
          <Form.Item
            name="current"
            label={t('change.current')}
            rules={[{ required: true, message: t('passwordNeeded') }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item
            name="next"
            label={t('change.next')}
            extra={t('change.rule')}
            rules={[{ min: 10, required: true, message: t('change.rule') }]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item
            name="again"
            label={t('change.again')}
            dependencies={['next']}
            rules={[
              ({ getFieldValue }) => ({
                validator: async (_, value) => {
                  if (value !== getFieldValue('next')) throw new Error(t('change.differ'))
                },
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          {change.error && <ProblemView error={change.error} compact />}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('change.save')}
          </Button>
        </Form>
      </Card>
    </div>
  )
}
