import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CaseFileLaw } from '@liuhen/domain/case-file/order'
import { DisclosureLaw } from '@liuhen/domain/disclosure/disclosure-law'
import { SheetLaw } from '@liuhen/domain/recording/sheet-law'
import { parse } from 'yaml'
import type { CaseDeps } from '../case-stream/open-case.ts'

/** What law/ says of case files, of publishing and of recordings that are handed in: read once at the start, beside the packs. */
export type FileLaw = Readonly<{ caseFile: CaseFileLaw; disclosure: DisclosureLaw; sheet: SheetLaw }>
export type FileDeps = CaseDeps & Readonly<{ fileLaw: FileLaw }>

const read = async (dir: string, name: string): Promise<unknown> =>
  parse(await readFile(join(dir, name), 'utf8'))

/** Throws when a file is missing or does not fit its schema. */
export const loadFileLaw = async (lawDir: string): Promise<FileLaw> =>
  Object.freeze({
    caseFile: CaseFileLaw.parse(await read(lawDir, 'case-file.yaml')),
    disclosure: DisclosureLaw.parse(await read(lawDir, 'disclosure.yaml')),
    sheet: SheetLaw.parse(await read(lawDir, 'recording-sheet.yaml')),
  })
