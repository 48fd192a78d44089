export type ByteRange = Readonly<{ start: number; end: number }>

/**
 * One range of RFC 9110 §14, `end` inclusive. Absent header, another unit or several ranges: the whole. A range that
 * lies outside is `unsatisfiable`.
 */
export const parseByteRange = (
  header: string | undefined,
  sizeBytes: number,
): ByteRange | 'whole' | 'unsatisfiable' => {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return 'whole'
  if (from === '') {
    const length = Math.min(Number(to), sizeBytes)
    return length === 0 ? 'unsatisfiable' : { start: sizeBytes - length, end: sizeBytes - 1 }
  }
  const start = Number(from)
  const end = to === '' ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1)
  // Last before first is no range at all: it is ignored, as the standard says.
  if (to !== '' && Number(to) < start) return 'whole'
  return start >= sizeBytes ? 'unsatisfiable' : { start, end }
}
