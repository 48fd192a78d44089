import { useState } from 'react'
import { Button, Checkbox, Form, Input, Modal, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { signDocument } from '@liuhen/api/routes/documents'
import type { Fingermark } from '@liuhen/domain/document/fingermark'
import type { BodyIn } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { WarnedReason } from '../shell/WarnedReason.tsx'
import { useWide } from '../shell/use-wide.ts'
import { likelySigner, namedSigner } from './progress.ts'
import { FingermarkField } from './FingermarkField.tsx'
import { SignaturePad } from './SignaturePad.tsx'
import type { Stroke } from './strokes.ts'

type Props = Readonly<{
  file: CaseWorkspace
  document: DocumentView
  slot: DocumentView['signatures'][number]
  onClose: () => void
}>
type Fields = {
  name?: string
  refusalReason?: string
  witnesses?: string[]
  reason?: string
}

/** One signature: by hand on the screen, or refused with what happened and who saw it. */
export function SignDialog({ file, document, slot, onClose }: Props) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const wide = useWide(700)
  const me = useMe()
  const [form] = Form.useForm<Fields>()
  const [way, setWay] = useState<'hand' | 'refused'>('hand')
  const [strokes, setStrokes] = useState<readonly Stroke[]>([])
  const [fingermark, setFingermark] = useState<Fingermark>()
  const [said, setSaid] = useState<boolean>()
  const name = Form.useWatch('name', form)
  const inHand = said ?? isInHand(file, slot, name)
  const sign = useCommand(signDocument, { done: t('signDone'), onDone: onClose })
  const send = (fields: Fields): void => {
    const signer = slot.ownHand ? { personId: me.personId } : { name: fields.name }
    const who = { role: slot.role, ...signer, reason: fields.reason }
    const body: BodyIn<typeof signDocument> =
      way === 'hand'
        ? { ...who, strokes: strokes.map((stroke) => [...stroke]), fingermark, handedOver: inHand }
        : { ...who, refusal: { reason: fields.refusalReason ?? '', witnesses: fields.witnesses ?? [] } }
    sign.mutate({ params: { id: file.id, documentId: document.id }, body })
  }
  return (
    <Modal
      open
      mask={{ closable: false }}
      onCancel={onClose}
      width={wide ? 720 : '100%'}
      className="sign-dialog"
      title={t('signTitle', { label: slot.label, name: document.name })}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {w('cancel')}
        </Button>,
        <Button
          key="ok"
          type="primary"
          loading={sign.isPending}
          disabled={way === 'hand' && strokes.length === 0}
          onClick={() => form.submit()}
        >
          {t(way === 'hand' ? 'signOk' : 'refuseOk')}
        </Button>,
      ]}
    >
      <Form<Fields> form={form} layout="vertical" onFinish={send}>
        {slot.refusable && (
          <Segmented
            aria-label={t('signWay')}
            block
            value={way}
            options={[
              { value: 'hand', label: t('byHand') },
              { value: 'refused', label: t('refused') },
            ]}
            onChange={setWay}
          />
        )}
        <Signer file={file} document={document} slot={slot} />
        {way === 'hand' ? <SignaturePad label={t('pad')} onChange={setStrokes} /> : <RefusalFields />}
        {way === 'hand' && !slot.ownHand && <FingermarkField onChange={setFingermark} />}
        {way === 'hand' && slot.receives && <HandedOver on={inHand} onSay={setSaid} />}
        <p className="faint sign-note">{t('signBound')}</p>
        {sign.error && <ProblemView error={sign.error} route={signDocument} compact />}
        <WarnedReason error={sign.error} />
      </Form>
    </Modal>
  )
}

/** In a slot of the agency everybody signs for themselves; for people from outside the pad is held. */
function Signer({ file, document, slot }: Pick<Props, 'file' | 'document' | 'slot'>) {
  const { t } = useTranslation('document')
  const me = useMe()
  const definition = useDefinitions().get(document.type)
  if (slot.ownHand) return <p className="explain signer">{t('signSelf', { name: me.name })}</p>
  const named = namedSigner(slot, document, definition)
  const likely =
    named ?? likelySigner(slot, document, definition, file.party?.representative ?? file.party?.name)
  const extra = t(named === undefined ? 'signerDefault' : 'signerReceived')
  return (
    <>
      <p className="explain signer">{t('signHeld', { name: me.name })}</p>
      <Form.Item
        name="name"
        label={t('signerName')}
        rules={[{ required: true, message: t('signerNeeded') }]}
        {...(likely === undefined ? {} : { initialValue: likely, extra })}
      >
        <Input maxLength={60} />
      </Form.Item>
    </>
  )
}

/**
 * Whoever signs here has the paper in hand, unless somebody says otherwise. A witness who signs where the party is absent
 * (cmp-18) receives nothing for the party.
 */
const isInHand = ({ party }: CaseWorkspace, slot: Props['slot'], name: string | undefined): boolean =>
  slot.receives && (slot.role !== 'party' || name === party?.name || name === party?.representative)

function HandedOver({ on, onSay }: Readonly<{ on: boolean; onSay: (on: boolean) => void }>) {
  const { t } = useTranslation('document')
  return (
    <div className="handed-over">
      <Checkbox checked={on} onChange={(e) => onSay(e.target.checked)}>
        {t('handedOver')}
      </Checkbox>
      <p className="faint">{t('handedOverNote')}</p>
    </div>
  )
}

function RefusalFields() {
  const { t } = useTranslation('document')
  return (
    <>
      <Form.Item
        name="refusalReason"
        label={t('refusalReason')}
        rules={[{ required: true, min: 2, message: t('refusalNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 3 }} maxLength={500} />
      </Form.Item>
      <Form.Item name="witnesses" label={t('witnesses')} extra={t('witnessesHint')}>
        <Select
          mode="tags"
          open={false}
          suffixIcon={null}
          tokenSeparators={[' ', ',', '\uff0c', '\u3001']}
          maxCount={5}
        />
      </Form.Item>
    </>
  )
}
