import type { Locator, Page } from 'playwright-core'
import { reasonsIn, type Said, send } from './agency-visit-ask.ts'
import type { Crew } from './agency-visit-crew.ts'
import { pick } from './agency-visit-form.ts'
import { openCase, openStep, panelOf } from './agency-visit-step.ts'

/** What was tried that the law forbids, and what the screen said. */
export type Provoked = Readonly<{ tried: string; said: readonly Said[] }>

const inDialog = async (page: Page, dialog: Locator, ok: string): Promise<readonly Said[]> => {
  const said = await send(page, dialog, dialog.getByRole('button', { name: ok, exact: true }))
  return said
}

const leave = async (page: Page, dialog: Locator): Promise<void> => {
  await dialog.getByRole('button', { name: '取消', exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** A handler alone. */
const alone = async (v: Crew): Promise<Provoked> => {
  const page = await openCase(v, 'unitHead')
  await page.getByRole('button', { name: '指派承办人' }).first().click()
  const dialog = page.getByRole('dialog', { name: '指派承办人' })
  await pick(page, dialog.getByRole('combobox'), v.names.officer)
  await page.keyboard.press('Escape')
  const said = await inDialog(page, dialog, '保存')
  await v.picture(page, 'refused-alone')
  await leave(page, dialog)
  return { tried: '只指派一名承办人', said }
}

/** Steps that wait for others: the panel says what for. */
const tooEarly = async (v: Crew, step: string): Promise<Provoked> => {
  const page = await openStep(v, 'officer', step)
  await v.picture(page, `refused-${step}`)
  return { tried: `立案以前办理“${step}”`, said: await reasonsIn(panelOf(page)) }
}

/** A form of which only what the case knows is there. */
const empty = async (v: Crew): Promise<Provoked> => {
  const page = await openStep(v, 'officer', '立案')
  const begin = panelOf(page).getByRole('button', { name: '开始环节' })
  if (await begin.isVisible()) await send(page, panelOf(page), begin)
  await panelOf(page).getByRole('button', { name: '制作立案审批表' }).click()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '提交立案审批表' })
  // What would be refused is told before it is sent, and is not sent.
  await dialog.getByRole('button', { name: '确认提交', disabled: true }).waitFor()
  const said = await reasonsIn(dialog)
  await v.picture(page, 'refused-empty')
  await leave(page, dialog)
  // Of what a form asks, not all is asked by a text: those that are name it.
  return { tried: '提交没有填好的立案审批表', said: said.filter((s) => s.isWhole) }
}

/** Whoever holds another post is told whom to ask. */
const wrongPost = async (v: Crew): Promise<string> => {
  const page = await openStep(v, 'clerk', '立案')
  const note = panelOf(page).locator('.role-note').first()
  return (await note.isVisible()) ? note.innerText() : ''
}

/** Five things that every agency's law forbids at the beginning of a case, and what the screens say to each. */
export const provoke = async (v: Crew): Promise<readonly Provoked[]> => {
  const post = await wrongPost(v)
  return [
    {
      tried: '接待人员办理立案',
      said: [{ effect: 'refuse', message: post, isWhole: post.includes('请由') }],
    },
    await alone(v),
    await tooEarly(v, '处罚决定'),
    await tooEarly(v, '结案'),
    await empty(v),
  ]
}
