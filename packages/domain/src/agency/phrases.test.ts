import { DocumentDefinition } from '@liuhen/law/document-definition'
import { expect, it } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import type { AgencyEvent } from './events.ts'
import { keepPhrases, OPINION } from './phrases.ts'
import { type AgencyState, evolveAgency, initialAgency } from './state.ts'

const now = '2026-03-02T09:00:00+08:00'
const who = (...roles: Role[]): Actor => ({ userId: 'u', name: '管理员', roles, agencyId: 'a' })
const definition = DocumentDefinition.parse({
  id: 'match-record',
  name: '记录',
  effectiveFrom: '2026-01-01',
  requiredBy: [],
  audience: 'main',
  sections: [
    {
      title: '问答',
      fields: [
        { id: 'talk', label: '问答', kind: 'dialogue' },
        { id: 'place', label: '地点', kind: 'text' },
      ],
    },
  ],
})
const registered: AgencyEvent = {
  type: 'AgencyRegistered',
  schemaVersion: 1,
  occurredAt: now,
  data: {
    public: { name: '某局', shortName: '某', code: '1', base: 'national', overlays: [] },
    internal: { settings: {} },
  },
}
const by = { userId: 'u', name: '管理员' }
const agency = evolveAgency(initialAgency, registered, by)
const keep = (state: AgencyState, field: string, phrases: string[], actor = who('system-admin')) =>
  keepPhrases(
    state,
    { document: 'match-record', field, phrases },
    { now, actor, document: (type) => (type === definition.id ? definition : undefined) },
  )
const after = (state: AgencyState, decision: ReturnType<typeof keep>): AgencyState => {
  if (isRefusal(decision)) throw new Error('refused')
  return decision.reduce((s, e) => evolveAgency(s, e, by), state)
}
const listsOf = (state: AgencyState) => (state.status === 'none' ? [] : state.phrases)

it('keeps what approvers say of a paper that somebody above the handler approves', () => {
  const kept = (approvals: string[]) =>
    keepPhrases(
      agency,
      { document: 'match-record', field: OPINION, phrases: ['同意比赛。'] },
      {
        now,
        actor: who('system-admin'),
        document: () => DocumentDefinition.parse({ ...definition, approvals }),
      },
    )
  expect(isRefusal(kept(['handler', 'unit-head']))).toBe(false)
  expect(isRefusal(kept(['handler']))).toBe(true)
})

it('keeps what an administrator wrote, each phrase once, and takes it back', () => {
  const kept = after(agency, keep(agency, 'talk', [' 你叫什么？ ', '', '你叫什么？', '住在哪里？']))
  expect(listsOf(kept)).toEqual([
    {
      document: 'match-record',
      field: 'talk',
      phrases: ['你叫什么？', '住在哪里？'],
      keptBy: '管理员',
      keptAt: now,
    },
  ])
  expect(listsOf(after(kept, keep(kept, 'talk', [])))).toEqual([])
})

it('refuses who is no administrator, a field that takes none, and a list that is as it was', () => {
  expect(keep(agency, 'talk', ['甲'], who('officer'))).toMatchObject({ code: 'not-permitted' })
  expect(keep(agency, 'place', ['甲'])).toMatchObject({ code: 'not-found' })
  const kept = after(agency, keep(agency, 'talk', ['甲']))
  expect(keep(kept, 'talk', ['甲'])).toMatchObject({ code: 'wrong-state' })
})
