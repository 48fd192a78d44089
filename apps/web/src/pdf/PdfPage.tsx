import { useEffect, useRef, useState } from 'react'
import type { PDFDocumentProxy, RenderTask } from 'pdfjs-dist'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{ file: PDFDocumentProxy | undefined; number: number; width: number }>
const A4 = Math.SQRT2

/** One page; drawn when it comes near the window. Its text lies over it, so that it can be selected and read aloud. */
export function PdfPage({ file, number, width }: Props) {
  const { t } = useTranslation('document')
  const box = useRef<HTMLDivElement>(null)
  const near = useNear(box)
  const [ratio, setRatio] = useState(A4)
  useEffect(() => {
    const element = box.current
    if (!element || !near || !file) return undefined
    const drawn = draw(element, file, number, width, setRatio)
    return () => drawn.cancel()
  }, [near, file, number, width])
  return (
    <div
      className="pdf-sheet"
      data-page={number}
      style={{ width, height: width * ratio }}
      ref={box}
      aria-label={t('pdf.sheet', { n: number })}
      role="group"
    >
      <canvas />
      <div className="textLayer" />
    </div>
  )
}

function useNear(box: React.RefObject<HTMLDivElement | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    const observer = new IntersectionObserver(
      ([entry]) => setNear((old) => old || (entry?.isIntersecting ?? false)),
      { rootMargin: '800px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return near
}

function draw(
  element: HTMLElement,
  file: PDFDocumentProxy,
  number: number,
  width: number,
  onRatio: (r: number) => void,
) {
  let cancelled = false
  let task: RenderTask | undefined
  const work = async (): Promise<void> => {
    const { TextLayer } = await import('pdfjs-dist')
    const page = await file.getPage(number)
    const plain = page.getViewport({ scale: 1 })
    const viewport = page.getViewport({ scale: width / plain.width })
    const canvas = document.createElement('canvas')
    const text = element.querySelector<HTMLElement>('.textLayer')
    if (cancelled || !text) return
    onRatio(plain.height / plain.width)
    const sharp = Math.min(window.devicePixelRatio, 2)
    canvas.width = Math.floor(viewport.width * sharp)
    canvas.height = Math.floor(viewport.height * sharp)
    task = page.render({ canvas, viewport, transform: [sharp, 0, 0, sharp, 0, 0] })
    await task.promise
    if (cancelled) return
    element.querySelector('canvas')?.replaceWith(canvas)
    text.replaceChildren()
    text.style.setProperty('--total-scale-factor', String(viewport.scale))
    await new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport }).render()
  }
  // A drawing that was given up rejects; there is nobody left to tell.
  work().catch(() => undefined)
  return {
    cancel: () => {
      cancelled = true
      task?.cancel()
    },
  }
}
