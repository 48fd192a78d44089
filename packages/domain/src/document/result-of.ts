import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { fieldsOf, type FormData, isAsked, isEmpty } from './form-data.ts'
import { nameOf } from './name-of.ts'
import { sayValue } from './say-value.ts'

/** 行政处罚决定：警告、罚款；罚款金额5,000.00元. Nothing where the definition does not say which fields tell the result. */
export function resultOf(definition: DocumentDefinition | undefined, data: FormData): string | undefined {
  if (definition?.result === undefined) return undefined
  const { result } = definition
  const told = fieldsOf(definition)
    .filter((field) => result.includes(field.id) && isAsked(field, data) && !isEmpty(data[field.id]))
    .map((field) => `${field.kind === 'money' ? field.label : ''}${sayValue(field, data[field.id])}`)
  return told.length === 0 ? undefined : `${nameOf(definition, data).replace(/书$/, '')}：${told.join('；')}`
}
