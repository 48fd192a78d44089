import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { LawCaseFile } from '@liuhen/law/schema/law-case'
import type { LawCase } from '@liuhen/law/schema/law-case'
import { parse } from 'yaml'

const packs = join(import.meta.dirname, '../../law/packs')

export type FoundCase = Readonly<{ file: string; pack: string; one: LawCase }>

/** Every example under law/packs/<pack>/cases. A file that cannot be read stops the test that asked for it. */
export function lawCases(): FoundCase[] {
  return readdirSync(packs).flatMap((pack) => {
    const folder = join(packs, pack, 'cases')
    const names = readdirSync(join(packs, pack)).includes('cases') ? readdirSync(folder) : []
    return names
      .filter((name) => name.endsWith('.yaml'))
      .flatMap((name) => {
        const result = LawCaseFile.safeParse(parse(readFileSync(join(folder, name), 'utf8')))
        const file = `${pack}/cases/${basename(name)}`
        if (!result.success)
          throw new Error(
            `${file}: ${result.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n')}`,
          )
        return result.data.cases.map((one) => ({ file, pack, one }))
      })
  })
}
