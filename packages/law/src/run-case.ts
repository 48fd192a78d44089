import { evaluate, judge } from './evaluate.ts'
import type { CaseRecord } from './evaluate.ts'
import type { Citation, Evaluation, Reason } from './evaluation.ts'
import type { Fact } from './fact.ts'
import { NATIONAL_ALONE } from './law.ts'
import type { Law } from './law.ts'
import type { CaseStep, LawCase } from './schema/law-case.ts'

/** What came of an example. A clause counts as carried out when an expectation that came names it in its `cites`. */
export type CaseOutcome = Readonly<{
  failures: readonly string[]
  /** Clauses that an expectation names in its `cites` and that what came does cite. */
  observed: ReadonlySet<string>
  /** Codes that were expected and came, each with the kind of fact or the question that brought it. */
  fired: ReadonlySet<string>
  /** The same facts and questions with all codes that did not come: a rule that always fires is no rule. */
  quiet: readonly Readonly<{ subject: string; codes: ReadonlySet<string> }>[]
}>

type Put = Exclude<CaseStep, { ask: string }>
type Ask = Extract<CaseStep, { ask: string }>

type Run = Readonly<{
  law: Law
  fail: (at: string, message: string) => void
  see: (at: string, named: readonly string[], given: ReadonlySet<string>) => void
  come: (at: string, citations: readonly Citation[]) => void
  fire: (subject: string, code: string) => void
  rest: (subject: string, codes: Iterable<string>) => void
}>

const list = (values: Iterable<string>): string => [...values].join('、') || '无'

function checkCites(run: Run, at: string, wanted: readonly string[], citations: readonly Citation[]): void {
  const given = new Set(citations.map((c) => c.clause))
  for (const id of wanted) if (!given.has(id)) run.fail(at, `没有引用 ${id}，引用的是 ${list(given)}`)
  run.see(at, wanted, given)
}

const nameOf = (fact: Fact): string => `${fact.kind} ${fact.name} ${fact.state ?? ''}`.trim()

/** Puts a fact to the law and compares what comes with what the example expects. */
function runPut(run: Run, step: Put, record: CaseRecord, at: string): Fact | undefined {
  const fact = 'do' in step ? step.do : step.try
  const reasons = judge(record, fact, run.law, step.now ?? fact.at)
  run.come(
    at,
    reasons.flatMap((r) => r.citations),
  )
  const codesOf = (effect: Reason['effect']): Set<string> =>
    new Set(reasons.filter((r) => r.effect === effect).map((r) => r.code))
  const [refused, warned] = [codesOf('refuse'), codesOf('warn')]
  const judged = step.others ? step.refused.filter((code) => refused.has(code)) : [...refused]
  if (list(judged.toSorted()) !== list(step.refused.toSorted()))
    run.fail(at, `${nameOf(fact)}：应拒绝“${list(step.refused)}”，实为“${list(refused)}”`)
  for (const code of step.warned)
    if (!warned.has(code)) run.fail(at, `${nameOf(fact)}：应提示“${code}”，实为“${list(warned)}”`)
  for (const code of step.silent)
    if (warned.has(code) || refused.has(code)) run.fail(at, `${nameOf(fact)}：不应有“${code}”`)
  const expected = reasons.filter((r) => step.refused.includes(r.code) || step.warned.includes(r.code))
  checkCites(
    run,
    at,
    step.cites,
    expected.flatMap((r) => r.citations),
  )
  for (const words of [step.says ?? []].flat())
    if (!expected.some((r) => `${r.message} ${r.todo}`.includes(words)))
      run.fail(at, `${nameOf(fact)}：应说“${words}”，实为“${expected.map((r) => r.message).join('；')}”`)
  for (const { code } of expected) run.fire(nameOf(fact), code)
  run.rest(nameOf(fact), [...refused, ...warned])
  if ('do' in step && refused.size > 0)
    run.fail(at, `${nameOf(fact)}：是要记下的事实，却被拒绝“${list(refused)}”`)
  return 'do' in step && refused.size === 0 ? fact : undefined
}

const day = (instant: string | undefined, wanted: string): string | undefined =>
  wanted.length === 10 ? instant?.slice(0, 10) : instant

