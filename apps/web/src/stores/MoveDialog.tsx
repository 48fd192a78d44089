import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { approveStoreMove, giveStoreMoveUp, proposeStoreMove } from '@liuhen/api/routes/stores'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'

export type MoveAct = 'propose' | 'approve' | 'giveUp'

const ROUTES = { propose: proposeStoreMove, approve: approveStoreMove, giveUp: giveStoreMoveUp } as const

export function MoveDialog({ act, onClose }: Readonly<{ act: MoveAct; onClose: () => void }>) {
  const { t } = useTranslation('stores')
  const options = { done: t(`move.done.${act}`), onDone: onClose }
  const propose = useCommand(proposeStoreMove, options)
  const approve = useCommand(approveStoreMove, options)
  const giveUp = useCommand(giveStoreMoveUp, options)
  const send = (words: string): void => {
    if (act === 'propose') propose.mutate({ body: { reason: words } })
    if (act === 'approve') approve.mutate({ body: { opinion: words } })
    if (act === 'giveUp') giveUp.mutate({ body: { reason: words } })
  }
  const isApproval = act === 'approve'
  return (
    <FormDialog<{ words: string }>
      title={t(`move.${act}`)}
      ok={t(`move.${act}`)}
      danger={act === 'giveUp'}
      note={t(`move.about.${act}`)}
      route={ROUTES[act]}
      sending={{ propose, approve, giveUp }[act]}
      onSend={({ words }) => send(words)}
      onClose={onClose}
    >
      <Form.Item
        name="words"
        label={t(isApproval ? 'move.opinion' : 'move.reason')}
        rules={[
          {
            required: true,
            min: isApproval ? 2 : 4,
            whitespace: true,
            message: t(isApproval ? 'move.opinionNeeded' : 'move.reasonNeeded'),
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
