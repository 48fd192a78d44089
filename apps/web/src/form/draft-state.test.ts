import { describe, expect, it } from 'vitest'
import { draftReducer, openDraft } from './draft-state.ts'
import type { DraftAction, DraftState } from './draft-state.ts'

const run = (...actions: readonly DraftAction[]): DraftState =>
  actions.reduce(draftReducer, openDraft({ title: 'a' }, 3, undefined))
const edit = (value: string): DraftAction => ({ type: 'edit', id: 'title', value })
const saved = (revision: number): DraftAction => ({
  type: 'saved',
  revision,
  savedAt: '2026-03-02T09:00:00+08:00',
})

describe('a draft', () => {
  it('is not written before somebody types: opening it twice changes nothing', () => {
    expect(run().status).toBe('clean')
  })

  it('is clean after its last change came back', () => {
    const state = run(edit('b'), { type: 'sending' }, saved(4))
    expect(state).toMatchObject({ status: 'clean', revision: 4, data: { title: 'b' } })
  })

  it('stays dirty when something was typed while it was under way, and keeps what was typed', () => {
    const state = run(edit('b'), { type: 'sending' }, edit('c'), saved(4))
    expect(state).toMatchObject({ status: 'dirty', revision: 4, data: { title: 'c' } })
  })

  it('waits for a person in a conflict, whatever is typed meanwhile', () => {
    expect(run(edit('b'), { type: 'sending' }, { type: 'conflict' }, edit('c')).status).toBe('conflict')
  })

  it('is not sent again after a refusal before something else was typed', () => {
    const refused = run(edit('b'), { type: 'sending' }, { type: 'refused' })
    expect(refused.status).toBe('refused')
    expect(draftReducer(refused, edit('c')).status).toBe('dirty')
  })

  it('goes on with the other text, or lays ours on top of the newer revision', () => {
    const theirs = { type: 'theirs', data: { title: 'x' }, revision: 9, savedAt: undefined } as const
    expect(run(edit('b'), { type: 'conflict' }, theirs)).toMatchObject({
      status: 'clean',
      data: { title: 'x' },
    })
    expect(run(edit('b'), { type: 'conflict' }, { type: 'mine', revision: 9 })).toMatchObject({
      status: 'dirty',
      revision: 9,
      data: { title: 'b' },
    })
  })
})
