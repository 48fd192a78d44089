import type { Compartment, DocumentDefinition } from '@liuhen/law/document-definition'
import { fieldsOf, type FormData, isEmpty } from './form-data.ts'

export type SplitData = Readonly<Partial<Record<Compartment, Record<string, unknown>>>>

/** Form data by compartment, each field whole; a compartment without a value is absent. Unknown fields are left out. */
export function splitCompartments(definition: DocumentDefinition, data: FormData): SplitData {
  const parts: Partial<Record<Compartment, Record<string, unknown>>> = {}
  for (const field of fieldsOf(definition)) {
    const value = data[field.id]
    if (isEmpty(value)) continue
    const part = parts[field.compartment] ?? {}
    part[field.id] = value
    parts[field.compartment] = part
  }
  return parts
}

/** The form again, from whatever compartments the reader has. */
export const joinCompartments = (parts: SplitData): Record<string, unknown> => ({
  ...parts.public,
  ...parts.internal,
  ...parts.personal,
})
