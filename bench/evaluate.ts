import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, evaluate, judge, prepare } from '@liuhen/law/evaluate'
import type { CaseRecord, PreparedCase } from '@liuhen/law/evaluate'
import type { Fact } from '@liuhen/law/fact'
import type { Law } from '@liuhen/law/law'
import { recordOf } from '@liuhen/law/law-evaluate'
import { isSameRecord } from '@liuhen/law/same-record'
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

/** A case under way, in which last days are still to come. */
const undecided = (facts: readonly Fact[]): readonly Fact[] =>
  facts.slice(
    0,
    facts.findIndex((f) => f.name === 'penalty-decision'),
  )

function bigCase(part: (facts: readonly Fact[]) => readonly Fact[]): CaseRecord {
  const timeline = Timeline.parse(JSON.parse(readFileSync(vector, 'utf8')))
  const record = recordOf(timeline)
  const inspected = record.facts.find((f) => f.kind === 'step' && f.name === 'inspection')
  return {
    ...record,
    facts: more(part(record.facts), inspected?.at ?? record.startedAt),
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

const HOUR_MS = 3_600_000
const TWO_YEARS_IN_HOURS = 2 * 365 * 24

type Asked = Readonly<{ perCpuSecond: number; anewPercent: number }>

/** A prepared case at moments that somebody may ask it: none twice in a row, `order` says which comes next. */
function askedAt(prepared: PreparedCase, from: number, order: (round: number) => number): Asked {
  let [rounds, anew, cpuMs] = [0, 0, 0]
  let before = ask(prepared, instantAt(from))
  while (cpuMs < SECONDS * 1000) {
    const moments = Array.from({ length: 500 }, (_, n) => instantAt(from + order(rounds + n) * HOUR_MS))
    const cpu = spentMs()
    for (const now of moments) {
      const answer = ask(prepared, now)
      if (answer !== before) anew += 1
      before = answer
    }
    cpuMs += spentMs() - cpu
    rounds += moments.length
  }
  return { perCpuSecond: rounds / (cpuMs / 1000), anewPercent: Math.round((100 * anew) / rounds) }
}

const instantAt = (ms: number): string => new Date(ms).toISOString()

/** Hours of the two years after the last fact, so that no two neighbours lie near each other. */
const scattered = (round: number): number => (round * 7919) % TWO_YEARS_IN_HOURS

/** One hour out of each time in which the answer stays the same: asked one after the other, none is taken over as a whole. */
function hoursThatDiffer(prepared: PreparedCase, from: number): readonly number[] {
  const hours: number[] = []
  let before: unknown
  for (let hour = 1; hour < TWO_YEARS_IN_HOURS; hour += 1) {
    const answer = ask(prepared, instantAt(from + hour * HOUR_MS))
    if (answer !== before) hours.push(hour)
    before = answer
  }
  return hours
}

/** Evaluations of a case of 300 events under a base and two overlays, on one core, against reading the same case as JSON. */
export const run = async (): Promise<BenchResult> => {
  const law = realLaw()
  const record = bigCase((facts) => facts)
  const text = JSON.stringify(record)
  const now = '2026-05-20T09:00:00+08:00'
  const shown = evaluate(record, law, now)
  rateOf(text, (r) => void evaluate(r, law, now))
  const fromNothing = rateOf(text, (r) => void evaluate(r, law, now))
  const judged = rateOf(text, (r) => judgeLast(r, law, now))
  const found = prepare(record, law)
  const foundAgain = rateOf(text, (r) => void (isSameRecord(r, record) && ask(found, now)))
  const open = bigCase(undecided)
  const last = Math.max(...open.facts.map((f) => Date.parse(f.at)))
  const prepared = prepare(open, law)
  const atAnyHour = askedAt(prepared, last, scattered)
  const differing = hoursThatDiffer(prepared, last)
  const atOthers = askedAt(prepared, last, (round) => differing[round % differing.length] ?? 0)
  const baseline = rateOf(text, () => void JSON.parse(text))
  const answer = rateOf(text, () => void JSON.stringify(shown))
  return Promise.resolve({
    name: 'evaluate',
    figures: {
      'facts in the case': record.facts.length,
      'duties in the answer': shown.duties.length,
      'from nothing, evaluations/s of one core': Math.round(fromNothing.perCpuSecond),
      'from nothing, by the clock': Math.round(fromNothing.perSecond),
      'from nothing, the quickest ten in a row': Math.round(fromNothing.best),
      'prepared, asked at any hour of two years/s of one core': Math.round(atAnyHour.perCpuSecond),
      'of these not taken over as a whole, %': atAnyHour.anewPercent,
      'answers that differ in these two years': differing.length,
      'prepared, asked for another of them each time/s of one core': Math.round(atOthers.perCpuSecond),
      'of these not taken over as a whole either, %': atOthers.anewPercent,
      'prepared, found by comparing the record, same moment/s of one core': Math.round(
        foundAgain.perCpuSecond,
      ),
      'one more fact judged from nothing/s of one core': Math.round(judged.perCpuSecond),
      'baseline JSON.parse of the case/s of one core': Math.round(baseline.perCpuSecond),
      'JSON.stringify of the answer/s of one core': Math.round(answer.perCpuSecond),
      ratio: Number((fromNothing.perCpuSecond / baseline.perCpuSecond).toFixed(3)),
    },
    targets: [
      {
        what: 'evaluations/s of a case that nobody has prepared',
        value: Math.round(fromNothing.perCpuSecond),
        atLeast: 2000,
      },
      {
        what: 'evaluations/s of a prepared case, where no answer is taken over as a whole',
        value: Math.round(atOthers.perCpuSecond),
        atLeast: 2000,
      },
    ],
  })
}
