/**
 * What the square on a served paper says: which document it is and the checkpoint of the log before it was rendered
 * (a signed note, RFC-style lines), so that a phone without our software can still read and compare it. The
 * document's own inclusion is found by the hash of its file.
 */
export type QrInput = Readonly<{
  documentId: string
  number?: string
  /** The signed note of the latest checkpoint, or its text without signature lines. */
  checkpoint?: string
  /** Public page where a paper is checked. */
  portal?: string
}>

/** Phones and printed squares stay readable up to here. */
const MAX_BYTES = 900

export function qrText(input: QrInput): string {
  const head = input.portal
    ? `${input.portal.replace(/\/$/, '')}/check#${input.documentId}`
    : input.documentId
  const lines = ['liuhen.document.v1', head]
  if (input.number) lines.push(input.number)
  const short = lines.join('\n')
  const whole = input.checkpoint ? `${short}\n\n${input.checkpoint.trimEnd()}` : short
  return utf8Length(whole) <= MAX_BYTES ? whole : short
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
