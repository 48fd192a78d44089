import { describe, expect, it } from 'vitest'
import { draftReducer, openDraft, openLeft } from './draft-state.ts'
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

  it('goes on with the other text, or with what a person made of both on top of the newer revision', () => {
    const theirs = { type: 'theirs', data: { title: 'x' }, revision: 9, savedAt: undefined } as const
    expect(run(edit('b'), { type: 'conflict' }, theirs)).toMatchObject({
      status: 'clean',
      data: { title: 'x' },
    })
    const settled = { ...theirs, type: 'settled', data: { title: 'bx' } } as const
    expect(run(edit('b'), { type: 'conflict' }, settled)).toMatchObject({
      status: 'dirty',
      revision: 9,
      data: { title: 'bx' },
    })
    expect(run(edit('b'), settled, { type: 'sending' }, saved(10)).status).toBe('clean')
  })

  it('goes on with what the browser kept, or waits for a person to look at both', () => {
    const open = openDraft({ title: 'a' }, 3, undefined)
    const left = openLeft(open, { title: 'ab' }, 'dirty')
    expect(left).toMatchObject({ status: 'dirty', data: { title: 'ab' }, revision: 3 })
    expect([{ type: 'sending' } as const, saved(4)].reduce(draftReducer, left).status).toBe('clean')
    expect(openLeft(open, { title: 'ab' }, 'conflict').status).toBe('conflict')
  })
})
