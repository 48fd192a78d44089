import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { DocumentState } from './state.ts'

/** One field may name several: 第三人 with 、 between them. */
const BETWEEN = /[、，,；;]/

/** What a form says where there is nobody. */
const NOBODY: ReadonlySet<string> = new Set(['', '无'])

const namesIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? value
        .split(BETWEEN)
        .map((name) => name.trim())
        .filter((name) => !NOBODY.has(name))
    : []

/** Of those whom the paper names as the ones on whom it is served, who has not received it yet; nobody where it names none. */
export const unservedOf = (
  { data, status, served }: Pick<DocumentState, 'data' | 'status' | 'served'>,
  { servedOn = [] }: Pick<DocumentDefinition, 'servedOn'>,
): readonly string[] => {
  if (status !== 'issued') return []
  const names = new Set(servedOn.flatMap((field) => namesIn(data[field])))
  for (const { recipient = '' } of served) names.delete(recipient.trim())
  return [...names]
}
