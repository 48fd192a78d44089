import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { rowsOf, textOf } from './field-value.ts'

type Props = Readonly<{ id: string; label: string; value: unknown; onChange: (value: unknown) => void }>

/** Officers with their certificate numbers, as they stand in the list of people. */
export function OfficersInput({ id, label, value, onChange }: Props) {
  const before = rowsOf(value)
  return (
    <OfficerSelect
      id={id}
      label={label}
      value={before.map((row) => textOf(row['personId']))}
      onChange={(ids, people) =>
        onChange(
          ids.map((personId) => {
            const person = people.find((p) => p.id === personId)
            const old = before.find((row) => row['personId'] === personId)
            return person ? { personId, name: person.name, certNo: person.certNo } : old
          }),
        )
      }
    />
  )
}
