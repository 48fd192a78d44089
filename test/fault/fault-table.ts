import { appendFileSync } from 'node:fs'

/** All occurrences and rounds, as `npm run test:fault` asks for them; the ordinary suite takes a sample. */
export const IS_FULL = process.env['LIUHEN_FULL'] === '1'

export type FaultLine = Readonly<{
  fault: string
  runs: number
  lost: number
  mixed: number
  doubled: number
  /** A control has a guard taken out: it must be seen to fail. */
  isControl?: boolean
}>

/** Collected by scripts/test-fault.ts, which prints them when all have run. */
export const tell = (line: FaultLine): void => {
  const file = process.env['LIUHEN_FAULT_TABLE']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`)
}

/** Every n-th, so that about as many are left as are wanted; all of them in the full lane. */
export const sampled = <T>(all: readonly T[], wanted: number): readonly T[] => {
  const step = IS_FULL ? 1 : Math.max(1, Math.ceil(all.length / wanted))
  return all.filter((_, i) => i % step === 0)
}
