import { cleanPasted, cleanPastedLine } from './pasted.ts'

type Box = HTMLTextAreaElement | HTMLInputElement

/** Puts text where the caret is, as if it was typed: it can be taken back, and whoever listens hears of it. */
const typeIn = (box: Box, text: string): void => {
  box.focus()
  // The only way that keeps the browser's own undo; where it is gone, the text still comes in.
  if (document.execCommand('insertText', false, text)) return
  box.setRangeText(text, box.selectionStart ?? 0, box.selectionEnd ?? 0, 'end')
  box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste', data: text }))
}

/** What is pasted comes in as somebody would have typed it; what is clean already is left to the browser. */
export const insertPasted = (event: React.ClipboardEvent<Box>): void => {
  const raw = event.clipboardData.getData('text/plain')
  const box = event.currentTarget
  const clean = box.tagName === 'TEXTAREA' ? cleanPasted(raw) : cleanPastedLine(raw)
  if (clean === raw) return
  event.preventDefault()
  typeIn(box, clean)
}
