/** How far a file has come. `stored` only when the server has read its bytes back and found them to be those declared. */
export type UploadState =
  | Readonly<{ phase: 'waiting' }>
  | Readonly<{ phase: 'hashing'; done: number; of: number }>
  | Readonly<{ phase: 'registering' }>
  | Readonly<{ phase: 'sending'; done: number; of: number }>
  | Readonly<{ phase: 'paused'; done: number; of: number }>
  | Readonly<{ phase: 'verifying' }>
  | Readonly<{ phase: 'linking' }>
  | Readonly<{ phase: 'stored' }>
  | Readonly<{ phase: 'failed'; error: unknown }>

export const PHASES = ['hashing', 'registering', 'sending', 'verifying', 'stored'] as const
export type Phase = (typeof PHASES)[number]

const SHOWN: Readonly<Record<UploadState['phase'], Phase | undefined>> = {
  waiting: undefined,
  hashing: 'hashing',
  registering: 'registering',
  sending: 'sending',
  paused: 'sending',
  verifying: 'verifying',
  linking: 'stored',
  stored: 'stored',
  failed: undefined,
}

/** Where a phase stands beside the state: behind, now or ahead. */
export function phaseState(state: UploadState, phase: Phase): 'done' | 'now' | 'ahead' {
  if (state.phase === 'stored') return 'done'
  const now = SHOWN[state.phase]
  if (now === undefined) return 'ahead'
  const [a, b] = [PHASES.indexOf(phase), PHASES.indexOf(now)]
  return a < b ? 'done' : a === b ? 'now' : 'ahead'
}

/** Whole percent of what the server has acknowledged; a hundred is kept for what is verified. */
export function percentOf(state: UploadState): number {
  if (state.phase === 'stored') return 100
  if (state.phase === 'verifying' || state.phase === 'linking') return 99
  if (state.phase !== 'sending' && state.phase !== 'paused') return 0
  return Math.min(99, Math.floor((state.done / Math.max(1, state.of)) * 99))
}
