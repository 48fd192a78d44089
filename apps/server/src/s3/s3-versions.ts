/** One version of an object, as a listing shows it. */
export type Version = Readonly<{ key: string; id: string; sizeBytes: number; etag: string }>
/** Everything under one name, the newest first, as stores list it. */
export type Listed = Version | Readonly<{ key: string; marker: true }>

export type Standing = Readonly<{
  /** The version that is the original. */
  recorded?: Version
  /** Somebody wrote or deleted the name after us. The original is still there. */
  covered: boolean
}>

const NOTE = '.aside/'

/** A note under the object's own name, so that one listing shows both. It says that a version is not the original. */
export const asideKey = (key: string, id: string, version: string): string =>
  `${key}${NOTE}${id}/${encodeURIComponent(version)}`

type Note = Readonly<{ id: string; version: string }>

const noteIn = (key: string, listed: string): Note | undefined => {
  if (!listed.startsWith(`${key}${NOTE}`)) return undefined
  const [id, version] = listed.slice(key.length + NOTE.length).split('/')
  return id === undefined || version === undefined ? undefined : { id, version: decodeURIComponent(version) }
}

export const notesOf = (key: string, listed: readonly Listed[]): readonly Note[] =>
  listed.flatMap((l) => noteIn(key, l.key) ?? [])

const isVersion = (l: Listed): l is Version => !('marker' in l)

/**
 * The oldest version that no note sets aside. Nobody can put a version before it; whoever overwrites or deletes the name
 * adds a newer version or a marker, which is told and not believed.
 */
export const standingOf = (key: string, listed: readonly Listed[]): Standing => {
  const aside = new Set(notesOf(key, listed).map((n) => n.version))
  const own = listed.filter((l) => l.key === key && (!isVersion(l) || !aside.has(l.id)))
  const recorded = own.findLast(isVersion)
  if (recorded === undefined) return { covered: false }
  const later = own.slice(0, own.indexOf(recorded))
  const isSame = (l: Listed) => isVersion(l) && l.etag === recorded.etag && l.sizeBytes === recorded.sizeBytes
  return { recorded, covered: !later.every(isSame) }
}

/** The name of an object from the name of a note on it. */
export const objectOf = (key: string): string => {
  const at = key.indexOf(NOTE)
  return at < 0 ? key : key.slice(0, at)
}
