import { countVolume, type FileItem } from '@liuhen/domain/case-file/arrange'
import type { Retention } from '@liuhen/domain/case-file/retention'
import type { FormContext } from '@liuhen/domain/document/form-context'
import { prefill } from '@liuhen/domain/document/prefill'
import { present } from '@liuhen/domain/present'
import type { DocumentDefinition } from '@liuhen/law/document-definition'

export type Volume = 'main' | 'sub'

export type PaperInput = Readonly<{
  context: FormContext
  items: readonly FileItem[]
  retention: Retention
}>

const pageOf = (item: FileItem): string => {
  if (item.pageFrom === 0) return '—'
  return item.pageFrom === item.pageTo ? String(item.pageFrom) : `${item.pageFrom}-${item.pageTo}`
}

/** 卷内文件目录: one row an entry. A recording has no page; its remark says where it lies. */
const rowsOf = (items: readonly FileItem[], agency: string) =>
  items.map((item) =>
    present({
      number: item.number,
      author: agency,
      title: item.title,
      date: item.date,
      page: pageOf(item),
      // The note at the end of the volume has the digests; here they would make every row high.
      note: item.recordingId === undefined ? undefined : '见备考表',
    }),
  )

const situation = (volume: Volume, items: readonly FileItem[]): string => {
  const { entries, pages, recordings } = countVolume(items, volume)
  const media = items
    .filter((i) => i.audience === volume && i.recordingId !== undefined)
    .map((i) => `第${i.no}号 ${i.title}，SHA-256 ${i.sha256}`)
  const papers = `本卷共${entries}件，其中文书${entries - recordings}件、${pages}页，逐页编号；音像记录${recordings}件。`
  return media.length === 0 ? papers : `${papers}音像记录：${media.join('；')}。`
}

/** What the forms find under `file`: the list of the volume, and what it counts. */
const fileOf = (volume: Volume, input: PaperInput): NonNullable<FormContext['file']> => {
  const { items, context, retention } = input
  const own = items.filter((i) => i.audience === volume)
  const { entries, pages, recordings } = countVolume(items, volume)
  return {
    volume,
    retention: retention.term,
    pages,
    documents: entries - recordings,
    recordings,
    situation: situation(volume, items),
    items: rowsOf(own, context.agency.name),
    count: entries,
  }
}

/** The form of a cover, an index or a note: what the case knows, and what its volume counts. */
export const filePaper = (
  definition: DocumentDefinition,
  volume: Volume,
  input: PaperInput,
): Record<string, unknown> => prefill(definition, { ...input.context, file: fileOf(volume, input) })
