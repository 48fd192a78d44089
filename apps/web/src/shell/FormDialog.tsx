import type { ReactNode } from 'react'
import { Form, Modal } from 'antd'
import type { FormInstance } from 'antd'
import type { Route } from '@liuhen/api/route'
import { ProblemView } from './ProblemView.tsx'
import { WarnedReason } from './WarnedReason.tsx'

type Props<F> = Readonly<{
  title: string
  /** The word on the button that sends. */
  ok: string
  danger?: boolean
  /** It would be refused, as the fields say: nothing is sent. */
  blocked?: boolean
  width?: number
  /** Said above the fields. */
  note?: ReactNode
  /** Where somebody outside watches what is filled in. */
  form?: FormInstance<F>
  initial?: Partial<F> | undefined
  /** The command that it sends, and how that went. */
  route: Route
  sending: Readonly<{ isPending: boolean; error: Error | null }>
  onSend: (fields: F) => void
  onClose: () => void
  children?: ReactNode
}>

/** A form in front of the page: fields, what was refused, and the reason that a warning asks for, as `reason` among the fields. */
export function FormDialog<F>({ title, ok, form, initial, route, sending, onSend, ...rest }: Props<F>) {
  const [own] = Form.useForm<F>(form)
  return (
    <Modal
      open
      onCancel={rest.onClose}
      title={title}
      okText={ok}
      confirmLoading={sending.isPending}
      onOk={() => own.submit()}
      okButtonProps={{ danger: rest.danger === true, disabled: rest.blocked === true }}
      {...(rest.width === undefined ? {} : { width: rest.width })}
    >
      {rest.note !== undefined && <div className="explain">{rest.note}</div>}
      <Form<F>
        form={own}
        layout="vertical"
        scrollToFirstError
        onFinish={onSend}
        {...(initial === undefined ? {} : { initialValues: initial })}
      >
        {rest.children}
        {sending.error && <ProblemView error={sending.error} route={route} compact />}
        <WarnedReason error={sending.error} />
      </Form>
    </Modal>
  )
}
