import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { reviewDisposal } from '@liuhen/api/routes/disposals'
import type { BatchView } from '@liuhen/api/routes/disposals'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { refOf, titleOf } from './look-of.ts'

type Fields = Readonly<{
  opinion: string
  decided: Readonly<Record<string, 'keep' | 'strike'>>
  why?: Readonly<Record<string, string>>
}>

/** Each item is decided on its own: none is decided by default. */
export function ReviewDialog({ batch, onClose }: Readonly<{ batch: BatchView; onClose: () => void }>) {
  const { t } = useTranslation('disposal')
  const [form] = Form.useForm<Fields>()
  const decided = Form.useWatch('decided', form) ?? {}
  const sent = useCommand(reviewDisposal, { done: t('done.review'), onDone: onClose })
  const nameOf = (item: BatchView['items'][number]): string =>
    titleOf(item, (caseNo) => t('file.name', { caseNo }))
  const items = batch.items.filter((i) => i.struck === undefined)
  const send = (fields: Fields): void =>
    sent.mutate({
      params: { id: batch.id },
      body: {
        opinion: fields.opinion,
        seen: items.map(refOf),
        struck: items
          .filter((i) => fields.decided[refOf(i)] === 'strike')
          .map((i) => ({ item: refOf(i), reason: fields.why?.[refOf(i)] ?? '' })),
      },
    })
  return (
    <FormDialog<Fields>
      title={t('review')}
      ok={t('review')}
      width={720}
      form={form}
      route={reviewDisposal}
      sending={sent}
      onSend={send}
      onClose={onClose}
    >
      <ul className="disposal-review">
        {items
          .map((item) => ({ item, id: refOf(item), name: nameOf(item) }))
          .map(({ item, id, name }) => (
            <li key={id}>
              <strong>{name}</strong> {'recordingId' in item && <span className="faint">{item.caseNo}</span>}
              <p className="faint">{item.why}</p>
              <Form.Item name={['decided', id]} rules={[{ required: true, message: t('decideEach') }]}>
                <Radio.Group
                  aria-label={t('decision', { name })}
                  options={[
                    { value: 'keep', label: t('keepIn') },
                    { value: 'strike', label: t('strike') },
                  ]}
                />
              </Form.Item>
              {decided[id] === 'strike' && (
                <Form.Item
                  name={['why', id]}
                  label={t('reason')}
                  rules={[{ required: true, min: 4, whitespace: true, message: t('reasonNeeded') }]}
                >
                  <Input maxLength={500} />
                </Form.Item>
              )}
            </li>
          ))}
      </ul>
      <Form.Item
        name="opinion"
        label={t('opinion')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('opinionNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
