import type { Act } from './use-turns.ts'

type Pressed = Readonly<{
  key: string
  code: string
  altKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
}>
type Line = Readonly<{ text: string; from: number; to: number; part: 'q' | 'a'; isTurnEmpty: boolean }>

const withAlt = ({ key, code, shiftKey }: Pressed): Act | undefined => {
  if (key === 'Enter') return { do: 'insert', above: shiftKey }
  if (key === 'ArrowUp') return { do: 'move', by: -1 }
  if (key === 'ArrowDown') return { do: 'move', by: 1 }
  if (key === 'Delete' || key === 'Backspace') return { do: 'remove' }
  // By the place of the key: with Alt some keyboards write another sign.
  if (code === 'KeyZ') return { do: 'restore' }
  if (code === 'KeyS') return { do: 'split' }
  return code === 'KeyT' ? { do: 'stamp' } : undefined
}

/** What a key does in a line of the record; nothing where it writes. */
export function actOf(pressed: Pressed, line: Line): Act | undefined {
  const { key, altKey, ctrlKey, metaKey, shiftKey } = pressed
  if (ctrlKey || metaKey) return undefined
  if (altKey) return withAlt(pressed)
  if (shiftKey) return undefined
  const isMarked = line.from !== line.to
  // An answer is wanted before the next question; who means to leave it open goes on by the arrow.
  if (key === 'Enter') return line.part === 'a' && line.text.trim() === '' ? { do: 'wait' } : { do: 'next' }
  if (key === 'ArrowUp' && !isMarked && line.from === 0) return { do: 'back' }
  if (key === 'ArrowDown' && !isMarked && line.from === line.text.length) return { do: 'next' }
  return key === 'Backspace' && line.part === 'q' && line.isTurnEmpty ? { do: 'remove' } : undefined
}

/** Alt and a digit: the phrase of that number. */
export const phraseNoOf = ({ altKey, code }: Pressed): number | undefined => {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  return altKey && digit !== undefined ? Number(digit) : undefined
}
