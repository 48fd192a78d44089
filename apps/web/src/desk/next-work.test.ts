import { describe, expect, it } from 'vitest'
import { nextWork } from './next-work.ts'

type File = Parameters<typeof nextWork>[0]
type Step = File['evaluation']['steps'][number]

const step = (id: string, status: Step['status'], more: Partial<Step> = {}): Step => ({
  id,
  name: id,
  stage: 'intake',
  status,
  optional: false,
  by: [],
  documents: [],
  recordings: [],
  before: [],
  missing: [],
  citations: [],
  ...more,
})
const no: Extract<File['can']['assignHandlers'], readonly unknown[]> = []
const fileOf = (steps: Step[], can: Record<string, boolean>, more: Partial<File> = {}): File => ({
  id: 'c',
  leadNo: '1',
  title: 'x',
  status: 'open',
  handlers: [],
  can: {
    ...({} as File['can']),
    assignHandlers: no,
    steps: Object.fromEntries(steps.map((s) => [s.id, can[s.id] ? true : no])),
  },
  documents: [],
  recordings: [],
  evaluation: { steps, duties: [], findings: [], keeping: [] },
  ...more,
})

describe('the next work in a case', () => {
  it('is the step under way, before one that could begin', () => {
    const lack = {
      code: 'x',
      effect: 'refuse' as const,
      message: 'm',
      todo: '请承办机构负责人审批',
      citations: [],
    }
    const begun = step('b', 'begun', { missing: [lack, { ...lack, effect: 'warn' }] })
    const file = fileOf([step('a', 'possible'), begun], { a: true, b: true })
    expect(nextWork(file)).toMatchObject([{ kind: 'go-on', step: { id: 'b' }, lacks: [lack.todo] }])
  })
  it('is nothing where the step is for others, or may be left out', () => {
    expect(nextWork(fileOf([step('a', 'possible')], {}))).toEqual([])
    expect(nextWork(fileOf([step('a', 'possible', { optional: true })], { a: true }))).toEqual([])
  })
  it('is what a step waits for, where that may be left out and nobody has anything else to do', () => {
    const refused = { code: 'x', effect: 'refuse' as const, message: 'm', todo: '听取陈述', citations: [] }
    const decision = step('decision', 'blocked', { before: [refused] })
    const statement = step('statement', 'possible', { optional: true })
    const can = { statement: true, decision: true }
    expect(nextWork(fileOf([statement, decision], can))).toMatchObject([
      { kind: 'wait', step: { id: 'decision' }, until: '听取陈述' },
    ])
    expect(nextWork(fileOf([statement, decision], { statement: true }))).toEqual([])
    expect(nextWork(fileOf([step('review', 'possible'), decision], can))).toEqual([])
    expect(nextWork(fileOf([{ ...statement, status: 'begun' }, decision], { decision: true }))).toEqual([])
  })
  it('is to name handlers, once the lead is taken up and nobody is named', () => {
    const file = fileOf([step('lead', 'done')], {})
    const may = { ...file, can: { ...file.can, assignHandlers: true as const } }
    expect(nextWork(may)).toMatchObject([{ kind: 'assign' }])
    expect(nextWork({ ...may, handlers: [{ personId: 'p' }] })).toEqual([])
    const steps = (status: Step['status']) => ({ ...may.evaluation, steps: [step('filing', status)] })
    expect(nextWork({ ...may, evaluation: steps('begun') })).toMatchObject([{ kind: 'assign' }])
    expect(nextWork({ ...may, evaluation: steps('possible') })).toEqual([])
  })
  it('is a paper that waits for the own signature, and none that one has signed or only holds the pad for', () => {
    const slot = {
      role: 'officer',
      label: '执法人员签名',
      need: 2,
      refusable: false,
      ownHand: true,
      can: true as const,
      got: [],
    }
    const paper = (id: string, change: Partial<typeof slot>) =>
      ({ id, name: id, signatures: [{ ...slot, ...change }] }) as unknown as File['documents'][number]
    const file = fileOf(
      [],
      {},
      {
        documents: [paper('a', {}), paper('b', { can: no as never }), paper('c', { ownHand: false })],
      },
    )
    expect(nextWork(file)).toMatchObject([{ kind: 'sign', document: { id: 'a' } }])
  })
  it('is the file of a case that is closed, and nothing in one that is archived', () => {
    const steps = [step('closing', 'done'), step('archiving', 'possible')]
    const file = (status: File['status']) => fileOf(steps, { archiving: true }, { status })
    expect(nextWork(file('closed'))).toMatchObject([{ kind: 'begin', step: { id: 'archiving' } }])
    expect(nextWork(file('archived'))).toEqual([])
  })
  it('is a recording that nobody has watched, for whoever may say what can be made out', () => {
    const film = { sceneName: '直接送达', unwatched: ['文书名称可辨'] } as File['recordings'][number]
    const recordings = [
      { ...film, id: 'r', watch: true as const },
      { ...film, id: 'w', watch: true as const, unwatched: [] },
      { ...film, id: 'other', watch: no },
    ]
    const work = nextWork(fileOf([], {}, { recordings }))
    expect(work).toMatchObject([{ kind: 'watch', recording: { id: 'r' } }])
  })
})
