import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import type { Post } from '../../apps/cli/src/demo/crews.ts'
import { changed, insist, isNow, isRead, reasonsIn, type Said, send, sendDialog } from './agency-visit-ask.ts'
import type { Crew } from './agency-visit-crew.ts'
import { labelled, pick, quoted } from './agency-visit-form.ts'
import { untilRead } from './on-page.ts'

const CLIP = join(import.meta.dirname, '..', '..', 'apps/cli/assets/demo/notice.mp4')

/** Who of the crew holds a post, by the word that the screen uses. */
const POSTS: readonly (readonly [string, Post])[] = [
  ['执法人员', 'officer'],
  ['接待登记人员', 'clerk'],
  ['承办机构负责人', 'unitHead'],
  ['法制审核员', 'reviewer'],
  ['档案管理员', 'archivist'],
  ['公示发布员', 'publisher'],
  ['机关', 'head'],
  ['集体', 'head'],
]

export const postOf = (word: string): Post => POSTS.find(([said]) => word.includes(said))?.[1] ?? 'head'

/** A step as its panel shows it. */
export type Shown = Readonly<{ name: string; status: string; by: Post }>

export const panelOf = (page: Page): Locator => page.locator('.step-panel')

export const readPanel = async (page: Page): Promise<Shown> => {
  const head = panelOf(page).locator('.step-head')
  const status = await head.locator('.step-tag').innerText()
  const name = await head.locator('h2').evaluate((h) => h.firstChild?.textContent ?? '')
  const by = await head.getByText(/^由.*办理$/).allInnerTexts()
  return { name, status, by: postOf(by[0]?.split('、')[0] ?? '') }
}

/** The case as it opens: at the step that comes next. */
export const openCase = async (v: Crew, post: Post): Promise<Page> => {
  const page = await v.page(post)
  await page.goto(v.place.address)
  await panelOf(page).locator('.step-head h2').waitFor()
  await untilRead(page)
  isNow(page)
  return page
}

const rail = (page: Page, name: string): Locator =>
  page
    .getByRole('navigation', { name: '办案环节' })
    .getByRole('button', { name: new RegExp(`^${name}\\s*(已完成|进行中|可以开始|还不能办|不需要)$`) })

/** Goes to a step over the rail. */
export const openStep = async (v: Crew, post: Post, name: string): Promise<Page> => {
  const here = await v.page(post)
  const isHere = isRead(here) && (await panelOf(here).isVisible())
  const page = isHere ? here : await openCase(v, post)
  if ((await readPanel(page)).name === name) return page
  await rail(page, name).click()
  await panelOf(page).locator('.step-head h2').filter({ hasText: name }).waitFor()
  return page
}

export const statusOf = async (page: Page, name: string): Promise<string> =>
  (await rail(page, name).locator('.sr-only').innerText()).trim()

/** Follows what the desk of this person says to do next; whether it says it. */
export const followDesk = async (v: Crew, post: Post, work: RegExp): Promise<boolean> => {
  const page = await v.page(post)
  await page.goto('/')
  await page.getByRole('heading', { name: '工作台', level: 1 }).waitFor()
  await page.getByRole('region', { name: '最近变动的案件' }).getByRole('link').first().waitFor()
  await untilRead(page)
  const link = page.getByRole('region', { name: '下一步办理' }).getByRole('link', { name: work }).first()
  const told = await link.isVisible()
  if (told) await link.click()
  return told
}

/** What the desk of this person says to do next in the case; told or not, the work is done. */
export const fromDesk = async (v: Crew, post: Post, work: RegExp): Promise<Page> => {
  if (!(await followDesk(v, post, work))) v.untold.push(`${post}：${work.source}`)
  return v.page(post)
}

/** Says when it began, if it began before now, and begins it. */
export const begin = async (v: Crew, step: Shown, minutes?: number): Promise<void> => {
  await insist(v, step.name, async (why) => {
    const page = await openStep(v, step.by, step.name)
    const box = panelOf(page).locator('.step-action-begin')
    if (minutes !== undefined) {
      await box.getByLabel('开始时间').fill(v.before(minutes))
      await box.getByLabel('开始时间').blur()
      if ((await box.getByLabel('地点').inputValue()) === '')
        await box.getByLabel('地点').fill(v.matter.place)
    }
    await v.picture(page, `${step.name}-begin`)
    const button = box.getByRole('button', { name: '开始环节' })
    if (await button.isDisabled()) return reasonsIn(box)
    const said = await send(page, box, button, why)
    if (said.length === 0) await box.waitFor({ state: 'detached' }).then(() => isNow(page))
    return said
  })
}

/** What must be recorded here and is not yet: not what will be, if what it hangs on happens. */
const wantedScenes = (page: Page): Promise<readonly string[]> =>
  panelOf(page)
    .locator('.need[data-done="false"]')
    .filter({ has: page.getByText(/^(必须录音像|视情况录)$/) })
    .locator('.need-name')
    .evaluateAll((all) => all.map((one) => one.firstChild?.textContent ?? ''))

