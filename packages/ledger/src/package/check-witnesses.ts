import { parseCheckpoint } from '../checkpoint.ts'
import { findCosignature } from '../cosignature.ts'
import { isBy, type Note } from '../note.ts'
import * as at from './paths.ts'
import { isSatisfied, type Policy, type PolicyWitness } from './policy.ts'
import type { Primitives } from './primitives.ts'
import { fail, notChecked, pass, type Item } from './report.ts'

export type Witnesses = Readonly<{
  /** Of those that the policy names, how many cosigned this checkpoint. */
  confirmed: number
  named: number
}>

type WitnessFinding = Readonly<{
  items: readonly Item[]
  counts: Witnesses
  witnessed: boolean
  /** When so many had cosigned as the policy asks for, in seconds since 1970; undefined when they have not. */
  since?: number
}>

/** yyyy-MM-ddTHH:mm:ssZ; a time that no calendar has is given as it is. */
const timeText = (seconds: number): string =>
  seconds < 253_402_300_800 ? `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z` : String(seconds)

const COSIGNATURE_BYTES = 72

/** Lines that look like those of witnesses and are by none of these: nobody can say whose they are. */
const unnamedWitnesses = (note: Note, named: readonly PolicyWitness[]): Item[] => {
  const origin = parseCheckpoint(note.text)?.origin
  const names = note.signatures
    .filter((s) => s.name !== origin && s.signature.length === COSIGNATURE_BYTES)
    .filter((s) => !named.some(({ key }) => isBy(key, s)))
    .map((s) => s.name)
  if (names.length === 0) return []
  const who = [...new Set(names)].join('、')
  return [notChecked('witness', at.CHECKPOINT, `有 ${who} 的见证签名；信任策略没有写明它的公钥，没有核验`)]
}

/** Who outside has seen this checkpoint: the lines of the policy's witnesses, counted, and its quorum. */
export const checkWitnesses = (note: Note, policy: Policy | undefined, p: Primitives): WitnessFinding => {
  const named = policy?.witnesses ?? new Map<string, PolicyWitness>()
  if (!policy || named.size === 0) {
    const items = unnamedWitnesses(note, [])
    return { items, counts: { confirmed: 0, named: 0 }, witnessed: false }
  }
  const found = [...named].map(([name, { key }]) => ({
    name,
    isBad: note.signatures.some(
      (s) =>
        isBy(key, s) &&
        findCosignature({ text: note.text, signatures: [s] }, key, p.verifyEd25519) === undefined,
    ),
    seconds: findCosignature(note, key, p.verifyEd25519)?.seconds,
  }))
  const bad = found.filter((f) => f.isBad)
  const signed = found.flatMap(({ name, seconds }) => (seconds === undefined ? [] : [{ name, seconds }]))
  const who = signed.map(({ name, seconds }) => `${name}（${timeText(seconds)}）`).join('、') || '无'
  const detail = `策略列出 ${named.size} 个见证方，已确认 ${signed.length} 个：${who}`
  const names = new Set(signed.map((s) => s.name))
  const { quorum } = policy
  const enough = quorum === undefined ? names.size > 0 : isSatisfied(policy, quorum, names)
  const verdict = (): Item => {
    if (enough) return pass('witness', at.CHECKPOINT, detail)
    return quorum === undefined
      ? notChecked('witness', at.CHECKPOINT, detail)
      : fail('witness', at.CHECKPOINT, `未达到策略要求；${detail}`)
  }
  const since = signed
    .map((s) => s.seconds)
    .toSorted((a, b) => a - b)
    .find((time) => {
      const by = new Set(signed.filter((s) => s.seconds <= time).map((s) => s.name))
      return quorum === undefined || isSatisfied(policy, quorum, by)
    })
  return {
    ...(since !== undefined && bad.length === 0 && { since }),
    items: [
      verdict(),
      ...bad.map(({ name }) => fail('witness', at.CHECKPOINT, `${name} 的见证签名不成立`)),
      ...unnamedWitnesses(note, [...named.values()]),
    ],
    counts: { confirmed: signed.length, named: named.size },
    witnessed: enough && bad.length === 0,
  }
}
