/** What can be wrong, each kind with a name of its own so that a script can tell them apart. */
export type FsckKind =
  | 'leaf-unreadable'
  | 'leaf-hash'
  | 'row-differs'
  | 'payload-altered'
  | 'payload-missing'
  | 'payload-unowned'
  | 'shred-unfinished'
  | 'shred-unlawful'
  | 'release-unlawful'
  | 'stream-broken'
  | 'event-missing'
  | 'event-unlogged'
  | 'index-gap'
  | 'entry-differs'
  | 'tile'
  | 'checkpoint'
  | 'rollback'
  | 'keys'
  | 'sm3-root'
  | 'anchor'
  | 'blob-missing'
  | 'blob-wrong-size'
  | 'blob-altered'
  | 'blob-unowned'
  | 'blob-destroyed'
  | 'projection'

export type FsckFinding = Readonly<{
  kind: FsckKind
  /** The first bad thing of its kind, by name. */
  what: string
  message: string
  /** How many of this kind there are. */
  count: number
}>

/** Keeps the first of each kind and counts the others, so that a report of a ruined disk stays readable. */
export const startFindings = () => {
  const found = new Map<FsckKind, FsckFinding>()
  return {
    add: (kind: FsckKind, what: string, message: string): void => {
      const first = found.get(kind)
      found.set(
        kind,
        first === undefined ? { kind, what, message, count: 1 } : { ...first, count: first.count + 1 },
      )
    },
    list: (): readonly FsckFinding[] => [...found.values()],
  }
}
export type Findings = ReturnType<typeof startFindings>
