import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchivalScheme } from '@liuhen/domain/archival/scheme'
import { parse } from 'yaml'

/** The metadata schemes of the archives, as law/archival has them. */
export type ArchivalSchemes = Readonly<{
  documents: ArchivalScheme
  recordings: ArchivalScheme
  photos: ArchivalScheme
}>

const read = async (lawDir: string, name: string): Promise<ArchivalScheme> =>
  ArchivalScheme.parse(parse(await readFile(join(lawDir, 'archival', name), 'utf8')))

/** Throws when a file is missing or does not fit its schema. */
export const loadSchemes = async (lawDir: string): Promise<ArchivalSchemes> =>
  Object.freeze({
    documents: await read(lawDir, 'da-t-46.yaml'),
    recordings: await read(lawDir, 'da-t-63.yaml'),
    photos: await read(lawDir, 'da-t-54.yaml'),
  })
