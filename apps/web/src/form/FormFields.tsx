import { useMemo } from 'react'
import type { ResponseOf } from '@liuhen/api/route'
import type { getForm } from '@liuhen/api/routes/documents'
import { FieldRow } from './FieldRow.tsx'
import type { FormData } from './draft-state.ts'
import { fieldsOf, isAsked } from '@liuhen/domain/document/form-data'
import { FormContext, FormDataContext } from './form-context.ts'
import { problemsOf } from './field-value.ts'

type Form = ResponseOf<typeof getForm>
type Props = Readonly<{
  caseId: string
  form: Form
  data: FormData
  problems: Form['problems']
  onEdit: (id: string, value: unknown) => void
}>

export function FormFields({ caseId, form, data, problems, onEdit }: Props) {
  const around = useMemo(
    () => ({
      caseId,
      edit: onEdit,
      picks: form.picks,
      phrases: form.phrases,
      labels: new Map(fieldsOf(form.definition).map((field) => [field.id, field.label])),
    }),
    [caseId, onEdit, form.picks, form.phrases, form.definition],
  )
  return (
    <FormContext value={around}>
      <FormDataContext value={data}>{sectionsOf({ form, data, problems, onEdit })}</FormDataContext>
    </FormContext>
  )
}

function sectionsOf({ form, data, problems, onEdit }: Omit<Props, 'caseId'>) {
  return form.definition.sections.map((section) => {
    const fields = section.fields.filter((field) => isAsked(field, data))
    if (fields.length === 0) return null
    return (
      <section key={section.title} className="panel form-section">
        <h2>{section.title}</h2>
        <div className="fields">
          {fields.map((field) => (
            <FieldRow
              key={field.id}
              field={field}
              value={data[field.id]}
              citations={
                form.citations[field.id] ?? field.requiredBy.flatMap((clause) => form.citations[clause] ?? [])
              }
              problems={problemsOf(field.id, problems)}
              onEdit={onEdit}
            />
          ))}
        </div>
      </section>
    )
  })
}
