import type { Locator, Page } from 'playwright-core'
import type { DocumentDefinition, Field } from '@liuhen/law/document-definition'

type Data = Readonly<Record<string, unknown>>

export const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** By the label as it is printed, with or without its mark. */
export const labelled = (label: string): RegExp => new RegExp(`^${quoted(label)}(必填)?$`)

const isRow = (value: unknown): value is Data => typeof value === 'object' && value !== null
const rowsOf = (value: unknown): readonly Data[] => (Array.isArray(value) ? value.filter(isRow) : [])

/** A moment or a day as a person types it. */
const typedTime = (value: string): string => value.slice(0, 16).replace('T', ' ')

const fill = async (input: Locator, value: string): Promise<void> => {
  if ((await input.inputValue()) === value) return
  await input.fill(value)
  await input.blur()
}

/** Picks from a list that opens below; of a list that stays open each is seen to be taken before the next. */
export const pick = async (page: Page, box: Locator, ...options: readonly string[]): Promise<void> => {
  const list = page.locator('.ant-select-dropdown:visible')
  await box.click()
  for (const option of options) {
    const line = list.locator('.ant-select-item-option').filter({ hasText: option }).first()
    await line.click()
    if (options.length > 1)
      await list.locator('.ant-select-item-option-selected').filter({ hasText: option }).waitFor()
  }
}

const wordOf = (field: Extract<Field, { kind: 'choice' | 'multichoice' }>, value: unknown): string =>
  field.options.find((o) => o.value === value)?.label ?? String(value)

const choose = async (page: Page, box: Locator, word: string): Promise<void> => {
  if ((await box.getAttribute('role')) === 'combobox') await pick(page, box, word)
  else await box.getByText(word, { exact: true }).click()
}

const fillArticles = async (box: Locator, rows: readonly Data[]): Promise<void> => {
  for (const [i, row] of rows.entries()) {
    const title = box.getByLabel(`第 ${i + 1} 条依据的名称`)
    if ((await title.count()) === 0) await box.getByRole('button', { name: '手工录入' }).click()
    await fill(title, String(row['title']))
    await fill(box.getByLabel(`第 ${i + 1} 条依据的条款号`), String(row['article']))
  }
}

const fillTalk = async (box: Locator, rows: readonly Data[]): Promise<void> => {
  for (const [i, row] of rows.entries()) {
    const question = box.getByLabel(`第 ${i + 1} 问`)
    if ((await question.count()) === 0) await box.getByRole('button', { name: '添加一问' }).click()
    await fill(question, String(row['q']))
    await fill(box.getByLabel(`第 ${i + 1} 答`), String(row['a']))
  }
}

const fillRows = async (
  page: Page,
  box: Locator,
  field: Extract<Field, { kind: 'rows' }>,
  rows: readonly Data[],
): Promise<void> => {
  for (const [i, row] of rows.entries()) {
    const line = box.getByRole('group', { name: `第 ${i + 1} 行`, exact: true })
    if ((await line.count()) === 0) await box.getByRole('button', { name: '添加一行' }).click()
    for (const column of field.columns)
      if (row[column.id] !== undefined) await fillField(page, line, column, row[column.id])
  }
}

/** One field, found by its label and filled in by hand. */
const fillField = async (page: Page, scope: Page | Locator, field: Field, value: unknown): Promise<void> => {
  const box = scope.getByLabel(labelled(field.label)).first()
  switch (field.kind) {
    case 'choice':
      return choose(page, box, wordOf(field, value))
    case 'multichoice':
      for (const one of Array.isArray(value) ? value : [])
        await box.getByRole('checkbox', { name: wordOf(field, one), exact: true }).check()
      return
    case 'boolean':
      return choose(page, box, value === true ? '是' : '否')
    case 'articles':
      return fillArticles(box, rowsOf(value))
    case 'dialogue':
      return fillTalk(box, rowsOf(value))
    case 'rows':
      return fillRows(page, box, field, rowsOf(value))
    case 'officers':
      return
    case 'money':
      return fill(box, `${Number(value) / 100}`)
    case 'datetime':
      return fill(box, typedTime(String(value)))
    default:
      return fill(box, String(value))
  }
}

/** Types what the people of the case know; what the form took from the case already stays. */
export const fillForm = async (page: Page, paper: DocumentDefinition, data: Data): Promise<void> => {
  for (const field of paper.sections.flatMap((section) => section.fields)) {
    const value = data[field.id]
    const { when } = field
    const asked =
      when === undefined ||
      data[when.field] === undefined ||
      [when.equals].flat().some((wanted) => isAnswered(data[when.field], wanted))
    if (value !== undefined && asked) await fillField(page, page, field, value)
  }
}

const isAnswered = (said: unknown, wanted: unknown): boolean =>
  Array.isArray(said) ? said.includes(wanted) : said === wanted
