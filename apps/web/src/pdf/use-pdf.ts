import { useEffect, useState } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { problemOf } from '../api/problem.ts'

type Loaded = Readonly<{ file: PDFDocumentProxy | undefined; error: unknown }>

const bytesOf = async (source: string | Blob): Promise<ArrayBuffer> => {
  if (typeof source !== 'string') return await source.arrayBuffer()
  const answer = await fetch(source, { credentials: 'same-origin' })
  if (!answer.ok) throw await problemOf(answer)
  return await answer.arrayBuffer()
}

/** Loads pdf.js only when a PDF is looked at; its worker comes from our own server. */
async function open(source: string | Blob): Promise<PDFDocumentProxy> {
  const [pdfjs, worker, data] = await Promise.all([
    import('pdfjs-dist'),
    import('pdfjs-dist/build/pdf.worker.min.mjs?url'),
    bytesOf(source),
  ])
  pdfjs.GlobalWorkerOptions.workerSrc = worker.default
  return await pdfjs.getDocument({ data, enableXfa: false }).promise
}

/** The file of a source; while a newer one loads, the older stays on the screen. */
export function usePdf(source: string | Blob): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ file: undefined, error: undefined })
  useEffect(() => {
    let wanted = true
    let mine: PDFDocumentProxy | undefined
    open(source).then(
      (file) => {
        mine = file
        if (wanted) setLoaded({ file, error: undefined })
        else void file.loadingTask.destroy()
      },
      (error: unknown) => {
        if (wanted) setLoaded({ file: undefined, error })
      },
    )
    return () => {
      wanted = false
      const old = mine
      if (old) setTimeout(() => void old.loadingTask.destroy(), 5_000)
    }
  }, [source])
  return loaded
}