function checkDuties(run: Run, { duties, noDuties }: Ask, evaluation: Evaluation, at: string): void {
  for (const [id, want] of Object.entries(duties)) {
    const duty = evaluation.duties.find((d) => d.id === id) ?? evaluation.duties.find((d) => d.rule === id)
    if (duty === undefined) {
      run.fail(at, `没有义务“${id}”，有的是 ${list(evaluation.duties.map((d) => d.id))}`)
      continue
    }
    const says = `${duty.state} ${duty.due ?? '无期限'}（目标 ${duty.target ?? '无'}）：${duty.why}`
    if (want.state !== undefined && want.state !== duty.state)
      run.fail(at, `“${id}”应为 ${want.state}，实为 ${says}`)
    if (
      want.due === null
        ? duty.due !== undefined
        : want.due !== undefined && day(duty.due, want.due) !== want.due
    )
      run.fail(at, `“${id}”应于 ${want.due ?? '无期限'} 到期，实为 ${says}`)
    if (want.target !== undefined && day(duty.target, want.target) !== want.target)
      run.fail(at, `“${id}”的目标日应为 ${want.target}，实为 ${says}`)
    if (want.effect !== undefined && want.effect !== duty.effect) run.fail(at, `“${id}”应为 ${want.effect}`)
    if (want.says !== undefined && !duty.why.includes(want.says))
      run.fail(at, `“${id}”应说“${want.says}”，实为 ${says}`)
    checkCites(run, `${at} “${id}”`, want.cites, duty.citations)
  }
  for (const id of noDuties)
    if (evaluation.duties.some((d) => d.rule === id)) run.fail(at, `不应有义务“${id}”`)
}

function checkFindings(run: Run, { findings, noFindings }: Ask, evaluation: Evaluation, at: string): void {
  for (const [code, want] of Object.entries(findings)) {
    const found = evaluation.findings.filter((f) => f.code === code)
    if (found.length === 0)
      run.fail(at, `没有发现“${code}”，有的是 ${list(evaluation.findings.map((f) => f.code))}`)
    if (
      want !== 'present' &&
      want.says !== undefined &&
      !found.some((f) => f.message.includes(want.says ?? ''))
    )
      run.fail(at, `“${code}”应说“${want.says}”，实为“${found.map((f) => f.message).join('；')}”`)
    checkCites(
      run,
      `${at} “${code}”`,
      want === 'present' ? [] : want.cites,
      found.flatMap((f) => f.citations),
    )
    run.fire('ask', code)
  }
  for (const code of noFindings)
    if (evaluation.findings.some((f) => f.code === code)) run.fail(at, `不应发现“${code}”`)
  run.rest(
    'ask',
    evaluation.findings.map((f) => f.code),
  )
}

function checkSteps(run: Run, { steps }: Ask, evaluation: Evaluation, at: string): void {
  for (const [id, want] of Object.entries(steps)) {
    const step = evaluation.steps.find((s) => s.id === id)
    if (step === undefined) {
      run.fail(at, `没有环节“${id}”`)
      continue
    }
    const compare = (what: string, wanted: readonly string[] | undefined, is: readonly string[]): void => {
      const [a, b] = [list(new Set(wanted?.toSorted())), list(new Set(is.toSorted()))]
      if (wanted !== undefined && a !== b) run.fail(at, `“${id}”的${what}应为“${a}”，实为“${b}”`)
    }
    if (want.status !== undefined && want.status !== step.status)
      run.fail(at, `“${id}”应为 ${want.status}，实为 ${step.status}`)
    if (want.optional !== undefined && want.optional !== step.optional)
      run.fail(at, `“${id}”应${want.optional ? '' : '不'}可省略`)
    compare(
      '缺项',
      want.missing,
      step.missing.map((r) => r.code),
    )
    compare(
      '前提',
      want.blocked,
      step.before.filter((r) => r.effect === 'refuse').map((r) => r.code),
    )
    for (const type of want.documents ?? [])
      if (!step.documents.some((d) => d.type === type && d.required))
        run.fail(at, `“${id}”应要求文书“${type}”`)
    const seen: Citation[] =
      want.status === undefined && want.optional === undefined ? [] : [...step.citations]
    for (const [scene, strength] of Object.entries(want.recordings ?? {})) {
      const demand = step.recordings.find((r) => r.scene === scene)
      if (demand?.strength !== strength)
        run.fail(at, `“${id}”的“${scene}”应为 ${strength}，实为 ${demand?.strength ?? '没有规定'}`)
      seen.push(...(demand?.citations ?? []))
    }
    const reasons = [
      ...step.missing.filter((r) => want.missing?.includes(r.code)),
      ...step.before.filter((r) => want.blocked?.includes(r.code)),
    ]
    for (const { code } of reasons) run.fire(`step ${id}`, code)
    run.rest(
      `step ${id}`,
      [...step.missing, ...step.before].map((r) => r.code),
    )
    checkCites(run, `${at} “${id}”`, want.cites, [...seen, ...reasons.flatMap((r) => r.citations)])
  }
}

function checkKeeping(run: Run, { keeping }: Ask, evaluation: Evaluation, at: string): void {
  for (const [item, want] of Object.entries(keeping)) {
    const kept = evaluation.keeping.find((k) => k.item === item)
    if (kept === undefined)
      run.fail(at, `没有保存对象“${item}”，有的是 ${list(evaluation.keeping.map((k) => k.item))}`)
    else if (kept.rule !== want.rule || (want.through !== undefined && kept.keptThrough !== want.through))
      run.fail(
        at,
        `“${item}”应为 ${want.rule} ${want.through ?? ''}，实为 ${kept.rule} ${kept.keptThrough ?? ''}：${kept.why}`,
      )
    checkCites(run, `${at} “${item}”`, want.cites, kept?.citations ?? [])
  }
}

