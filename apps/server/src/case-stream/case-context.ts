import { createHash } from 'node:crypto'
import type { CaseContext } from '@liuhen/domain/case/context'
import { canonicalJson } from '@liuhen/ledger/canonical'
import { uuidv7 } from '../event-store/uuidv7.ts'
import type { Tx } from '../postgres/transaction.ts'
import { findPerson } from './people.ts'
import { standInsOf } from './stand-ins.ts'

/** Lower-case hex SHA-256 of canonical JSON: what approvals and signatures are bound to. */
export const hashOf = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('hex')

type Given = Readonly<{ tx: Tx }> & Pick<CaseContext, 'now' | 'actor' | 'law'>

/** What a decision is given beside state and command. It has no number to give: whoever issues a paper puts one in. */
export const caseContext = async ({ tx, now, actor, law }: Given): Promise<CaseContext> => ({
  now,
  actor,
  law,
  self: await findPerson(tx, actor.personId),
  standIns: await standInsOf(tx, actor, now),
  newId: () => uuidv7(Date.parse(now)),
  hash: hashOf,
  nextNumber: () => {
    throw new Error('this decision was not given a number')
  },
})
