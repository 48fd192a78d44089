import { documentAt } from '../combine.ts'
import type { Finding } from '../evaluation.ts'
import { again, hasCome, lawDay } from './clock.ts'
import { sayMoment, STATE_NAMES } from './words.ts'
import { isSound } from './world.ts'
import type { TimedFact, World } from './world.ts'

/** A fact in words for people: names of steps, papers and scenes, never their ids. */
export function nameOfFact(fact: TimedFact, { caseLaw, procedure, clock }: World): string {
  switch (fact.kind) {
    case 'step':
      return `环节“${procedure.steps.find((s) => s.id === fact.name)?.name ?? fact.name}”`
    case 'document': {
      const name = documentAt(caseLaw.law, fact.name, lawDay(clock))?.name ?? fact.name
      return `《${name}》${STATE_NAMES[fact.state ?? ''] ?? ''}`
    }
    case 'recording':
      return `音像“${caseLaw.law.scenes.get(fact.name) ?? fact.name}”`
    case 'event':
      return `“${procedure.events.find((e) => e.name === fact.name)?.label ?? fact.name}”`
  }
}

const finding = (code: string, severity: Finding['severity'], message: string): Finding => ({
  code,
  severity,
  message,
  citations: [],
})

/** Facts that cannot be placed in time, and facts that lie ahead, are left out and said so. */
export function oddFacts(facts: readonly TimedFact[], world: World): readonly Finding[] {
  const { found, clock } = world
  found.odd = again(found.odd, clock, () => facts.flatMap((fact) => oddityOf(fact, world) ?? []))
  return found.odd.value
}

function oddityOf(fact: TimedFact, world: World): Finding | undefined {
  if (!isSound(fact)) {
    const message = `${nameOfFact(fact, world)}的时间“${fact.at}”无法读取，未予采用`
    return finding('fact-without-time', 'error', message)
  }
  if (!hasCome(world.clock, fact.ms)) {
    const message = `${nameOfFact(fact, world)}的时间（${sayMoment(fact.ms)}）晚于现在，未予采用`
    return finding('fact-in-future', 'warning', message)
  }
  if (fact.fromMs <= fact.toMs) return undefined
  const message = `${nameOfFact(fact, world)}的开始时间晚于结束时间，请核对`
  return finding('interval-reversed', 'error', message)
}