const citationsIn = ({ duties, findings, keeping, steps }: Evaluation): Citation[] =>
  [
    ...duties,
    ...findings,
    ...keeping,
    ...steps.flatMap((s) => [s, ...s.missing, ...s.before, ...s.recordings]),
  ].flatMap((one) => one.citations)

function runAsk(run: Run, step: Ask, record: CaseRecord, at: string): void {
  const evaluation = evaluate(record, run.law, step.ask)
  run.come(at, citationsIn(evaluation))
  checkDuties(run, step, evaluation, at)
  checkFindings(run, step, evaluation, at)
  checkSteps(run, step, evaluation, at)
  checkKeeping(run, step, evaluation, at)
}

const selectionOf = (one: LawCase, pack: string, law: Law): CaseRecord['selection'] => {
  const isBase = law.packs.some((p) => p.pack.id === pack && p.pack.layer === 'base')
  const base = isBase || pack === NATIONAL_ALONE ? pack : NATIONAL_ALONE
  return {
    base,
    overlays: isBase || pack === NATIONAL_ALONE ? one.overlays : [pack, ...one.overlays],
    national: one.national,
  }
}

/** All facts of an example as one record, whether they are given, done or only tried. */
export function caseRecordOf(one: LawCase, folder: string, law: Law): CaseRecord {
  const put = one.expect.flatMap((s) => ('do' in s ? [s.do] : 'try' in s ? [s.try] : []))
  const asked = one.expect.flatMap((s) => ('ask' in s ? [s.ask] : []))
  const facts = [...one.given, ...put]
  return {
    procedure: one.procedure,
    startedAt: one.startedAt ?? facts[0]?.at ?? asked[0] ?? '',
    facts,
    flags: one.flags,
    settings: one.settings,
    selection: selectionOf(one, one.pack ?? folder, law),
  }
}

/** Runs one example. `folder` is the pack in whose folder it lies; an overlay alone stands on national law. */
export function runCase(one: LawCase, folder: string, law: Law): CaseOutcome {
  const failures: string[] = []
  const observed = new Set<string>()
  const cited = new Map<string, string[]>()
  const fired = new Set<string>()
  const quiet: { subject: string; codes: Set<string> }[] = []
  const run: Run = {
    law,
    fail: (at, message) => failures.push(`${at}：${message}`),
    see: (at, named, given) => {
      for (const id of named) if (given.has(id)) observed.add(id)
      for (const id of given) cited.set(id, [...(cited.get(id) ?? []), at])
    },
    come: (at, citations) => {
      const reached = one.unreached.filter((id) => citations.some((c) => c.clause === id))
      for (const id of reached) failures.push(`${at}：${id} 不应及于本案，却有结果引用它`)
    },
    fire: (subject, code) => fired.add(`${subject} ${code}`),
    rest: (subject, codes) => quiet.push({ subject, codes: new Set(codes) }),
  }
  const first = [
    ...one.given.map((f) => f.at),
    ...one.expect.map((s) => ('ask' in s ? s.ask : 'do' in s ? s.do.at : s.try.at)),
  ][0]
  let facts = one.given
  one.expect.forEach((step, index) => {
    const record: CaseRecord = {
      procedure: one.procedure,
      startedAt: one.startedAt ?? first ?? '',
      facts,
      flags: one.flags,
      settings: one.settings,
      selection: selectionOf(one, one.pack ?? folder, law),
    }
    const at = `第${index + 1}步`
    const added = 'ask' in step ? runAsk(run, step, record, at) : runPut(run, step, record, at)
    if (added !== undefined) facts = [...facts, added]
  })
  for (const id of one.clauses)
    if (!observed.has(id))
      failures.push(
        `没有预期以 cites 写明 ${id}：提到不等于做到；引用它的结果：${cited.get(id)?.join('、') ?? '无'}`,
      )
  return { failures, observed, fired, quiet }
}

/** Codes of which no example shows that they also stay away when the same kind of fact, or question, is put. */
export function neverQuiet(outcomes: readonly CaseOutcome[]): string[] {
  const all = outcomes.flatMap((o) => o.quiet)
  const fired = new Set(outcomes.flatMap((o) => [...o.fired]))
  return [...fired].filter((one) => {
    const subject = one.slice(0, one.lastIndexOf(' '))
    const code = one.slice(one.lastIndexOf(' ') + 1)
    return !all.some((q) => q.subject === subject && !q.codes.has(code))
  })
}
