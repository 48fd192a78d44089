import type { ReactNode } from 'react'
import { Button, Drawer, Form } from 'antd'
import type { FormInstance } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Route } from '@liuhen/api/route'
import { ProblemView } from './ProblemView.tsx'
import { useWide } from './use-wide.ts'

type Props<F> = Readonly<{
  open: boolean
  title: string
  /** The word on the button that sends. */
  ok: string
  form: FormInstance<F>
  /** The command that it sends, and how that went. */
  route: Route
  sending: Readonly<{ isPending: boolean; error: Error | null }>
  onSend: (fields: F) => void
  onClose: () => void
  children: ReactNode
}>

/** A form that slides in beside its list: fields, what was refused, and two buttons that stay in sight. */
export function FormDrawer<F>({ open, title, ok, form, route, sending, ...rest }: Props<F>) {
  const { t } = useTranslation('words')
  const wide = useWide(700)
  return (
    <Drawer
      open={open}
      onClose={rest.onClose}
      destroyOnHidden
      size={wide ? 560 : '100%'}
      title={title}
      footer={
        <div className="drawer-foot">
          <Button onClick={rest.onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={sending.isPending} onClick={() => form.submit()}>
            {ok}
          </Button>
        </div>
      }
    >
      <Form<F> form={form} layout="vertical" scrollToFirstError onFinish={rest.onSend}>
        {rest.children}
        {sending.error && <ProblemView error={sending.error} route={route} compact />}
      </Form>
    </Drawer>
  )
}
