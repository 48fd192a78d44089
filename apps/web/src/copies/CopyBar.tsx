import { ScissorOutlined } from '@ant-design/icons'
import { Button, Space, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listDerivatives } from '@liuhen/api/routes/derivatives'
import { useRoute } from '../api/use-route.ts'
import { whyOf } from '../document/why-of.ts'
import type { Loop } from '../player/loop.ts'
import { AskDialog } from './AskDialog.tsx'
import { RedactionEditor } from './RedactionEditor.tsx'
import './copies.css'

type Props = Readonly<{
  id: string
  /** What this browser plays of it. */
  src: string
  picture: boolean
  now: number
  length: number
  loop: Loop
  /** Stops the player while something else plays. */
  onOpen: () => void
}>

/** Under the player: what may be made of this recording, from here. */
export function CopyBar({ id, src, picture, now, length, loop, onOpen }: Props) {
  const { t } = useTranslation('copies')
  const { t: w } = useTranslation('words')
  const [open, setOpen] = useState<'clip' | 'watermark' | 'redaction'>()
  const list = useRoute(listDerivatives, { params: { id } })
  const why = whyOf(list.data?.can.request, (reason) => w('whyNot', reason))
  const off = list.data === undefined || why !== undefined
  const begin = (what: typeof open): void => {
    onOpen()
    setOpen(what)
  }
  const close = (): void => setOpen(undefined)
  const stretch = loop.a !== undefined && loop.b !== undefined ? { from: loop.a, to: loop.b } : undefined
  return (
    <div className="copy-bar" role="group" aria-label={t('bar')}>
      <Tooltip title={why}>
        <Space.Compact>
          <Button size="small" icon={<ScissorOutlined />} disabled={off} onClick={() => begin('clip')}>
            {t('clip')}
          </Button>
          <Button size="small" disabled={off} onClick={() => begin('redaction')}>
            {t('redact')}
          </Button>
          {picture && (
            <Button size="small" disabled={off} onClick={() => begin('watermark')}>
              {t('mark')}
            </Button>
          )}
        </Space.Compact>
      </Tooltip>
      {(open === 'clip' || open === 'watermark') && (
        <AskDialog id={id} kind={open} now={now} length={length} stretch={stretch} onClose={close} />
      )}
      {open === 'redaction' && (
        <RedactionEditor id={id} src={src} picture={picture} at={now} length={length} onClose={close} />
      )}
    </div>
  )
}
