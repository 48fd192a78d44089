import { useEffect, useState } from 'react'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { localCopy } from '../form/local-copy.ts'
import type { Copy } from '../form/local-copy.ts'
import { editLines, nextLine } from './lines.ts'
import type { EditLine, Written } from './lines.ts'

const isEditLine = (x: unknown): x is EditLine =>
  typeof x === 'object' && x !== null && 'from' in x && 'text' in x && 'speaker' in x && 'key' in x

/** What is being written is kept in the browser until it is saved, so that a closed window costs nothing. Where nothing was written yet, a first line begins at `begin`. */
export function useTranscriptDraft(
  recording: Pick<RecordingView, 'id' | 'transcript'>,
  begin: number,
  { name, copy }: Readonly<{ name: string; copy: Copy | undefined }>,
) {
  const [after] = useState(recording.transcript?.versions.at(-1)?.version ?? 0)
  const [found] = useState(() => {
    // One that builds on an older version is of no use.
    const kept = copy?.revision === after ? copy.data['lines'] : undefined
    return Array.isArray(kept) ? kept.filter(isEditLine) : []
  })
  const [written, setWritten] = useState<Written>(() => {
    const lines = found.length > 0 ? found : editLines(recording.transcript?.lines ?? [])
    return lines.length === 0 ? nextLine([], -1, begin) : { lines, at: lines.at(-1)?.key ?? 0 }
  })
  useEffect(() => {
    if (written.lines.some((l) => l.text !== ''))
      void localCopy.keep(name, { revision: after, data: { lines: written.lines } })
  }, [name, after, written])
  return { after, written, setWritten, restored: found.length > 0, drop: () => void localCopy.drop(name) }
}
