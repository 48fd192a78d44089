import { createContext, useContext } from 'react'
import type { ResponseOf } from '@liuhen/api/route'
import type { getForm } from '@liuhen/api/routes/documents'
import type { FormData } from './draft-state.ts'

type Form = ResponseOf<typeof getForm>

/** The form around a field, for the few controls that fill another field of it. */
type Around = Readonly<{
  caseId: string
  edit: (id: string, value: unknown) => void
  /** By field: entries of the agency's registers that may be picked for it. */
  picks: Form['picks']
  /** By field: the agency's own phrases. */
  phrases: Form['phrases']
  /** What each field is called. */
  labels: ReadonlyMap<string, string>
}>

export const FormContext = createContext<Around | undefined>(undefined)
export const useForm = (): Around | undefined => useContext(FormContext)

export const useDefinitionLabel = (id: string): string => useForm()?.labels.get(id) ?? ''

/** What stands in the form; apart, since it is another with each keystroke. */
export const FormDataContext = createContext<FormData>({})
export const useFormData = (): FormData => useContext(FormDataContext)
