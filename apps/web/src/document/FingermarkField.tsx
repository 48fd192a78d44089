import { useEffect, useRef, useState } from 'react'
import { Button, Upload } from 'antd'
import { useTranslation } from 'react-i18next'
import { FINGERMARK_LEAST, type Fingermark } from '@liuhen/domain/document/fingermark'
import { fingermarkOf, sidesOf } from './fingermark.ts'

type Props = Readonly<{ onChange: (print: Fingermark | undefined) => void }>

/** The print of the signer's finger, from a scanner's picture file or the camera. Read and made small here. */
export function FingermarkField({ onChange }: Props) {
  const { t } = useTranslation('document')
  const canvas = useRef<HTMLCanvasElement>(null)
  const [picture, setPicture] = useState<ImageBitmap>()
  const [unreadable, setUnreadable] = useState(false)
  useEffect(() => {
    const context = canvas.current?.getContext('2d', { willReadFrequently: true })
    if (!context || picture === undefined) return
    const sides = sidesOf(picture)
    Object.assign(context.canvas, sides)
    context.drawImage(picture, 0, 0, sides.width, sides.height)
    onChange(fingermarkOf(context.getImageData(0, 0, sides.width, sides.height).data, sides))
  }, [picture, onChange])
  const read = async (file: File): Promise<void> => {
    const made = await createImageBitmap(file).catch(() => undefined)
    const sides = made && sidesOf(made)
    const fits = sides !== undefined && Math.min(sides.width, sides.height) >= FINGERMARK_LEAST
    setUnreadable(!fits)
    setPicture(fits ? made : undefined)
    if (!fits) onChange(undefined)
  }
  return (
    <div className="fingermark">
      <Upload
        accept="image/*"
        showUploadList={false}
        beforeUpload={(file) => {
          void read(file)
          return Upload.LIST_IGNORE
        }}
      >
        <Button>{t(picture === undefined ? 'fingermark' : 'fingermarkOther')}</Button>
      </Upload>
      {picture !== undefined && (
        <>
          <canvas ref={canvas} role="img" aria-label={t('fingermarkAlt')} />
          <Button
            type="link"
            onClick={() => {
              setPicture(undefined)
              onChange(undefined)
            }}
          >
            {t('fingermarkNone')}
          </Button>
        </>
      )}
      {picture === undefined && (
        <span className={unreadable ? 'field-problem' : 'faint'} role={unreadable ? 'alert' : undefined}>
          {t(unreadable ? 'fingermarkUnreadable' : 'fingermarkNote')}
        </span>
      )}
    </div>
  )
}
