import { readFileSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { NATIONAL_ALONE } from '@liuhen/law/law'
import { LawCaseFile } from '@liuhen/law/schema/law-case'
import type { LawCase } from '@liuhen/law/schema/law-case'
import { parse } from 'yaml'

const lawFolder = join(import.meta.dirname, '../../law')
const packs = join(lawFolder, 'packs')

export type FoundCase = Readonly<{ file: string; pack: string; one: LawCase }>

/** Every example under law/packs/<pack>/cases, and of national law alone. A file that cannot be read stops the test that asked for it. */
export function lawCases(): FoundCase[] {
  const folders = [
    ...readdirSync(packs).map((pack) => ({ pack, home: join(packs, pack) })),
    { pack: NATIONAL_ALONE, home: join(lawFolder, 'national') },
  ]
  return folders.flatMap(({ pack, home }) => {
    const folder = join(home, 'cases')
    const names = readdirSync(home).includes('cases') ? readdirSync(folder) : []
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
