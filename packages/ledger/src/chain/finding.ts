/** Of several the first names the whole: what is worse comes first. */
export const CHAIN_FAULTS = [
  'altered', // a record or its bytes are not what was signed
  'spliced', // something that is not of this run, or does not follow what it names
  'duplicated',
  'reordered',
  'gap',
  'clock-jump', // the device's clock was moved while it recorded
  'unterminated', // nothing says where it ends
] as const
export type ChainFault = (typeof CHAIN_FAULTS)[number]

/** `ingest-hash-only`: no signature of a device that somebody vouches for; only what came is known. */
export const CHAIN_VERDICTS = ['ok', ...CHAIN_FAULTS, 'ingest-hash-only'] as const
export type ChainVerdict = (typeof CHAIN_VERDICTS)[number]

/** `from` to `to`: numbers of records in the chain. `of`: whether the record or the bytes that it names. */
export type ChainFinding = Readonly<{ fault: ChainFault; from: number; to: number; of: 'record' | 'bytes' }>

export const finding = (fault: ChainFault, n: number, of: ChainFinding['of'] = 'record'): ChainFinding => ({
  fault,
  from: n,
  to: n,
  of,
})

const rank = (f: ChainFinding) => CHAIN_FAULTS.indexOf(f.fault) * 2 + (f.of === 'bytes' ? 1 : 0)

/** In the order of weight, neighbours of one kind as one range. */
export const tidy = (findings: readonly ChainFinding[]): readonly ChainFinding[] => {
  const merged: ChainFinding[] = []
  for (const f of findings.toSorted((a, b) => rank(a) - rank(b) || a.from - b.from)) {
    const last = merged.at(-1)
    const touches = last && last.fault === f.fault && last.of === f.of && f.from <= last.to + 1
    if (touches) merged[merged.length - 1] = { ...last, to: Math.max(last.to, f.to) }
    else merged.push(f)
  }
  return merged
}
