import { Role } from '@liuhen/domain/event'
import { toFactPerson } from '@liuhen/domain/person/state'
import { refuse, type Refusal } from '@liuhen/domain/refusal'
import type { FactPerson } from '@liuhen/law/fact'
import type { Tx } from '../postgres/transaction.ts'

type Row = {
  person_id: string
  name: string
  roles: string[]
  cert_no: string | null
  cert_valid_to: string | null
  legal_qualified: boolean
}

const certificateOf = (row: Row) =>
  row.cert_no === null
    ? {}
    : {
        certificate: {
          certNo: row.cert_no,
          ...(row.cert_valid_to === null ? {} : { certValidTo: row.cert_valid_to }),
        },
      }

const factPerson = (row: Row): FactPerson =>
  toFactPerson(row.person_id, {
    name: row.name,
    roles: row.roles.map((r) => Role.parse(r)),
    legalQualified: row.legal_qualified,
    ...certificateOf(row),
  })

/**
 * People of the transaction's agency as the law sees them at this moment, in the order asked for: certificate and rank
 * are read now and frozen into the event. Refuses when one is not of the agency.
 */
export const findPeople = async (
  tx: Tx,
  personIds: readonly string[],
): Promise<readonly FactPerson[] | Refusal> => {
  if (personIds.length === 0) return []
  const { rows } = await tx.query<Row>(
    `SELECT person_id, name, roles, cert_no, cert_valid_to, legal_qualified FROM app.person
     WHERE person_id = ANY ($1) AND left_on IS NULL`,
    [personIds],
  )
  const found = new Map(rows.map((row) => [row.person_id, factPerson(row)]))
  const people = [...new Set(personIds)].flatMap((id) => found.get(id) ?? [])
  return people.length === new Set(personIds).size
    ? people
    : refuse('not-found', '所选人员不在本机关的人员名单中。', '请在人员名单中重新选择。')
}

/** People who hold the role of an officer: nobody else becomes a handler, and with it a reader, of a case. */
export const findOfficers = async (
  tx: Tx,
  personIds: readonly string[],
): Promise<readonly FactPerson[] | Refusal> => {
  const people = await findPeople(tx, personIds)
  if ('refused' in people) return people
  const { rows } = await tx.query<{ name: string }>(
    `SELECT name FROM app.person WHERE person_id = ANY ($1) AND NOT 'officer' = ANY (roles)`,
    [personIds],
  )
  return rows.length === 0
    ? people
    : refuse(
        'not-permitted',
        `${rows.map((r) => r.name).join('、')}不是执法人员，不能担任承办人。`,
        '请在执法人员中选择承办人。',
      )
}

/** The one person; absent when the actor is not a person or not of the agency. */
export const findPerson = async (tx: Tx, personId: string | undefined): Promise<FactPerson | undefined> => {
  if (personId === undefined) return undefined
  const found = await findPeople(tx, [personId])
  return 'refused' in found ? undefined : found[0]
}

export type User = Readonly<{ personId: string; name: string }>

/** The person of the agency with an account who is meant by this id or, without one, by this very name. */
export const findUser = async (
  tx: Tx,
  who: Readonly<{ personId?: string | undefined; name?: string | undefined }>,
): Promise<User | undefined> => {
  const { rows } = await tx.query<{ person_id: string; name: string }>(
    `SELECT person_id, name FROM app.person
     WHERE (person_id = $1 OR ($1 IS NULL AND name = $2)) AND login IS NOT NULL AND left_on IS NULL
     ORDER BY person_id LIMIT 1`,
    [who.personId ?? null, who.name?.trim() ?? null],
  )
  const [row] = rows
  return row === undefined ? undefined : { personId: row.person_id, name: row.name }
}

/** The roles that a person of the agency holds now. */
export const findRoles = async (tx: Tx, personId: string | undefined): Promise<readonly Role[]> => {
  if (personId === undefined) return []
  const { rows } = await tx.query<Pick<Row, 'roles'>>(
    'SELECT roles FROM app.person WHERE person_id = $1 AND left_on IS NULL',
    [personId],
  )
  return (rows[0]?.roles ?? []).map((r) => Role.parse(r))
}
