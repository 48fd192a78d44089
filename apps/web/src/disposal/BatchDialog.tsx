import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  approveDisposal,
  objectToDisposal,
  orderDisposal,
  rejectDisposal,
} from '@liuhen/api/routes/disposals'
import type { BatchView } from '@liuhen/api/routes/disposals'
import { listPeople } from '@liuhen/api/routes/people'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { useMe } from '../session/me.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'

export type BatchAct = Readonly<{
  what: 'review' | 'approve' | 'reject' | 'object' | 'order'
  item?: string
}>
type Props = Readonly<{ act: BatchAct; batch: BatchView; onClose: () => void }>

export function BatchDialog(props: Props) {
  const { what } = props.act
  if (what === 'review') return <ReviewDialog batch={props.batch} onClose={props.onClose} />
  if (what === 'order') return <OrderDialog {...props} />
  return <WordsDialog {...props} what={what} />
}

const ROUTES = { approve: approveDisposal, reject: rejectDisposal, object: objectToDisposal } as const

/** Every decision has its words: the opinion of who approves, the reason of who does not. */
function WordsDialog({ act, batch, what, onClose }: Props & Readonly<{ what: keyof typeof ROUTES }>) {
  const { t } = useTranslation('disposal')
  const options = { done: t(`done.${what}`), onDone: onClose }
  const approve = useCommand(approveDisposal, options)
  const reject = useCommand(rejectDisposal, options)
  const object = useCommand(objectToDisposal, options)
  const params = { id: batch.id }
  const { item } = act
  const send = (words: string): void => {
    if (what === 'approve') approve.mutate({ params, body: { opinion: words } })
    if (what === 'reject') reject.mutate({ params, body: { reason: words } })
    if (what === 'object') object.mutate({ params, body: { reason: words, ...(item && { item }) } })
  }
  const isApproval = what === 'approve'
  const title = t(item === undefined ? what : 'objectOne')
  return (
    <FormDialog<{ words: string }>
      title={title}
      ok={title}
      danger={!isApproval}
      {...(isApproval ? { note: t('approveNote', { days: batch.limits.coolingDays }) } : {})}
      route={ROUTES[what]}
      sending={{ approve, reject, object }[what]}
      onSend={({ words }) => send(words)}
      onClose={onClose}
    >
      <Form.Item
        name="words"
        label={t(isApproval ? 'opinion' : 'reason')}
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

function OrderDialog({ batch, onClose }: Props) {
  const { t } = useTranslation('disposal')
  const me = useMe()
  const people = useRoute(listPeople, { query: { limit: 200 } })
  const order = useCommand(orderDisposal, { done: t('done.order'), onDone: onClose })
  const others = (people.data?.items ?? []).filter((p) => p.active && p.id !== me.personId)
  return (
    <FormDialog<{ witnessId: string }>
      title={t('order')}
      ok={t('order')}
      danger
      note={t('orderNote')}
      route={orderDisposal}
      sending={order}
      onSend={(body) => order.mutate({ params: { id: batch.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="witnessId"
        label={t('witness')}
        extra={t('witnessHint')}
        rules={[{ required: true, message: t('witnessNeeded') }]}
      >
        <Select
          loading={people.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={others.map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
    </FormDialog>
  )
}
