import type { Locator, Page } from 'playwright-core'
import type { DocumentDefinition } from '@liuhen/law/document-definition'
import type { Post } from '../../apps/cli/src/demo/crews.ts'
import { insist, send, sendDialog } from './agency-visit-ask.ts'
import type { Crew } from './agency-visit-crew.ts'
import { fillForm, quoted } from './agency-visit-form.ts'
import { followDesk, fromDesk, openStep, panelOf, postOf, type Shown } from './agency-visit-step.ts'
import { signByHand, untilRead } from './on-page.ts'

/** Who signs in which capacity of the crew; others sign on the pad that the crew holds. */
const SIGNERS: Readonly<Record<string, readonly Post[]>> = {
  officer: ['officer', 'partner'],
  recorder: ['partner'],
  reviewer: ['reviewer'],
  chair: ['head'],
  participant: ['head', 'unitHead'],
  custodian: ['archivist'],
}

type Paper = Readonly<{ step: Shown; name: string; about?: string; data?: Readonly<Record<string, unknown>> }>

const definitionOf = (v: Crew, name: string): DocumentDefinition => {
  const found = v.papers.get(name)
  if (found === undefined) throw new Error(`no form is called ${name}`)
  return found
}

const isOnPaper = (page: Page): Promise<unknown> => page.waitForURL(/\/documents\//)

const openForm = async (v: Crew, { step, name, about }: Paper): Promise<Page> => {
  const page = await openStep(v, step.by, step.name)
  await panelOf(page)
    .getByRole('button', { name: `制作${name}`, exact: true })
    .click()
  if (about !== undefined)
    await page
      .getByRole('menuitem', { name: new RegExp(`^${about}`) })
      .first()
      .click()
  await page.getByRole('heading', { name, level: 1 }).waitFor()
  return page
}

/** Fills in a form and submits it. Answers the address of the paper. */
const submit = async (v: Crew, paper: Paper): Promise<string> => {
  const definition = definitionOf(v, paper.name)
  const data = { ...v.forms[definition.id], ...paper.data }
  const page = await openForm(v, paper)
  const address = page.url()
  await fillForm(page, definition, data)
  await v.picture(page, paper.name)
  await insist(v, paper.step.name, async (why) => {
    if (page.url() !== address) await page.goto(address)
    await page.getByRole('button', { name: '提交', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `提交${paper.name}` })
    const missing = dialog.getByText('法律要求的内容没有具备')
    const said = await send(page, dialog, dialog.getByRole('button', { name: '确认提交' }), why)
    if (said.length === 0) await isOnPaper(page)
    else if (await missing.isVisible()) await v.picture(page, `${paper.name}-incomplete`)
    return said
  })
  return new URL(page.url()).pathname
}

const slotsOf = (page: Page): Locator =>
  page
    .locator('.document-side section', { has: page.getByRole('heading', { name: '签名', level: 2 }) })
    .locator('.slots > li')

/** Whose turn it is to approve: the rank that the paper names. */
const nextRank = async (page: Page): Promise<string | undefined> => {
  const ranks = await page.locator('.chain > li[data-state="next"] strong').allInnerTexts()
  return ranks[0]
}

const approve = async (v: Crew, paper: Paper, rank: string): Promise<void> => {
  const post = postOf(rank)
  const page = await v.page(post)
  await insist(v, paper.step.name, async (why) => {
    await page.goto('/')
    const waiting = page.getByRole('region', { name: '待我审批' })
    await waiting.getByRole('link', { name: paper.name }).first().click()
    const desk = page.getByRole('region', { name: paper.name })
    await desk.getByRole('button', { name: '同意。', exact: true }).click()
    await v.picture(page, `${paper.name}-approve-${post}`)
    await desk.getByRole('button', { name: /^同意 A$/ }).click()
    const sure = page.getByRole('dialog').getByRole('button', { name: '同意', exact: true })
    return send(page, desk, sure, why)
  })
}

const onPad = async (v: Crew, page: Page, slot: Locator): Promise<void> => {
  await slot.getByRole('button', { name: /签名$/ }).click()
  const dialog = page.getByRole('dialog')
  await signByHand(page, dialog.getByRole('img', { name: '手写签名区' }))
  await sendDialog(page, dialog, '确认签名')
}

const slotAt = async (page: Page, address: string, label: string): Promise<Locator> => {
  if (new URL(page.url()).pathname !== address) await page.goto(address)
  const named = page.locator('.need-line > span', { hasText: new RegExp(`^${quoted(label)}\\s*\\d`) })
  const slot = slotsOf(page).filter({ has: named })
  await slot.waitFor()
  return slot
}

/** Whoever has to sign, signs: the crew each in their own session, people from outside on the pad. */
const signAll = async (v: Crew, paper: Paper, address: string): Promise<void> => {
  const holder = await v.page(paper.step.by)
  for (const { role, label, min } of definitionOf(v, paper.name).signatures) {
    if (min === 0) continue
    const posts = role === 'recorder' && paper.step.by === 'clerk' ? ['clerk' as const] : SIGNERS[role]
    if (posts === undefined) {
      await insist(v, paper.step.name, async () => {
        await onPad(v, holder, await slotAt(holder, address, label))
        return []
      })
      continue
    }
    for (const post of posts.slice(0, min)) {
      const page =
        post === paper.step.by
          ? holder
          : await fromDesk(v, post, new RegExp(`^待您签名：${quoted(paper.name)}$`))
      await onPad(v, page, await slotAt(page, address, label))
    }
  }
  await holder.goto(address)
  await untilRead(holder)
  await v.picture(holder, `${paper.name}-signed`)
}

/** One paper from the form to its issue: submitted, approved by every rank in turn, signed. Answers its address. */
export const makePaper = async (v: Crew, paper: Paper): Promise<string> => {
  const address = await submit(v, paper)
  const page = await v.page(paper.step.by)
  for (;;) {
    await page.goto(address)
    await page.locator('.document-side').waitFor()
    const rank = await nextRank(page)
    if (rank === undefined) break
    await approve(v, paper, rank)
  }
  await signAll(v, paper, address)
  return address
}

/** The papers that the step shows as wanted and not made. */
export const wantedPapers = (page: Page): Promise<readonly string[]> =>
  panelOf(page)
    .locator('.need[data-done="false"]')
    .filter({ has: page.locator('.must') })
    .locator('.need-name')
    .evaluateAll((all) => all.map((one) => one.firstChild?.textContent ?? ''))

/** Handed over in person; the receipt is a paper of the step. */
export const serveInPerson = async (v: Crew, step: Shown, address: string, name: string): Promise<void> => {
  const { party, place } = v.matter
  const page = await v.page('officer')
  await insist(v, step.name, async (why) => {
    await page.goto(address)
    await page.getByRole('button', { name: /^(另行)?登记送达$/ }).click()
    const dialog = page.getByRole('dialog', { name: `登记送达 · ${name}` })
    await dialog.getByLabel('受送达人').fill(party.representative ?? party.name)
    await dialog.getByLabel('送达地点').fill(party.address ?? place)
    await v.picture(page, `${name}-serve`)
    const said = await send(page, dialog, dialog.getByRole('button', { name: '登记送达' }), why)
    if (said.length === 0) await dialog.waitFor({ state: 'detached' })
    return said
  })
  await makePaper(v, { step, name: '送达回证', about: name })
}

/** The custodian signs the notes of both volumes, as long as their desk says so. */
export const signNotes = async (v: Crew): Promise<void> => {
  const page = await v.page('archivist')
  while (await followDesk(v, 'archivist', /^待您签名：/)) {
    await slotsOf(page).first().waitFor()
    const open = page.getByRole('button', { name: /签名$/, disabled: false })
    await onPad(v, page, slotsOf(page).filter({ has: open }).first())
  }
}
