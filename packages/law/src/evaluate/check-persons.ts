import type { Condition } from '../schema/condition.ts'
import { when } from './check.ts'
import type { Check } from './check.ts'
import { skippedRank } from './document-state.ts'
import { actingAs, idsActingAs, nameOf, officersOf, withoutValidCertificate } from './persons.ts'
import { RANK_NAMES } from './words.ts'
import type { TimedFact, World } from './world.ts'

type PersonCondition = Extract<
  Condition,
  { op: 'officers' | 'certificates' | 'differs' | 'qualified' | 'approvals' }
>

/** Conditions that ask who took part in the fact in question. */
export function checkPersons(condition: PersonCondition, subject: TimedFact, world: World): Check {
  switch (condition.op) {
    case 'officers': {
      const count = officersOf(subject).length
      return when(count >= condition.officers, { count })
    }
    case 'certificates': {
      const bad = withoutValidCertificate(subject)
      return when(bad.length === 0, { names: bad.map(nameOf).join('、') })
    }
    case 'differs': {
      const others = idsActingAs(world, condition.from)
      const same = actingAs(subject, condition.differs).filter((p) => others.has(p.personId))
      return when(same.length === 0, { names: same.map(nameOf).join('、') })
    }
    case 'qualified': {
      const bad = actingAs(subject, condition.qualified).filter((p) => p.legalQualified !== true)
      return when(bad.length === 0, { names: bad.map(nameOf).join('、') })
    }
    case 'approvals': {
      const skipped = skippedRank(world, subject)
      return when(skipped === undefined, skipped === undefined ? {} : { rank: RANK_NAMES[skipped] })
    }
  }
}
