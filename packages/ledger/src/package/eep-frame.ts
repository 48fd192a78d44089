import { decodeUtf8 } from '../bytes.ts'
import { DATA_CLOSING, DATA_OPENING, EEP_CLOSING, EEP_OPENING, OBJECT_OPENING } from './eep-rule.ts'

const NAME = String.raw`\p{Script=Han}+`
const ATTRIBUTE = ' (?:eep版本|文档数据ID|编码ID)="[^"<>&]*"'
/** A tag, and the text up to the next. */
const PIECE = new RegExp(`^<(?:/(${NAME})|(${NAME})(?:${ATTRIBUTE})?(/)?)>[^>]*$`, 'u')
const FOREIGN = /&(?!(?:amp|lt|gt|quot|#39);)|(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]/u

/** Whether there are plain elements only, each closed where it has to be: no comments, CDATA, instructions, prefixes, namespaces. */
const isPlain = (inner: string): boolean => {
  const open: string[] = []
  for (const [piece] of inner.matchAll(/<[^<]*/g)) {
    const [tag, closing, name = '', empty] = PIECE.exec(piece) ?? []
    if (tag === undefined) return false
    if (closing === undefined) {
      if (empty === undefined) open.push(name)
    } else if (open.pop() !== closing) return false
  }
  return open.length === 0
}

const isOnce = (text: string, name: string): boolean =>
  [`<${name}`, `</${name}`].every((start) => text.split(start).length === 2)

/**
 * What is wrong with the bytes around the paper of an EEP; empty when nothing is. Only what our own maker writes is
 * taken: whatever else XML allows, another reader could take otherwise, and find another paper.
 */
export const frameFault = (frame: Uint8Array): string => {
  const text = decodeUtf8(frame)
  if (text === undefined) return '不是 UTF-8 文本'
  if (!text.startsWith(EEP_OPENING) || !text.endsWith(EEP_CLOSING)) return '开头或者结尾不合规范'
  if (!isOnce(text, '被签名对象') || !text.includes(OBJECT_OPENING)) return '被签名对象不是恰好一个'
  if (!isOnce(text, '编码数据') || !text.includes(DATA_OPENING + DATA_CLOSING))
    return '封装的计算机文件不是恰好一个'
  const inner = text.slice(EEP_OPENING.length, -EEP_CLOSING.length).replace(DATA_OPENING + DATA_CLOSING, '')
  return isPlain(inner) && !FOREIGN.test(text) ? '' : '含有封装包里不应有的写法'
}
