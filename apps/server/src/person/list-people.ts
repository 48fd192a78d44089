import { PersonView } from '@liuhen/api/routes/people'
import { told } from '@liuhen/api/schema/evaluation'
import type { Actor, Role } from '@liuhen/domain/event'
import { personCan } from '@liuhen/domain/person/can'
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

const canOf = (r: Row, agencyId: string, actor: Actor): z.input<typeof PersonView>['can'] => {
  const kept = { personId: r.person_id, agencyId, active: r.left_on === null, login: r.login ?? undefined }
  const can = personCan(actor, kept)
  return {
    changeRoles: told(can.changeRoles),
    deactivate: told(can.deactivate),
    reactivate: told(can.reactivate),
    openAccount: told(can.openAccount),
    resetPassword: told(can.resetPassword),
  }
}

const view = (r: Row, agencyId: string, keeper: Actor | undefined): z.infer<typeof PersonView> =>
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
      can: keeper === undefined ? undefined : canOf(r, agencyId, keeper),
    }),
  )

export type PeopleQuery = Readonly<{ cursor?: string | undefined; limit: number; role?: Role | undefined }>

/** People of the agency by name; the cursor is the last id of the page before. */
export const listPeople = async (
  store: Store,
  agencyId: string,
  q: PeopleQuery,
  /** Logins, and what may be changed, are for administrators alone. */
  actor: Actor,
): Promise<{ items: PersonView[]; next?: string }> => {
  const keeper = actor.roles.includes('system-admin') ? actor : undefined
  const { rows } = await withAgency(store, agencyId, (tx) =>
    tx.query<Row>(
      `SELECT person_id, name, unit, position, cert_no, cert_valid_to, legal_qualified, roles, left_on,
              CASE WHEN $4 THEN login END AS login
       FROM app.person
       WHERE ($1::text IS NULL OR $1 = ANY (roles))
         AND ($2::text IS NULL OR (name, person_id) > (SELECT name, person_id FROM app.person WHERE person_id = $2))
       ORDER BY name, person_id LIMIT $3`,
      [q.role ?? null, q.cursor ?? null, q.limit + 1, keeper !== undefined],
    ),
  )
  const items = rows.slice(0, q.limit).map((r) => view(r, agencyId, keeper))
  const last = items.at(-1)
  return { items, ...(rows.length > q.limit && last !== undefined ? { next: last.id } : {}) }
}
