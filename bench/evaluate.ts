import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate, judge } from '@liuhen/law/evaluate'
import type { CaseRecord } from '@liuhen/law/evaluate'
import type { Fact } from '@liuhen/law/fact'
import type { Law } from '@liuhen/law/law'
import { recordOf } from '@liuhen/law/law-evaluate'
import { Timeline } from '@liuhen/law/schema/timeline'
import { realLaw } from '../test/law/real-law.ts'
import type { BenchResult } from './bench.ts'

const EVENTS = 300
/** Of this thread's own time: on a busy machine seconds by the clock would be few rounds, of code that is still cold. */
const SECONDS = 4
const OVERLAYS = ['jiayuguan-sxzd', 'guoban-2017-14']

const vector = join(import.meta.dirname, '../vectors/timelines/zoumaling-whole-case.json')

const minute = (at: string, n: number): string =>
  `${new Date(Date.parse(at) + n * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** More recordings of the inspection day, each made, stored and described, until the case has so many facts. */
function more(facts: readonly Fact[], day: string): Fact[] {
  const added: Fact[] = []
  for (let n = 0; facts.length + added.length < EVENTS; n += 1) {
    const common = { kind: 'recording', name: 'inspection', step: 'inspection', ref: `more-${n}` } as const
    const span = { from: minute(day, n), to: minute(day, n + 1) }
    added.push({ ...common, ...span, state: 'made', at: span.to, data: { medium: 'video' } })
    added.push({ ...common, state: 'stored', at: minute(day, n + 120), data: { evidence: n % 3 === 0 } })
    added.push({ ...common, state: 'described', at: minute(day, n + 180) })
  }
  return [...facts, ...added].slice(0, EVENTS)
}

function bigCase(): CaseRecord {
  const timeline = Timeline.parse(JSON.parse(readFileSync(vector, 'utf8')))
  const record = recordOf(timeline)
  const inspected = record.facts.find((f) => f.kind === 'step' && f.name === 'inspection')
  return {
    ...record,
    facts: more(record.facts, inspected?.at ?? record.startedAt),
    selection: { base: 'zoumaling', overlays: OVERLAYS },
  }
}

/** What this thread alone has spent: others on the machine change the wall clock, not this. */
const spentMs = (): number => {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** `best` is of the quickest ten in a row: what the machine does while nobody else works on it. */
type Rate = Readonly<{ perCpuSecond: number; perSecond: number; best: number }>

/** As many rounds as fit; each gets a record that nobody has seen, so that nothing remembered of an earlier one helps. */
function rateOf(text: string, work: (record: CaseRecord) => void): Rate {
  let [rounds, wallMs, cpuMs, leastMs] = [0, 0, 0, Number.POSITIVE_INFINITY]
  while (cpuMs < SECONDS * 1000) {
    const batch = Array.from({ length: 10 }, () => JSON.parse(text) as CaseRecord)
    const [wall, cpu] = [performance.now(), spentMs()]
    for (const record of batch) work(record)
    const tookMs = performance.now() - wall
    wallMs += tookMs
    cpuMs += spentMs() - cpu
    leastMs = Math.min(leastMs, tookMs)
    rounds += batch.length
  }
  const perSecond = (count: number, ms: number): number => count / (ms / 1000)
  return {
    perCpuSecond: perSecond(rounds, cpuMs),
    perSecond: perSecond(rounds, wallMs),
    best: perSecond(10, leastMs),
  }
}

/** What a command asks before it adds a fact: is it allowed in the case as it stands? */
function judgeLast(record: CaseRecord, law: Law, now: string): void {
  const last = record.facts.at(-1)
  if (last !== undefined) judge({ ...record, facts: record.facts.slice(0, -1) }, last, law, now)
}

/** Evaluations of a case of 300 events under a base and two overlays, on one core, against reading the same case as JSON. */
export const run = async (): Promise<BenchResult> => {
  const law = realLaw()
  const record = bigCase()
  const text = JSON.stringify(record)
  const now = '2026-05-20T09:00:00+08:00'
  const shown = evaluate(record, law, now)
  rateOf(text, (r) => void evaluate(r, law, now))
  const value = rateOf(text, (r) => void evaluate(r, law, now))
  const judged = rateOf(text, (r) => judgeLast(r, law, now))
  const baseline = rateOf(text, () => void JSON.parse(text))
  const answer = rateOf(text, () => void JSON.stringify(shown))
  return Promise.resolve({
    name: 'evaluate',
    figures: {
      'facts in the case': record.facts.length,
      'duties in the answer': shown.duties.length,
      'value evaluations/s of one core': Math.round(value.perCpuSecond),
      'value evaluations/s by the clock': Math.round(value.perSecond),
      'value evaluations/s, the quickest ten in a row': Math.round(value.best),
      'one more fact judged/s of one core': Math.round(judged.perCpuSecond),
      'baseline JSON.parse of the case/s of one core': Math.round(baseline.perCpuSecond),
      'JSON.stringify of the answer/s of one core': Math.round(answer.perCpuSecond),
      ratio: Number((value.perCpuSecond / baseline.perCpuSecond).toFixed(3)),
    },
    targets: [{ what: 'evaluations/s', value: Math.round(value.perCpuSecond), atLeast: 2000 }],
  })
}
