/** Of several the first names the whole: what is worse comes first. */
export const CHAIN_FAULTS = [
  'altered', // a record or its bytes are not what was signed
  'spliced', // something that is not of this run, or does not follow what it names
  'duplicated',
  'reordered',
  'gap',
  'clock-jump', // the device's clock was moved while it recorded
  'unterminated', // nothing says where it ends
  'unlike', // it is registered as something else than it says of itself
] as const
export type ChainFault = (typeof CHAIN_FAULTS)[number]

/** `ingest-hash-only`: no signature of a device that somebody vouches for; only what came is known. */
export const CHAIN_VERDICTS = ['ok', ...CHAIN_FAULTS, 'ingest-hash-only'] as const
export type ChainVerdict = (typeof CHAIN_VERDICTS)[number]

/** The record, or the bytes that it names; of what is `unlike`, which of the things that it says. */
export const CHAIN_ASPECTS = ['record', 'bytes', 'begun', 'ended', 'medium', 'case', 'step', 'scene'] as const
export type ChainAspect = (typeof CHAIN_ASPECTS)[number]

/** `from` to `to`: numbers of records in the chain. */
export type ChainFinding = Readonly<{ fault: ChainFault; from: number; to: number; of: ChainAspect }>

export const finding = (fault: ChainFault, n: number, of: ChainFinding['of'] = 'record'): ChainFinding => ({
  fault,
  from: n,
  to: n,
  of,
})

const rank = (f: ChainFinding) =>
  CHAIN_FAULTS.indexOf(f.fault) * CHAIN_ASPECTS.length + CHAIN_ASPECTS.indexOf(f.of)

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
