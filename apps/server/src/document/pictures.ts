import { fieldsOf, type FormData, isRecord } from '@liuhen/domain/document/form-data'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import { type BlobDeps, openBlob } from '../blobs/put-blob.ts'
import type { OpenedCase } from '../case-stream/open-case.ts'
import type { Picture } from '../pdf/render-input.ts'
import type { Tx } from '../postgres/transaction.ts'

/** The recordings that the form names as photos, in its fields or in the rows of a table. */
const namedIn = (definition: DocumentDefinition, data: FormData): readonly string[] => {
  const cells = fieldsOf(definition).flatMap((field) => {
    const value = data[field.id]
    if (field.kind === 'photo') return [value]
    if (field.kind !== 'rows' || !Array.isArray(value)) return []
    const photos = field.columns.filter((c) => c.kind === 'photo').map((c) => c.id)
    return value.filter(isRecord).flatMap((row) => photos.map((id) => row[id]))
  })
  return cells.filter((one) => typeof one === 'string')
}

export const printsPhotos = (definition: DocumentDefinition): boolean =>
  fieldsOf(definition).some(
    (f) => f.kind === 'photo' || (f.kind === 'rows' && f.columns.some((c) => c.kind === 'photo')),
  )

export type PosterDigests = ReadonlyMap<string, string>

/**
 * The small pictures that the form's photos are printed from, by digest. Only photos of this case, and of those only
 * what `visible` lets through: a form is typed by people, and no name in it shows what its writer may not see.
 */
export const postersOf = async (
  tx: Tx,
  c: Pick<OpenedCase, 'state'>,
  definition: DocumentDefinition,
  data: FormData,
  visible?: ReadonlyMap<string, unknown>,
): Promise<PosterDigests> => {
  const own = new Set(c.state.recordings.map((r) => r.recordingId))
  const ids = namedIn(definition, data).filter((id) => own.has(id) && (visible?.has(id) ?? true))
  if (ids.length === 0) return new Map()
  const { rows } = await tx.query<{ recording_id: string; sha256: string }>(
    'SELECT recording_id, sha256 FROM app.recording_poster WHERE recording_id = ANY ($1)',
    [ids],
  )
  return new Map(rows.map((r) => [r.recording_id, r.sha256]))
}

/** What is to be said of photos that would be an empty frame: the check that makes what is printed is not there yet. */
export const emptyFrames = async (
  tx: Tx,
  c: Pick<OpenedCase, 'state'>,
  definition: DocumentDefinition,
  data: FormData,
): Promise<Readonly<{ message: string; todo: string }> | undefined> => {
  const named = new Set(namedIn(definition, data))
  const frames = named.size === 0 ? 0 : named.size - (await postersOf(tx, c, definition, data)).size
  if (frames === 0) return undefined
  return {
    message: `有 ${frames} 张照片还没有检查完，或者不能显示，印出来是空框`,
    todo: '等入库检查完成后再提交；检查认为不能显示的，换一张照片或者重新采集',
  }
}

/** Their bytes, for the printer. One that is not there is left out: its place on the paper stays empty. */
export const readPictures = async (
  blobs: BlobDeps,
  posters: PosterDigests,
): Promise<ReadonlyMap<string, Picture>> => {
  const pictures = new Map<string, Picture>()
  for (const [id, sha256] of posters) {
    const opened = await openBlob(blobs, sha256)
    if (opened) pictures.set(id, { sha256, bytes: Buffer.concat(await opened.stream.toArray()) })
  }
  return pictures
}
