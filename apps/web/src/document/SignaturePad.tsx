import { useEffect, useRef, useState } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import Pad from 'signature_pad'
import { palette } from '../theme.ts'
import { strokesOf } from './strokes.ts'
import type { Stroke } from './strokes.ts'

type Props = Readonly<{ label: string; onChange: (strokes: readonly Stroke[]) => void }>

/** A sheet to sign on, by pen, finger or mouse. What is kept is how it was written, not a picture. */
export function SignaturePad({ label, onChange }: Props) {
  const { t } = useTranslation('document')
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<Pad>(null)
  const [empty, setEmpty] = useState(true)
  useEffect(() => {
    const element = canvas.current
    if (!element) return undefined
    const sharp = Math.max(window.devicePixelRatio, 1)
    element.width = element.offsetWidth * sharp
    element.height = element.offsetHeight * sharp
    element.getContext('2d')?.scale(sharp, sharp)
    const made = new Pad(element, { penColor: palette.ink, minWidth: 0.8, maxWidth: 3.2, throttle: 8 })
    const tell = (): void => {
      setEmpty(made.isEmpty())
      onChange(strokesOf(made.toData()))
    }
    made.addEventListener('endStroke', tell)
    pad.current = made
    return () => made.off()
  }, [onChange])
  const change = (keep: 'none' | 'butLast'): void => {
    const data = keep === 'none' ? [] : (pad.current?.toData().slice(0, -1) ?? [])
    pad.current?.fromData(data)
    setEmpty(data.length === 0)
    onChange(strokesOf(data))
  }
  return (
    <div className="pad">
      <canvas ref={canvas} role="img" aria-label={label} data-testid="signature-pad" />
      {empty && (
        <span className="pad-hint" aria-hidden="true">
          {t('padHint')}
        </span>
      )}
      <div className="pad-actions">
        <Button disabled={empty} onClick={() => change('butLast')}>
          {t('padUndo')}
        </Button>
        <Button disabled={empty} onClick={() => change('none')}>
          {t('padClear')}
        </Button>
      </div>
    </div>
  )
}
