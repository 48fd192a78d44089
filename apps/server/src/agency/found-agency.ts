import { registerAgency } from '@liuhen/domain/agency/commands'
import type { AgencyProfile } from '@liuhen/domain/agency/events'
import { initialAgency } from '@liuhen/domain/agency/state'
import type { Actor } from '@liuhen/domain/event'
import { registerPerson } from '@liuhen/domain/person/commands'
import { initialPerson } from '@liuhen/domain/person/state'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import { openStreams, sealCommand, staleVersion, write, type Append } from '../event-store/write.ts'
import { readCommandIn } from '../event-store/read-stream.ts'
import type { Store } from '../event-store/store.ts'
import { uuidv7 } from '../event-store/uuidv7.ts'
import { packChoices } from '../law/choices.ts'
import type { LawLibrary } from '../law/library.ts'
import { inTransaction, type Tx } from '../postgres/transaction.ts'
import { giveAccount, isLoginTaken } from '../accounts/give-account.ts'
import { refuseCredentials } from '../accounts/refuse-credentials.ts'
import { hashPassword } from '../auth/password.ts'

export type FoundAgency = Readonly<{
  commandId: string
  /** Absent at first set-up: then the new administrator founds the agency. */
  actor?: Actor
  agency: AgencyProfile
  administrator: Readonly<{ name: string; login: string; password: string }>
  /** Only on an empty installation. */
  first: boolean
}>

type Deps = Readonly<{ store: Store; library: LawLibrary }>

/** One agency at a time is founded, so that codes and the first set-up are decided once. */
const lockFounding = (tx: Tx) =>
  tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('agency-founding', 0))`)

const isSetUp = async (tx: Tx): Promise<boolean> => {
  const { rows } = await tx.query<{ yes: boolean }>('SELECT app.is_set_up() AS yes')
  return rows[0]?.yes === true
}

const isCodeTaken = async (tx: Tx, code: string): Promise<boolean> => {
  const { rows } = await tx.query<{ yes: boolean }>('SELECT app.agency_code_taken($1) AS yes', [code])
  return rows[0]?.yes === true
}

/** A refusal must not keep the locks or the advisory order of the transaction. */
class NotFounded extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}

const no = (refusal: Refusal): never => {
  throw new NotFounded(refusal)
}

const appendsOf = async (deps: Deps, c: FoundAgency, tx: Tx, personId: string, actor: Actor) => {
  const now = await deps.store.clock.now()
  const { agency, administrator: admin } = c
  const takenCodes = (await isCodeTaken(tx, agency.code)) ? [agency.code] : []
  const founded = registerAgency(initialAgency, agency, {
    now,
    packs: packChoices(deps.library.law),
    takenCodes,
  })
  if (isRefusal(founded)) return no(founded)
  const person = registerPerson(
    initialPerson,
    { name: admin.name, roles: ['system-admin'], legalQualified: false, login: admin.login },
    {
      now,
      actor: { ...actor, roles: ['system-admin'], agencyId: agency.code },
      agencyId: agency.code,
      loginTaken: await isLoginTaken(tx, admin.login),
    },
  )
  if (isRefusal(person)) return no(person)
  const appends: Append['appends'] = [
    { streamType: 'agency', streamId: agency.code, expectedVersion: 0, events: founded },
    { streamType: 'person', streamId: personId, expectedVersion: 0, events: person },
  ]
  return appends
}

const foundIn = async (deps: Deps, c: FoundAgency, passwordHash: string, tx: Tx): Promise<void> => {
  await lockFounding(tx)
  const agencyId = c.agency.code
  const personId = uuidv7(Date.now())
  const opened = await openStreams(tx, agencyId, [c.commandId], [agencyId, personId])
  if (opened.isDone(c.commandId)) return void (await readCommandIn(tx, c.commandId))
  if (c.first && (await isSetUp(tx)))
    no(refuse('wrong-state', '系统已经完成首次设置。', '请用管理员账号登录；新增机关由系统管理员办理。'))
  const { name, login } = c.administrator
  const founder: Actor = { userId: personId, personId, name, roles: ['system-admin'], agencyId }
  const actor = c.actor ?? founder
  const appends = await appendsOf(deps, c, tx, personId, actor)
  await giveAccount(tx, {
    userId: personId,
    personId,
    agencyId,
    login,
    name,
    roles: ['system-admin'],
    passwordHash,
    mustChange: !c.first && deps.store.clock.kind === 'real',
  })
  const stamp = { recordedAt: await deps.store.clock.now(), clock: deps.store.clock.kind }
  const sealed = sealCommand({ commandId: c.commandId, agencyId, actor, appends }, opened, stamp)
  if (sealed === undefined) return no(staleVersion())
  await write(tx, deps.store, [sealed], stamp.recordedAt)
}

/** The agency, its first administrator as a person, and the administrator's account: all or nothing. Its id is its code. */
export const foundAgency = async (deps: Deps, c: FoundAgency): Promise<{ agencyId: string } | Refusal> => {
  const { login, password } = c.administrator
  const weak = refuseCredentials(login, password)
  if (weak) return weak
  const passwordHash = await hashPassword(password)
  try {
    await inTransaction(deps.store.pool, (tx) => foundIn(deps, c, passwordHash, tx))
  } catch (error) {
    if (error instanceof NotFounded) return error.refusal
    throw error
  }
  deps.store.wake?.()
  return { agencyId: c.agency.code }
}
