import { Navigate, useNavigate } from '@tanstack/react-router'
import { Alert, Button, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { setUp, setupState } from '@liuhen/api/routes/setup'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { AdministratorFields, AgencyFields, PackFields } from './SetupFields.tsx'
import { Entrance } from './Entrance.tsx'

type Fields = BodyIn<typeof setUp> & { again: string }

/** The first page of an empty installation: one form, three questions. */
export function SetupPage() {
  const { t } = useTranslation('session')
  const navigate = useNavigate()
  const state = useRoute(setupState, {})
  const begin = useCommand(setUp, { done: t('setup.done'), onDone: () => void navigate({ to: '/sign-in' }) })
  if (state.isPending) return <Waiting whole />
  if (state.error) return <ProblemView error={state.error} onRetry={() => void state.refetch()} />
  if (!state.data.needed) return <Navigate to="/sign-in" />
  return (
    <Entrance wide>
      <h1>{t('setup.title')}</h1>
      <p className="entrance-note">{t('setup.note')}</p>
      <Form<Fields>
        layout="vertical"
        scrollToFirstError
        initialValues={{ agency: { overlays: [] } }}
        onFinish={({ agency, administrator }) => begin.mutate({ body: { agency, administrator } })}
      >
        <h2>{t('setup.agency')}</h2>
        <AgencyFields />
        <h2>{t('setup.pack')}</h2>
        <PackFields packs={state.data.packs} />
        <h2>{t('setup.administrator')}</h2>
        <AdministratorFields />
        <Alert type="info" showIcon title={t('setup.after')} />
        {begin.error && <ProblemView error={begin.error} compact />}
        <Button type="primary" htmlType="submit" size="large" loading={begin.isPending}>
          {t('setup.begin')}
        </Button>
      </Form>
    </Entrance>
  )
}
