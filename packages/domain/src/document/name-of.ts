import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { FormData } from './form-data.ts'

type Named = Pick<DocumentDefinition, 'name' | 'titles'>

/** What the form makes of the paper where its definition has several names: 冻结决定书 of 查封（扣押）决定书. */
export const saidName = ({ titles }: Pick<Named, 'titles'>, data: FormData): string | undefined => {
  const said = titles === undefined ? undefined : data[titles.field]
  return typeof said === 'string' ? titles?.of[said] : undefined
}

/** What a paper is called wherever it is spoken of. */
export const nameOf = (definition: Named, data: FormData): string =>
  saidName(definition, data) ?? definition.name
