import { Checkbox, Form, Modal, Radio } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { requestDerivative } from '@liuhen/api/routes/derivatives'
import { COVER_STYLES } from '@liuhen/domain/derivative/spec'
import type { Box, Span, Spec } from '@liuhen/domain/derivative/spec'
import { useCommand } from '../api/use-command.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useConfirm } from '../shell/use-confirm.ts'
import { AskFields, wordsOf } from './AskFields.tsx'
import type { AskedWords } from './AskFields.tsx'
import { addArea, placeArea } from './edit-areas.ts'
import type { Drawn } from './edit-areas.ts'
import { EditorRows } from './EditorRows.tsx'
import { EditorStage } from './EditorStage.tsx'
import { EditorTime } from './EditorTime.tsx'
import { useScrub } from './use-scrub.ts'

type Props = Readonly<{
  id: string
  src: string
  picture: boolean
  at: number
  length: number
  onClose: () => void
}>
type Style = (typeof COVER_STYLES)[number]
type Fields = AskedWords & { style: Style; marked: boolean }

/** Areas over the picture and over time, drawn by hand, and stretches without sound. */
export function RedactionEditor({ id, src, picture, at, length, onClose }: Props) {
  const { t } = useTranslation('copies')
  const media = useRef<HTMLVideoElement>(null)
  const [areas, setAreas] = useState<readonly Drawn[]>([])
  const [mutes, setMutes] = useState<readonly Span[]>([])
  const [chosen, setChosen] = useState<number>()
  const [preview, setPreview] = useState(false)
  const [form] = Form.useForm<Fields>()
  const confirm = useConfirm()
  const style = Form.useWatch('style', form) ?? 'black'
  const marked = Form.useWatch('marked', form) ?? false
  const scrub = useScrub(media, at, length)
  const ask = useCommand(requestDerivative, { done: t('asking'), onDone: onClose })
  const add = (box: Box): void => {
    const next = addArea(areas, box, scrub.now, length)
    setAreas(next)
    setChosen(next.at(-1)?.n)
  }
  const place = (n: number, box: Box): void =>
    setAreas((all) => all.map((a) => (a.n === n ? placeArea(a, box, scrub.now) : a)))
  const remove = (n: number): void => setAreas((all) => all.filter((a) => a.n !== n))
  const send = (f: Fields): void => {
    const drawn = areas.map(({ from, to, frames }) => ({ from, to, frames: [...frames] }))
    const spec: Spec = {
      kind: 'redaction',
      style: f.style,
      marked: f.marked,
      areas: drawn,
      mutes: [...mutes],
    }
    ask.mutate({ params: { id }, body: { spec, ...wordsOf(f) } })
  }
  const nothing = areas.length + mutes.length === 0
  const leave = async (): Promise<void> => {
    const question = { title: t('editor.leave'), text: t('editor.leaveNote'), ok: t('editor.leaveYes') }
    if (nothing || (await confirm({ ...question, danger: true }))) onClose()
  }
  return (
    <Modal
      open
      width="min(1240px, 96vw)"
      style={{ top: 24 }}
      title={t('editor.title')}
      okText={t('make')}
      okButtonProps={{ disabled: nothing, title: nothing ? t('editor.empty') : '' }}
      confirmLoading={ask.isPending}
      onOk={() => form.submit()}
      // What was drawn by hand is not lost by one key or a click beside the window.
      keyboard={nothing}
      mask={{ closable: nothing }}
      onCancel={() => void leave()}
    >
      <p className="explain">{t('editor.note')}</p>
      <div className="editor">
        <div className="editor-left">
          <EditorStage
            media={media}
            src={src}
            picture={picture}
            areas={areas}
            now={scrub.now}
            chosen={chosen}
            look={preview ? style : undefined}
            events={scrub.events}
            onAdd={add}
            onPlace={place}
            onChoose={setChosen}
            onRemove={remove}
          />
          <EditorTime scrub={scrub} length={length} areas={areas} mutes={mutes} />
          <p className="faint">{t('editor.keys')}</p>
          <EditorRows
            picture={picture}
            areas={areas}
            mutes={mutes}
            now={scrub.now}
            length={length}
            chosen={chosen}
            onSeek={scrub.seek}
            onAreas={setAreas}
            onMutes={setMutes}
            onChoose={setChosen}
            onAdd={add}
          />
        </div>
        <Form<Fields>
          form={form}
          layout="vertical"
          initialValues={{ style: 'black', marked: false, purpose: 'disclosure', reason: '' }}
          onFinish={send}
        >
          {picture && (
            <>
              <Checkbox checked={preview} onChange={(e) => setPreview(e.target.checked)}>
                {t('editor.preview')}
              </Checkbox>
              <Form.Item name="style" label={t('styleLabel')} extra={t('styleNote')}>
                <Radio.Group options={COVER_STYLES.map((value) => ({ value, label: t(`style.${value}`) }))} />
              </Form.Item>
              <Form.Item name="marked" valuePropName="checked">
                <Checkbox>{t('editor.marked')}</Checkbox>
              </Form.Item>
            </>
          )}
          <AskFields recipientNeeded={marked} />
          {nothing && <p className="field-problem">{t('editor.empty')}</p>}
          {ask.error && <ProblemView error={ask.error} route={requestDerivative} compact />}
        </Form>
      </div>
    </Modal>
  )
}
