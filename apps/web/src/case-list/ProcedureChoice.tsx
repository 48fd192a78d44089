import { Radio } from 'antd'
import type { ResponseOf } from '@liuhen/api/route'
import type { listProcedures } from '@liuhen/api/routes/law'
import { byAct } from './by-act.ts'
import './procedure-choice.css'

export type Offered = ResponseOf<typeof listProcedures>['items']

type Props = Readonly<{
  procedures: Offered
  /** Given by the form field that it stands in. */
  id?: string
  value?: string
  onChange?: (id: string) => void
}>

/** The procedures in which the agency may open a case, under the kind of act that each carries out. */
export function ProcedureChoice({ procedures, id, value, onChange }: Props) {
  return (
    <Radio.Group
      {...(id === undefined ? {} : { id })}
      className="procedure-choice"
      value={value}
      onChange={(e) => onChange?.(String(e.target.value))}
    >
      {byAct(procedures).map(({ act, items }) => (
        <div key={act} role="group" aria-label={act}>
          <h3>{act}</h3>
          {items.map((p) => (
            <Radio key={p.id} value={p.id}>
              {p.name}
              {p.purpose !== undefined && <span className="faint">{p.purpose}</span>}
            </Radio>
          ))}
        </div>
      ))}
    </Radio.Group>
  )
}
