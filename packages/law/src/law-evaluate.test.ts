import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { realLaw } from '../../../test/law/real-law.ts'
import { clausesIn } from '../../../test/law/timeline.ts'
import { evaluateTimeline, printEvaluation } from './law-evaluate.ts'
import { checkLaw, printLawCheck } from './law-check.ts'

const folder = new URL('../../../vectors/timelines/', import.meta.url)
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const names = readdirSync(folder)
  .filter((n) => n.endsWith('.expected.json'))
  .map((n) => n.replace('.expected.json', ''))

/** What a vector says of the answer; what it does not mention is not looked at. */
const Expected = z.strictObject({
  steps: z.record(z.string(), z.string()),
  duties: z.record(z.string(), z.strictObject({ state: z.string(), due: z.iso.date().optional() })),
  errors: z.array(z.string()).optional(),
  clauses: z.array(z.string()).optional(),
})

const law = realLaw()
const answer = (input: unknown) => {
  const result = evaluateTimeline(input, law)
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return result.evaluation
}

describe('timeline files', () => {
  it('that name a text or a procedure which nobody wrote are no question, and say what was probably meant', () => {
    const asked = z.record(z.string(), z.unknown()).parse(read('zoumaling-one-officer.json'))
    const wrong = { ...asked, pack: 'zoumalin', overlays: ['jiayuguan'], procedure: 'penalty-ordinari' }
    expect(evaluateTimeline(wrong, law)).toEqual({
      errors: [
        { at: 'pack', message: '没有制度包“zoumalin”，是否指“zoumaling”' },
        { at: 'overlays.0', message: '没有制度包“jiayuguan”' },
        { at: 'procedure', message: '没有程序“penalty-ordinari”，是否指“penalty-ordinary”' },
      ],
    })
  })

  it('there is one for every pack', () => {
    const packs = names.flatMap((n) => {
      const t = z
        .object({ pack: z.string(), overlays: z.array(z.string()).default([]) })
        .parse(read(`${n}.json`))
      return [t.pack, ...t.overlays]
    })
    expect(new Set(packs)).toEqual(new Set(['national', ...law.packs.map((p) => p.pack.id)]))
  })

  it.each(names)('%s is answered as expected', (name) => {
    const expected = Expected.parse(read(`${name}.expected.json`))
    const evaluation = answer(read(`${name}.json`))
    for (const [id, status] of Object.entries(expected.steps))
      expect(evaluation.steps.find((s) => s.id === id)?.status).toBe(status)
    for (const [id, { state, due }] of Object.entries(expected.duties)) {
      const duty = evaluation.duties.find((d) => d.id === id)
      expect({ state: duty?.state, due: duty?.due?.slice(0, 10) }).toEqual({ state, due })
    }
    const errors = evaluation.findings.filter((f) => f.severity === 'error')
    if (expected.errors !== undefined) expect(errors.map((f) => f.code)).toEqual(expected.errors)
    if (expected.clauses !== undefined) expect(clausesIn(errors)).toEqual(expected.clauses)
  })

  it('a file that is no timeline gets errors, not half an answer', () => {
    const result = evaluateTimeline(
      { pack: 'zoumaling', procedure: 'penalty-ordinary', facts: [{ kind: 'rumour' }] },
      law,
    )
    const at = 'errors' in result ? result.errors.map((e) => e.at) : []
    expect(at).toEqual(expect.arrayContaining(['startedAt', 'now', 'facts.0.kind']))
  })

  it('is printed for people with citations and the next thing to do', () => {
    const lines = printEvaluation(answer(read('zoumaling-decision-before-notice.json'))).join('\n')
    expect(lines).toContain('依据《中华人民共和国行政处罚法》第四十四条〔pen-44〕')
    expect(lines).toContain('下一步：制作《行政处罚告知书》')
    expect(lines).toContain('到期 2026-06-01 23:59')
  })
})

it('an article is named once, with all of its clauses that are meant', () => {
  const citation = (clause: string, cite: string) => ({ clause, cite, duty: '甲', layer: 'base' as const })
  const citations = [
    citation('a-7-1', '《甲》第七条'),
    citation('a-7-2', '《甲》第七条'),
    citation('b', '《乙》第一条'),
  ]
  const finding = { code: 'x', severity: 'error' as const, message: '不对', citations }
  const lines = printEvaluation({
    attempts: [],
    unknown: [],
    steps: [],
    duties: [],
    findings: [finding],
    keeping: [],
  })
  expect(lines.join('\n')).toContain('（依据《甲》第七条〔a-7-1、a-7-2〕、《乙》第一条〔b〕）')
})

describe('checking law for people', () => {
  it('prints file, line and message', () => {
    const lines = printLawCheck(checkLaw([{ path: 'law/calendars/2026.yaml', text: 'year: soon\n' }]))
    expect(lines[0]).toMatch(/^law\/calendars\/2026\.yaml:1: /)
    expect(lines.at(-1)).toContain('未采用任何内容')
  })
})
