import { isFix, type PlaceSource, type Point } from './place.ts'
import type { KnownRecording } from './state.ts'

export type RecordedPlace = Point & Readonly<{ source: PlaceSource; accuracyMetres?: number }>

const found = (p: Partial<Point> | undefined): Point | undefined => {
  const { latitude, longitude } = p ?? {}
  if (latitude === undefined || longitude === undefined) return undefined
  return isFix({ latitude, longitude }) ? { latitude, longitude } : undefined
}

/** Where a recording was made. What the file says goes before what was said of it. */
export const placeOf = (r: KnownRecording): RecordedPlace | undefined => {
  const inFile = r.status === 'checked' ? (found(r.check.photo) ?? found(r.check.place)) : undefined
  if (inFile !== undefined) return { ...inFile, source: 'file' }
  const declared = r.manifest.place
  if (declared === undefined || !isFix(declared)) return undefined
  const { accuracyMetres, ...place } = declared
  return { ...place, ...(accuracyMetres !== undefined && { accuracyMetres }) }
}
