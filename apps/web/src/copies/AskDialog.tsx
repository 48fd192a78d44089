import { Form, InputNumber, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { requestDerivative } from '@liuhen/api/routes/derivatives'
import type { Span, Spec } from '@liuhen/domain/derivative/spec'
import { useCommand } from '../api/use-command.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { clockOf } from '../time/china.ts'
import { AskFields, wordsOf } from './AskFields.tsx'
import type { AskedWords } from './AskFields.tsx'

type Props = Readonly<{
  id: string
  kind: 'clip' | 'watermark'
  now: number
  length: number
  /** What is repeated from A to B, where it is. */
  stretch: Span | undefined
  onClose: () => void
}>
type Fields = AskedWords & { from: number; to: number; exact: boolean; part: boolean }

const CLIP_SECONDS = 10
const tenth = (seconds: number): number => Math.round(seconds * 10) / 10

/** A part of the film as it is, or a copy with marks. */
export function AskDialog({ id, kind, now, length, stretch, onClose }: Props) {
  const { t } = useTranslation('copies')
  const ask = useCommand(requestDerivative, { done: t('asking'), onDone: onClose })
  const range = stretch ?? { from: tenth(now), to: tenth(Math.min(length, now + CLIP_SECONDS)) }
  const send = (f: Fields): void => {
    const { from, to } = f
    const spec: Spec =
      kind === 'clip'
        ? { kind, range: { from, to }, exact: f.exact }
        : { kind, ...(f.part && stretch && { range: stretch }) }
    ask.mutate({ params: { id }, body: { spec, ...wordsOf(f) } })
  }
  return (
    <FormDialog<Fields>
      title={t(kind === 'clip' ? 'clip' : 'mark')}
      ok={t('make')}
      note={kind === 'clip' ? t('cardNote') : t('markNote')}
      initial={{ ...range, exact: false, part: stretch !== undefined, purpose: 'evidence', reason: '' }}
      route={requestDerivative}
      sending={ask}
      onSend={send}
      onClose={onClose}
    >
      {kind === 'clip' && <Range />}
      {kind === 'watermark' && stretch && (
        <Form.Item name="part" label={t('length')}>
          <Radio.Group
            options={[
              { value: true, label: t('onlyLoop', { from: clockOf(stretch.from), to: clockOf(stretch.to) }) },
              { value: false, label: t('whole') },
            ]}
          />
        </Form.Item>
      )}
      <AskFields recipientNeeded={kind === 'watermark'} />
    </FormDialog>
  )
}

function Range() {
  const { t } = useTranslation('copies')
  return (
    <>
      <div className="copy-range">
        <Form.Item name="from" label={t('from')} rules={[{ required: true, message: t('rangeNeeded') }]}>
          <InputNumber min={0} step={0.1} />
        </Form.Item>
        <Form.Item
          name="to"
          label={t('to')}
          dependencies={['from']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, to: unknown) =>
                typeof to === 'number' && to > Number(getFieldValue('from'))
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('rangeNeeded'))),
            }),
          ]}
        >
          <InputNumber min={0} step={0.1} />
        </Form.Item>
      </div>
      <Form.Item name="exact" label={t('exact')}>
        <Radio.Group
          className="copy-choice"
          options={[
            { value: false, label: t('exactNo') },
            { value: true, label: t('exactYes') },
          ]}
        />
      </Form.Item>
    </>
  )
}
