import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { approveSettings, rejectSettings, withdrawSettings } from '@liuhen/api/routes/settings'
import type { ProposalView } from '@liuhen/api/routes/settings'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { ChangeList } from './ChangeList.tsx'

export type Act = 'approve' | 'reject' | 'withdraw'
type Props = Readonly<{ act: Act; id: string; changes: ProposalView['changes']; onClose: () => void }>

const ROUTES = { approve: approveSettings, reject: rejectSettings, withdraw: withdrawSettings } as const

/** Every decision has its words: the opinion of who approves, the reason of who does not. */
export function DecideDialog({ act, id, changes, onClose }: Props) {
  const { t } = useTranslation('settings')
  const options = { done: t(`done.${act}`), onDone: onClose }
  const approve = useCommand(approveSettings, options)
  const reject = useCommand(rejectSettings, options)
  const withdraw = useCommand(withdrawSettings, options)
  const sent = { approve, reject, withdraw }[act]
  const isApproval = act === 'approve'
  const send = (words: string): void => {
    const params = { id }
    if (act === 'approve') approve.mutate({ params, body: { opinion: words } })
    if (act === 'reject') reject.mutate({ params, body: { reason: words } })
    if (act === 'withdraw') withdraw.mutate({ params, body: { reason: words } })
  }
  const label = isApproval ? t('opinion') : t(act === 'reject' ? 'rejectReason' : 'withdrawReason')
  return (
    <FormDialog<{ words: string }>
      title={t(act)}
      ok={t(act)}
      danger={act === 'reject'}
      note={<ChangeList changes={changes} />}
      route={ROUTES[act]}
      sending={sent}
      onSend={({ words }) => send(words)}
      onClose={onClose}
    >
      <Form.Item
        name="words"
        label={label}
        rules={[
          {
            required: true,
            min: isApproval ? 2 : 4,
            whitespace: true,
            message: t(isApproval ? 'opinionNeeded' : 'reasonNeeded'),
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
