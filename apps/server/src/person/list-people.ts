import { PersonView } from '@liuhen/api/routes/people'
import type { Role } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import type { z } from 'zod'
import type { Store } from '../event-store/store.ts'
import { withAgency } from '../postgres/transaction.ts'

type Row = {
  person_id: string
  name: string
  unit: string | null
  position: string | null
  cert_no: string | null
  cert_valid_to: string | null
  legal_qualified: boolean
  roles: string[]
  login: string | null
  left_on: string | null
}

const view = (r: Row): z.infer<typeof PersonView> =>
  PersonView.parse(
    present({
      id: r.person_id,
      name: r.name,
      unit: r.unit ?? undefined,
      position: r.position ?? undefined,
      certNo: r.cert_no ?? undefined,
      certValidTo: r.cert_valid_to ?? undefined,
      legalQualified: r.legal_qualified,
      roles: r.roles,
      login: r.login ?? undefined,
      active: r.left_on === null,
    }),
  )

export type PeopleQuery = Readonly<{ cursor?: string | undefined; limit: number; role?: Role | undefined }>

/** People of the agency by name; the cursor is the last id of the page before. Logins are for administrators alone. */
export const listPeople = async (
  store: Store,
  agencyId: string,
  q: PeopleQuery,
  showLogins: boolean,
): Promise<{ items: PersonView[]; next?: string }> => {
  const { rows } = await withAgency(store, agencyId, (tx) =>
    tx.query<Row>(
      `SELECT person_id, name, unit, position, cert_no, cert_valid_to, legal_qualified, roles, left_on,
              CASE WHEN $4 THEN login END AS login
       FROM app.person
       WHERE ($1::text IS NULL OR $1 = ANY (roles))
         AND ($2::text IS NULL OR (name, person_id) > (SELECT name, person_id FROM app.person WHERE person_id = $2))
       ORDER BY name, person_id LIMIT $3`,
      [q.role ?? null, q.cursor ?? null, q.limit + 1, showLogins],
    ),
  )
  const items = rows.slice(0, q.limit).map(view)
  const last = items.at(-1)
  return { items, ...(rows.length > q.limit && last !== undefined ? { next: last.id } : {}) }
}
