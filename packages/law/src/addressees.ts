import type { DocumentDefinition } from './document-definition.ts'

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

/** Those on whom a paper says it is served, each once, in the order of its kind's fields; empty where its kind names none. */
export const addresseesOf = (
  { servedOn = [] }: Pick<DocumentDefinition, 'servedOn'>,
  data: Readonly<Record<string, unknown>>,
): readonly string[] => [...new Set(servedOn.flatMap((field) => namesIn(data[field])))]
