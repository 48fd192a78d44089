import { countVolume, type FileItem } from '@liuhen/domain/case-file/arrange'
import type { Retention } from '@liuhen/domain/case-file/retention'
import type { FormContext } from '@liuhen/domain/document/form-context'
import { fieldsOf } from '@liuhen/domain/document/form-data'
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
      note: item.recordingId === undefined ? undefined : `摘要 ${item.sha256.slice(0, 16)}`,
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

const valuesOf = (volume: Volume, input: PaperInput): Readonly<Record<string, unknown>> => {
  const { items, context, retention } = input
  const own = items.filter((i) => i.audience === volume)
  const { entries, pages, recordings } = countVolume(items, volume)
  const years = retention.rule.years === 'permanent' ? '永久' : `${retention.rule.years}年`
  return {
    volume,
    retention: years,
    pages,
    documents: entries - recordings,
    recordings,
    situation: situation(volume, items),
    rows: rowsOf(own, context.agency.name),
    count: entries,
  }
}

/**
 * The form of a cover, an index or a note: what the case knows, and over it what the volume counts. `items` is a list
 * of rows on the index and a number on the cover.
 */
export const filePaper = (
  definition: DocumentDefinition,
  volume: Volume,
  input: PaperInput,
): Record<string, unknown> => {
  const values = valuesOf(volume, input)
  const data = prefill(definition, input.context)
  for (const field of fieldsOf(definition)) {
    const value = field.id === 'items' ? values[field.kind === 'rows' ? 'rows' : 'count'] : values[field.id]
    if (value !== undefined) data[field.id] = value
  }
  return data
}
