import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { REMAKE_PACKAGE } from '@liuhen/domain/case/words'
import type { Actor } from '@liuhen/domain/event'
import { present } from '@liuhen/domain/present'
import { isRefusal, type Refusal } from '@liuhen/domain/refusal'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { standInsOf } from '../case-stream/stand-ins.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { type Beside, workspaceOf } from './workspace.ts'

type Playable = CaseWorkspace['recordings'][number]['playable']
const PLAYABLE: Readonly<Record<string, Playable>> = {
  playable: 'playable',
  broken: 'broken',
  'not-checked': 'not-checked',
}

/** Rows that the recording and package rooms keep: what is true of the bytes now, which the case's stream does not say. */
const besideOf = async (tx: Tx, caseId: string): Promise<Beside> => {
  const recordings = tx.query<{ id: string; maker: string; verdict: string | null }>(
    'SELECT recording_id AS id, officer_id AS maker, verdict FROM app.recording_row WHERE case_id = $1',
    [caseId],
  )
  const packages = tx.query<{
    id: string
    state: 'making' | 'ready' | 'failed' | 'destroyed'
    sha256: string | null
    size_bytes: number | null
    note: string | null
  }>('SELECT package_id AS id, state, sha256, size_bytes, note FROM app.package WHERE case_id = $1', [caseId])
  const [r, p] = await Promise.all([recordings, packages])
  return {
    playable: new Map(r.rows.map((x) => [x.id, PLAYABLE[x.verdict ?? ''] ?? 'not-checked'])),
    makers: new Map(r.rows.map((x) => [x.id, x.maker])),
    packages: new Map(
      p.rows.map((x) => [
        x.id,
        present({
          state: x.state,
          problem: x.state === 'failed' ? { message: x.note ?? '制作失败', todo: REMAKE_PACKAGE } : undefined,
          sha256: x.sha256 ?? undefined,
          sizeBytes: x.size_bytes ?? undefined,
        }),
      ]),
    ),
  }
}

export const getCase = (deps: CaseDeps, actor: Actor, caseId: string): Promise<CaseWorkspace | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, caseId)
    if (isRefusal(c)) return c
    const beside = { ...(await besideOf(tx, caseId)), standIns: await standInsOf(tx, actor, c.now) }
    return workspaceOf(c, actor, beside)
  })
