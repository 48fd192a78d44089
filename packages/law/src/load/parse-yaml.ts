import { LineCounter, isMap, isNode, isScalar, parseDocument } from 'yaml'
import type { Document } from 'yaml'
import type { z } from 'zod'

export type LawFile = Readonly<{
  path: string
  text: string
  /** What the text says, where the caller has read this very text before: reading YAML is slow. */
  value?: unknown
}>
export type LawError = Readonly<{ path: string; line: number; message: string }>

/** A parsed file that can still say on which line a value stands. */
export type Source = Readonly<{ path: string; raw: unknown; lineOf: (at: readonly PropertyKey[]) => number }>

/** Lines are asked for only when something is wrong; then the text is read after all. */
function sourceOf({ path, text, value }: LawFile): Source {
  const lineIn = (at: readonly PropertyKey[]): number => {
    const lines = new LineCounter()
    return lineOf(parseDocument(text, { lineCounter: lines }), lines, at)
  }
  return { path, raw: value, lineOf: lineIn }
}

export function parseYaml(file: LawFile, errors: LawError[]): Source | undefined {
  if (file.value !== undefined) return sourceOf(file)
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true })
  for (const error of document.errors) {
    const message = error.message.split('\n')[0] ?? ''
    errors.push({
      path: file.path,
      line: lines.linePos(error.pos[0]).line,
      message: `YAML 语法错误：${message}`,
    })
  }
  if (document.errors.length > 0) return undefined
  return { path: file.path, raw: document.toJS(), lineOf: (at) => lineOf(document, lines, at) }
}

/** The line of the value; for a missing one, that of the nearest thing around it. For a key in a mapping, of the key. */
function lineOf(document: Document.Parsed, lines: LineCounter, at: readonly PropertyKey[]): number {
  for (let length = at.length; length >= 0; length -= 1) {
    const path = at.slice(0, length)
    const offset = keyOffset(document, path) ?? nodeOffset(document, path)
    if (offset !== undefined) return lines.linePos(offset).line
  }
  return 1
}

function keyOffset(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  const parent: unknown = path.length === 0 ? undefined : nodeAt(document, path.slice(0, -1))
  if (!isMap(parent)) return undefined
  const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === path.at(-1))
  return pair !== undefined && isScalar(pair.key) ? pair.key.range?.[0] : undefined
}

const nodeAt = (document: Document.Parsed, path: readonly PropertyKey[]): unknown =>
  path.length === 0 ? document.contents : document.getIn(path, true)

function nodeOffset(document: Document.Parsed, path: readonly PropertyKey[]): number | undefined {
  const node = nodeAt(document, path)
  return isNode(node) ? node.range?.[0] : undefined
}

export const sayIssue = (issue: z.core.$ZodIssue): string => {
  const at = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}：`
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${at}不认识的键 ${issue.keys.join('、')}`
    case 'invalid_type':
      return `${at}${issue.input === undefined ? '缺少，' : ''}应为 ${issue.expected}`
    case 'invalid_value':
      return `${at}应为 ${issue.values.map(String).join(' | ')}`
    case 'invalid_union':
      return `${at}不符合任何一种允许的写法`
    default:
      return `${at}${issue.message}`
  }
}

/** Of a value that fits none of several shapes, what is wrong with the one that it comes nearest to. */
function nearest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const deepest = issue.errors
    .flatMap((branch) => branch.slice(0, 1))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
  if (deepest === undefined || (deepest.path.length === 0 && deepest.code !== 'unrecognized_keys'))
    return issue
  return nearest({ ...deepest, path: [...issue.path, ...deepest.path] })
}

/** Checks a file against its schema. Issues carry the line of the value concerned. */
export function parseAs<T>(schema: z.ZodType<T>, source: Source, errors: LawError[]): T | undefined {
  const result = schema.safeParse(source.raw)
  if (result.success) return result.data
  for (const issue of result.error.issues.map(nearest)) {
    const where = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path
    errors.push({ path: source.path, line: source.lineOf(where), message: sayIssue(issue) })
  }
  return undefined
}
