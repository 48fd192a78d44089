import { isWorkday } from '../calendar.ts'
import { instantOfMs } from '../civil-date.ts'
import { paramOf } from '../combine.ts'
import { RANKS } from '../fact.ts'
import type { Rank } from '../fact.ts'
import type { Condition } from '../schema/condition.ts'
import { yes } from './check.ts'
import type { Check } from './check.ts'
import { dayOf } from './clock.ts'
import { keepingOf } from './keeping.ts'
import { RANK_NAMES } from './words.ts'
import type { TimedFact, World } from './world.ts'

type SubjectCondition = Extract<Condition, { op: 'rank' | 'daytime' | 'workday' | 'disposable' | 'kept' }>

/** Conditions that ask about the fact in question itself. */
export function checkSubject(condition: SubjectCondition, world: World): Check {
  const { subject } = world
  if (subject === undefined) return yes
  switch (condition.op) {
    case 'rank':
      return checkRank(condition.rank, subject, world)
    case 'daytime': {
      const [from, until] = condition.daytime
      const clock = instantOfMs(subject.fromMs).slice(11, 16)
      const hour = Number(clock.slice(0, 2)) + Number(clock.slice(3, 5)) / 60
      return { holds: hour >= from && hour < until, facts: { clock } }
    }
    case 'workday': {
      const { calendar } = world.caseLaw.law
      const day = dayOf(world.clock)
      if (!calendar.years.has(Number(day.slice(0, 4)))) return { holds: false, facts: { day } }
      return { holds: isWorkday(calendar, day) === condition.workday, facts: { day } }
    }
    case 'kept': {
      const kept = keepingOf(world, subject.about ?? subject.ref)
      const facts: Check['facts'] = kept === undefined ? {} : { why: kept.why }
      return { holds: kept !== undefined && condition.kept.includes(kept.rule), facts }
    }
    case 'disposable': {
      const kept = keepingOf(world, subject.about)
      const due = kept?.rule === 'until' && (kept.disposableFrom ?? '9999') <= dayOf(world.clock)
      const why = kept?.why ?? '没有登记所要处置的是哪一件'
      const clauses = kept?.citations.map((c) => c.clause) ?? []
      return {
        holds: due === condition.disposable,
        facts: { why },
        ...(clauses.length > 0 ? { clauses } : {}),
      }
    }
  }
}

type Asked = Readonly<{ rank: Rank; clause?: string }>

function ranksAsked(asked: Extract<Condition, { op: 'rank' }>['rank'], world: World): Asked[] {
  if (typeof asked === 'string') return [{ rank: asked }]
  return paramOf(world.caseLaw, asked.param).flatMap(({ value }) => {
    const named: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'rank') : undefined
    const clause: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'clause') : undefined
    const rank = RANKS.find((r) => r === named)
    return rank === undefined ? [] : [{ rank, ...(typeof clause === 'string' ? { clause } : {}) }]
  })
}

/** Of several texts the highest rank counts (decisions.md 2); each that asks for more than was there is cited. */
function checkRank(
  asked: Extract<Condition, { op: 'rank' }>['rank'],
  subject: TimedFact,
  world: World,
): Check {
  const highest = Math.max(
    -1,
    ...(subject.by ?? []).map((p) => (p.rank === undefined ? -1 : RANKS.indexOf(p.rank))),
  )
  const lacking = ranksAsked(asked, world).filter(({ rank }) => RANKS.indexOf(rank) > highest)
  const needed = lacking.toSorted((a, b) => RANKS.indexOf(b.rank) - RANKS.indexOf(a.rank))[0]
  if (needed === undefined) return yes
  const clauses = lacking.flatMap(({ clause }) => clause ?? [])
  return {
    holds: false,
    facts: { rank: RANK_NAMES[needed.rank] },
    ...(clauses.length > 0 ? { clauses } : {}),
  }
}