/** Sends one clip from the step; says what the texts want said of it, where the case does not know it. */
export const recordScene = async (
  v: Crew,
  made: Readonly<{ step: string; scene: string; minutes: number; device?: string }>,
): Promise<void> => {
  const page = await openStep(v, 'officer', made.step)
  const named = page.locator('.need-name', {
    hasText: new RegExp(`^${quoted(made.scene)}(必须|视情况|可以|采用)`),
  })
  const need = panelOf(page).locator('.need').filter({ has: named })
  await need.first().getByRole('button', { name: '上传音像' }).click()
  const drawer = page.getByRole('dialog', { name: `上传音像 · ${made.scene}` })
  await drawer.getByLabel(labelled('设备编号')).fill(`DSJ-${made.device ?? '07'}`)
  await drawer.locator('input[type=file]').setInputFiles(CLIP)
  for (const [label, minutes] of [
    ['开始时间', made.minutes],
    ['结束时间', 0],
  ] as const) {
    await drawer.getByLabel(label).fill(v.before(minutes))
    await drawer.getByLabel(label).blur()
  }
  await v.picture(page, `${made.step}-upload`)
  await drawer.getByRole('button', { name: '登记并上传 1 个文件' }).click()
  await drawer.getByText('已入库，摘要与本机一致').waitFor()
  changed()
  const lacking = await drawer.getByText('还不齐').isVisible()
  await drawer.getByRole('button', { name: '关闭', exact: true }).last().click()
  if (lacking) await label(v, page, need.first())
}

const label = async (v: Crew, page: Page, need: Locator): Promise<void> => {
  await need.locator('.made').getByRole('link').last().click()
  const card = page.getByRole('region', { name: '标注' })
  await card.getByRole('textbox').first().waitFor()
  for (const box of await card.getByRole('textbox').all())
    if ((await box.inputValue()) === '') await box.fill(v.matter.violation)
  await v.picture(page, 'label')
  await send(page, card, card.getByRole('button', { name: '登记标注' }))
  await card.getByText(/标注$/).last().waitFor()
}

type Noted = Readonly<{ step: string; title: string; say?: Readonly<Record<string, string>> }>

/** Notes a fact that is neither paper nor recording. */
export const note = async (v: Crew, post: Post, { step, title, say = {} }: Noted): Promise<void> => {
  const page = await openStep(v, post, step)
  const own = panelOf(page).getByRole('button', { name: title, exact: true })
  if (await own.isVisible()) await own.click()
  else {
    await panelOf(page).getByRole('button', { name: '登记其他事实' }).click()
    const drawer = page.getByRole('dialog', { name: '登记其他事实' })
    await drawer.getByRole('searchbox').fill(title)
    await drawer.getByRole('button', { name: title, exact: true }).click()
  }
  const dialog = page.getByRole('dialog', { name: title, exact: true })
  await dialog.getByLabel('发生时间').waitFor()
  for (const [name, answer] of Object.entries(say)) await answerIn(page, dialog, name, answer)
  await v.picture(page, `note-${title}`)
  await sendDialog(page, dialog, '登记')
  isNow(page)
}

const answerIn = async (page: Page, dialog: Locator, name: string, answer: string): Promise<void> => {
  const box = dialog.getByLabel(labelled(name)).first()
  const role = await box.getAttribute('role')
  if (role === 'switch') return box.check()
  if (role !== 'combobox') return box.fill(answer)
  return pick(page, box, answer)
}

/** One recording of the whole activity; what else it shows is said; what has to be recorded for itself, by a second recorder. */
const recordScenes = async (v: Crew, step: string, minutes: number): Promise<void> => {
  const [first, ...others] = await wantedScenes(await openStep(v, 'officer', step))
  if (first === undefined) return
  await recordScene(v, { step, scene: first, minutes })
  for (const scene of others)
    await note(v, 'officer', { step, title: '音像反映的情形', say: { 情形: scene } })
  const left = others.length === 0 ? [] : await wantedScenes(await openStep(v, 'officer', step))
  for (const [i, scene] of left.entries())
    await recordScene(v, { step, scene, minutes, device: `${i + 8}`.padStart(2, '0') })
}

/** The recordings that the texts want, then the end of the step; the page goes on to what comes next. */
export const finish = async (v: Crew, step: Shown, minutes?: number): Promise<void> => {
  await recordScenes(v, step.name, minutes ?? 5)
  await insist(v, step.name, async (why): Promise<readonly Said[]> => {
    const page = await openStep(v, step.by, step.name)
    const box = panelOf(page).locator('.step-action-complete')
    const button = box.getByRole('button', { name: '完成环节' })
    await v.picture(page, `${step.name}-complete`)
    const missing = await reasonsIn(box)
    if ((await button.isDisabled()) || (why === undefined && missing.length > 0)) return missing
    const said = await send(page, box, button, why)
    if (said.length === 0) await page.getByText(`“${step.name}”已完成`).waitFor()
    return said
  })
}
