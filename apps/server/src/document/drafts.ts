import { JsonRecord } from '@liuhen/domain/case/events'
import { makingOf } from '@liuhen/domain/document/making'
import type { Actor } from '@liuhen/domain/event'
import { isRefusal, refuse, type Refusal } from '@liuhen/domain/refusal'
import type { Instant } from '@liuhen/law/fact'
import { type CaseDeps, openCaseIn } from '../case-stream/open-case.ts'
import { type Tx, withAgency } from '../postgres/transaction.ts'
import { formProblems, type FormProblem } from './form-problems.ts'

export type DraftKey = Readonly<{
  caseId: string
  type: string
  step: string
  documentId?: string | undefined
  /** The served document, the described recording: one draft for each. */
  about?: string | undefined
}>
export type Draft = Readonly<{ data: JsonRecord; revision: number; savedAt: Instant; by: string }>

/** A new version of a paper is about what the paper is about; its own id is enough. */
const idOf = (k: DraftKey): string =>
  [k.caseId, k.step, k.type, k.documentId ?? (k.about === undefined ? 'new' : `about-${k.about}`)].join('/')

type Row = { body: unknown; revision: number; updated_at: Instant; updated_by: string }

export const findDraft = async (tx: Tx, key: DraftKey): Promise<Draft | undefined> => {
  const { rows } = await tx.query<Row>(
    'SELECT body, revision, updated_at, updated_by FROM app.draft WHERE draft_id = $1',
    [idOf(key)],
  )
  const row = rows[0]
  return row === undefined
    ? undefined
    : {
        data: JsonRecord.parse(row.body),
        revision: row.revision,
        savedAt: row.updated_at,
        by: row.updated_by,
      }
}

/** What was submitted is record; its draft goes with the same transaction. */
export const dropDraft = (tx: Tx, key: DraftKey) =>
  tx.query('DELETE FROM app.draft WHERE draft_id = $1', [idOf(key)])

/** The new revision; nothing when somebody has saved a newer one meanwhile. */
const write = async (
  tx: Tx,
  key: DraftKey,
  draft: Omit<Draft, 'revision'> & { seen: number },
  agencyId: string,
): Promise<number | undefined> => {
  const { rows } = await tx.query<{ revision: number }>(
    `INSERT INTO app.draft AS d (draft_id, agency_id, kind, subject_id, body, revision, updated_by, updated_at)
     SELECT $1, $2, 'document', $3, $4::jsonb, 1, $5, $6::timestamptz
     WHERE $7 = 0 OR EXISTS (SELECT FROM app.draft WHERE draft_id = $1)
     ON CONFLICT (draft_id) DO UPDATE
       SET body = EXCLUDED.body, revision = d.revision + 1, updated_by = EXCLUDED.updated_by,
           updated_at = EXCLUDED.updated_at
       WHERE d.revision = $7
     RETURNING revision`,
    [idOf(key), agencyId, key.caseId, JSON.stringify(draft.data), draft.by, draft.savedAt, draft.seen],
  )
  return rows[0]?.revision
}

const stale = (): Refusal =>
  refuse(
    'stale-version',
    '这份草稿已被同事（或者另一个窗口）保存了更新的内容。',
    '请载入最新草稿，核对后再保存。',
  )

export type SaveDraft = DraftKey & Readonly<{ revision: number; data: JsonRecord }>
export type Saved = Readonly<{ revision: number; savedAt: Instant; problems: FormProblem[] }>

/**
 * Autosave: not record, and kept only of a paper that could be submitted here. Whoever may carry out the step shares one
 * draft; a newer revision is never overwritten.
 */
export const saveDraft = (deps: CaseDeps, actor: Actor, d: SaveDraft): Promise<Saved | Refusal> =>
  withAgency(deps.store, actor.agencyId, async (tx) => {
    const c = await openCaseIn(deps, tx, actor, d.caseId)
    if (isRefusal(c)) return c
    const making = makingOf(c.state, d, { law: c.law, now: c.now, actor })
    if ('refused' in making) return making
    const draft = { data: d.data, savedAt: c.now, by: actor.name, seen: d.revision }
    const revision = await write(tx, d, draft, actor.agencyId)
    if (revision === undefined) return stale()
    const { definition } = making
    const problems = await formProblems(tx, c, { key: d, definition, data: d.data, actor })
    return { revision, savedAt: c.now, problems }
  })
