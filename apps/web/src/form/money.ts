const DIGITS = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const
const PLACES = ['', 'ten', 'hundred', 'thousand'] as const
const GROUPS = ['', 'tenThousand', 'hundredMillion', 'trillion'] as const

/** The characters of capital numerals; they stand in the resource file, as all words do. */
export type CapitalWords = Readonly<
  Record<
    | (typeof DIGITS)[number]
    | Exclude<(typeof PLACES)[number] | (typeof GROUPS)[number], ''>
    | 'yuan'
    | 'jiao'
    | 'fen'
    | 'whole',
    string
  >
>

/** Fen as a string of digits, from what a person types in yuan; undefined when it is no amount. */
export function fenOf(yuan: string): string | undefined {
  const found = /^\s*(\d{1,13})(?:\.(\d{0,2}))?\s*$/.exec(yuan.replaceAll(',', ''))
  if (!found) return undefined
  const fen = `${found[1]}${(found[2] ?? '').padEnd(2, '0')}`.replace(/^0+(?=\d)/, '')
  return fen
}

export const isFen = (text: string): boolean => /^\d{1,15}$/.test(text)

/** Whether an amount stands between two others, the limits included; all in fen. */
export const isWithin = (fen: string, min: string, max: string): boolean =>
  BigInt(fen) >= BigInt(min) && BigInt(fen) <= BigInt(max)

/** 1,234.50 from fen. */
export function yuanOf(fen: string): string {
  if (!/^\d+$/.test(fen)) return ''
  const padded = fen.padStart(3, '0')
  const whole = padded.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${whole}.${padded.slice(-2)}`
}

/** Four digits in capital numerals; zeros between digits are said once. */
function group(digits: string, w: CapitalWords): string {
  let out = ''
  let zero = false
  for (const [i, digit] of digits.split('').entries()) {
    const name = DIGITS[Number(digit)]
    const place = PLACES[digits.length - 1 - i] ?? ''
    if (name === undefined || name === 'zero') {
      zero = out !== ''
      continue
    }
    out += (zero ? w.zero : '') + w[name] + (place === '' ? '' : w[place])
    zero = false
  }
  return out
}

/** The integer part in capital numerals, in groups of four; a gap between groups is said as one zero. */
function whole(digits: string, w: CapitalWords): string {
  const groups: string[] = []
  for (let end = digits.length; end > 0; end -= 4) groups.unshift(digits.slice(Math.max(0, end - 4), end))
  let out = ''
  let gap = false
  for (const [i, four] of groups.entries()) {
    const name = GROUPS[groups.length - 1 - i] ?? ''
    const words = group(four, w)
    if (words === '') {
      gap = out !== ''
      continue
    }
    const zero = out !== '' && (gap || four.startsWith('0')) ? w.zero : ''
    out += zero + words + (name === '' ? '' : w[name])
    gap = false
  }
  return out
}

/** An amount in capital Chinese numerals, as cheques and decisions write it. Empty for what is no amount. */
export function capitalOf(fen: string, w: CapitalWords): string {
  if (!/^\d{1,15}$/.test(fen)) return ''
  const padded = fen.replace(/^0+/, '').padStart(3, '0')
  const [yuan, jiao, cents] = [
    padded.slice(0, -2).replace(/^0+/, ''),
    padded.at(-2) ?? '0',
    padded.at(-1) ?? '0',
  ]
  const head = yuan === '' ? '' : `${whole(yuan, w)}${w.yuan}`
  const digit = (d: string): string => w[DIGITS[Number(d)] ?? 'zero']
  if (jiao === '0' && cents === '0') return head === '' ? `${w.zero}${w.yuan}${w.whole}` : `${head}${w.whole}`
  const tenths = jiao === '0' ? (head === '' ? '' : w.zero) : `${digit(jiao)}${w.jiao}`
  return `${head}${tenths}${cents === '0' ? w.whole : `${digit(cents)}${w.fen}`}`
}
