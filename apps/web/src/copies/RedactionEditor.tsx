import { Form, Modal } from 'antd'
import { useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { requestDerivative } from '@liuhen/api/routes/derivatives'
import type { Span, Spec } from '@liuhen/domain/derivative/spec'
import { useCommand } from '../api/use-command.ts'
import { useConfirm } from '../shell/use-confirm.ts'
import { wordsOf } from './AskFields.tsx'
import { EditorRows } from './EditorRows.tsx'
import { EditorStage } from './EditorStage.tsx'
import { EditorTime } from './EditorTime.tsx'
import { RedactionForm, type RedactionFields } from './RedactionForm.tsx'
import { useAreas } from './use-areas.ts'
import { useScrub } from './use-scrub.ts'
import type { Scrub } from './use-scrub.ts'

type Props = Readonly<{
  id: string
  src: string
  picture: boolean
  at: number
  length: number
  onClose: () => void
}>

/** Areas over the picture and over time, drawn by hand, and stretches without sound. */
export function RedactionEditor({ id, src, picture, at, length, onClose }: Props) {
  const { t } = useTranslation('copies')
  const media = useRef<HTMLVideoElement>(null)
  const [mutes, setMutes] = useState<readonly Span[]>([])
  const [preview, setPreview] = useState(false)
  const [form] = Form.useForm<RedactionFields>()
  const confirm = useConfirm()
  const style = Form.useWatch('style', form) ?? 'black'
  const scrub = useScrub(media, at, length)
  const ask = useCommand(requestDerivative, { done: t('asking'), onDone: onClose })
  const drawing = useAreas(scrub.now, length)
  const send = (f: RedactionFields): void => {
    const drawn = drawing.areas.map(({ from, to, frames }) => ({ from, to, frames: [...frames] }))
    const spec: Spec = {
      kind: 'redaction',
      style: f.style,
      marked: f.marked,
      areas: drawn,
      mutes: [...mutes],
    }
    ask.mutate({ params: { id }, body: { spec, ...wordsOf(f) } })
  }
  const nothing = drawing.areas.length + mutes.length === 0
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
        <Surface
          {...{ media, src, picture, scrub, length, drawing, mutes }}
          look={preview ? style : undefined}
          onMutes={setMutes}
        />
        <RedactionForm
          form={form}
          picture={picture}
          preview={preview}
          nothing={nothing}
          error={ask.error}
          onPreview={setPreview}
          onSend={send}
        />
      </div>
    </Modal>
  )
}

type SurfaceProps = Pick<Props, 'src' | 'picture' | 'length'> &
  Readonly<{
    media: RefObject<HTMLVideoElement | null>
    scrub: Scrub
    drawing: ReturnType<typeof useAreas>
    mutes: readonly Span[]
    look: RedactionFields['style'] | undefined
    onMutes: (mutes: readonly Span[]) => void
  }>

/** The picture, the time under it, and what was drawn as rows. */
function Surface({ media, src, picture, scrub, length, drawing, mutes, look, onMutes }: SurfaceProps) {
  const { t } = useTranslation('copies')
  const { areas, chosen, set, add, place, choose, remove } = drawing
  const shared = { picture, areas, chosen, now: scrub.now, onAdd: add, onChoose: choose }
  return (
    <div className="editor-left">
      <EditorStage
        {...shared}
        media={media}
        src={src}
        look={look}
        events={scrub.events}
        onPlace={place}
        onRemove={remove}
      />
      <EditorTime scrub={scrub} length={length} areas={areas} mutes={mutes} />
      <p className="faint">{t('editor.keys')}</p>
      <EditorRows
        {...shared}
        mutes={mutes}
        length={length}
        onSeek={scrub.seek}
        onAreas={set}
        onMutes={onMutes}
      />
    </div>
  )
}
