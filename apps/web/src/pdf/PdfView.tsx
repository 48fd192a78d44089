import { useEffect, useRef, useState } from 'react'
import { LeftOutlined, MinusOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { PdfPage } from './PdfPage.tsx'
import { usePdf } from './use-pdf.ts'
import './pdf.css'

type Props = Readonly<{ source: string | Blob; label: string }>
const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const

/** A PDF on the screen: fits the width at zoom 1, pages by button or scroll. */
export function PdfView({ source, label }: Props) {
  const { t } = useTranslation('document')
  const pdf = usePdf(source)
  const box = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(2)
  const [page, setPage] = useState(1)
  const width = useWidth(box)
  if (pdf.error !== undefined) return <ProblemView error={pdf.error} />
  const pages = pdf.file?.numPages ?? 0
  const go = (n: number): void => {
    const to = Math.min(Math.max(1, n), pages)
    box.current?.querySelector(`[data-page="${to}"]`)?.scrollIntoView({ block: 'start' })
    setPage(to)
  }
  const onScroll = (): void => {
    const top = (box.current?.getBoundingClientRect().top ?? 0) + 80
    const shown = [...(box.current?.querySelectorAll('[data-page]') ?? [])].filter(
      (p) => p.getBoundingClientRect().top <= top,
    )
    setPage(Math.max(1, shown.length))
  }
  return (
    <div className="pdf" role="region" aria-label={label}>
      <div className="pdf-bar">
        <Button
          type="text"
          size="small"
          icon={<LeftOutlined />}
          aria-label={t('pdf.previous')}
          disabled={page <= 1}
          onClick={() => go(page - 1)}
        />
        <span className="pdf-page-no">{t('pdf.page', { page, pages })}</span>
        <Button
          type="text"
          size="small"
          icon={<RightOutlined />}
          aria-label={t('pdf.next')}
          disabled={page >= pages}
          onClick={() => go(page + 1)}
        />
        <span className="pdf-space" />
        <Button
          type="text"
          size="small"
          icon={<MinusOutlined />}
          aria-label={t('pdf.smaller')}
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        />
        <span className="pdf-page-no">{Math.round((ZOOMS[zoom] ?? 1) * 100)}%</span>
        <Button
          type="text"
          size="small"
          icon={<PlusOutlined />}
          aria-label={t('pdf.larger')}
          disabled={zoom === ZOOMS.length - 1}
          onClick={() => setZoom(zoom + 1)}
        />
      </div>
      <div className="pdf-pages" ref={box} onScroll={onScroll} tabIndex={0} role="group" aria-label={label}>
        {!pdf.file && <Waiting rows={10} />}
        {pdf.file &&
          width > 0 &&
          Array.from({ length: pages }, (_, i) => (
            <PdfPage
              key={i}
              file={pdf.file}
              number={i + 1}
              width={Math.floor((width - 24) * (ZOOMS[zoom] ?? 1))}
            />
          ))}
      </div>
    </div>
  )
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return width
}
