import type { Page } from 'playwright-core'
import { insist, reasonsIn, send, sendDialog } from './agency-visit-ask.ts'
import type { Crew } from './agency-visit-crew.ts'
import { pick } from './agency-visit-form.ts'
import { makePaper, serveInPerson, signNotes, wantedPapers } from './agency-visit-paper.ts'
import { provoke } from './agency-visit-provoke.ts'
import {
  begin,
  finish,
  fromDesk,
  note,
  openCase,
  openStep,
  panelOf,
  readPanel,
  recordScene,
  type Shown,
  statusOf,
} from './agency-visit-step.ts'
import { choose } from './on-page.ts'

/** A word that stands in the source, whatever the texts of the agency call it. */
const SOURCES = { report: '举报', inspection: '检查', transfer: '移送' } as const

/** When each step is done, and how long the activity in the field lasted that ends then. */
const WHEN: Readonly<Record<string, readonly [string, number?]>> = {
  立案: ['2026-03-09 14:00'],
  现场检查: ['2026-03-10 09:35', 5],
  询问: ['2026-03-10 10:33', 3],
  调查终结: ['2026-03-12 10:00'],
  法制审核: ['2026-03-13 10:00'],
  处罚告知: ['2026-03-16 10:00'],
  陈述申辩: ['2026-03-17 10:00', 10],
  处罚决定: ['2026-03-18 10:00'],
  送达: ['2026-03-19 10:00', 5],
  公示: ['2026-03-20 09:00'],
  履行情况检查: ['2026-03-30 10:30'],
  结案: ['2026-03-31 10:00'],
  组卷: ['2026-04-01 10:00'],
  归档: ['2026-04-02 09:00'],
}

export const registerLead = async (v: Crew): Promise<void> => {
  await v.moveTo('2026-03-09 09:30')
  const page = await v.page('clerk')
  await page.goto('/')
  await page.getByRole('button', { name: '登记线索' }).click()
  const drawer = page.getByRole('dialog', { name: '登记线索' })
  await choose(page, '线索来源', SOURCES[v.matter.source])
  await drawer.getByLabel('接到时间').fill(v.before(10))
  await drawer.getByLabel('案由').fill(v.matter.title)
  await drawer.getByLabel('线索内容').fill(v.matter.summary)
  await drawer.getByLabel('地点').fill(v.matter.place)
  await drawer.getByLabel('涉嫌违法行为').fill(v.matter.violation)
  await v.picture(page, '登记线索')
  await drawer.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('heading', { name: v.matter.title, level: 1 }).waitFor()
  v.place.address = new URL(page.url()).pathname
}

/** Two officers are named by the head of the unit, whose desk says so; then the officers name the party. */
const takeUp = async (v: Crew): Promise<void> => {
  const head = await fromDesk(v, 'unitHead', /^指派承办人$/)
  await openCase(v, 'unitHead')
  await head.getByRole('button', { name: '指派承办人' }).first().click()
  const dialog = head.getByRole('dialog', { name: '指派承办人' })
  await pick(head, dialog.getByRole('combobox'), v.names.officer, v.names.partner)
  await head.keyboard.press('Escape')
  await v.picture(head, '指派承办人')
  await sendDialog(head, dialog, '保存')
  for (const flag of v.matter.flags) await markCase(v, head, flag)
  await nameParty(v)
}

const MARKS: Readonly<Record<string, string>> = {
  'major-rights': '直接关系当事人或者第三人重大权益',
  'public-security': '治安管理案件',
}

const markCase = async (
  v: Crew,
  page: Page,
  { flag, reason }: Crew['matter']['flags'][number],
): Promise<void> => {
  await page.getByRole('button', { name: '案件操作' }).click()
  await page.getByRole('menuitem', { name: '标记案件' }).click()
  const dialog = page.getByRole('dialog', { name: '标记案件' })
  const mark = MARKS[flag] ?? flag
  await dialog.getByRole('combobox').fill(mark) // the list is long: who knows the word types it
  await pick(page, dialog.getByRole('combobox'), mark)
  await dialog.getByLabel('理由').fill(reason)
  await v.picture(page, '标记案件')
  await sendDialog(page, dialog, '加上标记')
}

const KINDS = { person: '个人', 'sole-trader': '个体工商户', organisation: '单位' } as const

const nameParty = async (v: Crew): Promise<void> => {
  const { party } = v.matter
  const page = await openCase(v, 'officer')
  await page.getByRole('button', { name: '登记当事人' }).first().click()
  const dialog = page.getByRole('dialog', { name: '登记当事人' })
  await dialog.getByText(KINDS[party.kind], { exact: true }).click()
  const said: readonly (readonly [string, string | undefined])[] = [
    [party.kind === 'person' ? '姓名' : '名称', party.name],
    ['居民身份证号', party.idNumber],
    ['统一社会信用代码', party.orgCode],
    ['法定代表人（负责人）', party.kind === 'person' ? undefined : party.representative],
    ['电话', party.phone],
    ['住所', party.address],
  ]
  for (const [label, value] of said) if (value !== undefined) await dialog.getByLabel(label).fill(value)
  await v.picture(page, '登记当事人')
  await sendDialog(page, dialog, '保存')
}

/** A step as its panel says: its papers, its recordings, its end. */
export const carry = async (v: Crew, step: Shown, minutes?: number): Promise<void> => {
  if (step.status === '可以开始') await begin(v, step, minutes)
  const field = minutes === undefined ? {} : { startAt: v.before(minutes), endAt: v.before(0) }
  for (const name of await wantedPapers(await openStep(v, step.by, step.name)))
    await makePaper(v, { step, name, data: field })
  await finish(v, step, minutes)
}

/** Steps in which more is done than the panel's papers and its button. */
const OTHERWISE: Readonly<Record<string, (v: Crew, step: Shown, minutes?: number) => Promise<void>>> = {
  立案: async (v, step) => {
    v.provoked.push(...(await provoke(v)))
    await takeUp(v)
    await carry(v, await readPanel(await openStep(v, step.by, step.name)))
  },
  处罚告知: async (v, step) => {
    await begin(v, step)
    const notice = await makePaper(v, { step, name: '行政处罚告知书' })
    await serveInPerson(v, step, notice, '行政处罚告知书')
    await finish(v, step)
  },
  送达: async (v, step, minutes) => {
    await begin(v, step, minutes)
    const page = await openStep(v, 'officer', '处罚决定')
    await page.locator('.made').getByRole('link').first().click()
    await page.getByRole('heading', { name: '行政处罚决定书', level: 1 }).waitFor()
    await serveInPerson(v, step, new URL(page.url()).pathname, '行政处罚决定书')
    await finish(v, step, minutes)
  },
  公示: async (v, step) => {
    if (step.status === '可以开始') await begin(v, step)
    for (const name of await wantedPapers(await openStep(v, step.by, step.name)))
      await makePaper(v, { step, name })
    await inFile(v, 'publisher', step.name, '公示决定摘要', '确认公示')
  },
  履行情况检查: async (v, step) => {
    const page = await openStep(v, 'officer', step.name)
    if (
      await panelOf(page).getByRole('button', { name: '罚款缴纳完毕（专用票据）', exact: true }).isVisible()
    )
      await note(v, 'officer', {
        step: step.name,
        title: '罚款缴纳完毕（专用票据）',
        say: { 票据号: '票20260327001' },
      })
    await carry(v, step)
  },
  组卷: async (v, step) => {
    await inFile(v, 'archivist', step.name, '组卷', '组卷')
    await signNotes(v)
    const page = await openStep(v, 'archivist', step.name)
    const now = await readPanel(page)
    if (now.status === '可以开始') await begin(v, now)
    if (now.status !== '已完成') await finish(v, now)
  },
  归档: async (v, step) => inFile(v, 'archivist', step.name, '归档', '归档'),
}

/** Something that is done on the page of the file: a button, a question, the answer. */
const inFile = async (
  v: Crew,
  post: 'archivist' | 'publisher',
  step: string,
  button: string,
  ok: string,
): Promise<void> => {
  await v.untilPrinted()
  await insist(v, step, async (why) => {
    const page = await openCase(v, post)
    await page.getByRole('tab', { name: '案卷' }).click()
    const tab = page.getByRole('tabpanel', { name: '案卷' })
    await tab.getByRole('button', { name: button, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await v.picture(page, `${step}-${button}`)
    const said = await send(page, dialog, dialog.getByRole('button', { name: ok, exact: true }), why)
    if (said.length === 0) await dialog.waitFor({ state: 'detached' })
    return said
  })
}

/** What comes next as the case says it; the publisher does not wait until the fine is paid and the case closed. */
const nextStep = async (v: Crew, gone: readonly string[]): Promise<Shown | undefined> => {
  const page = await openCase(v, 'officer')
  if (await page.locator('.status-archived').isVisible()) return undefined
  const next = await readPanel(page)
  const early = gone.includes('送达') && (await statusOf(page, '公示')) === '可以开始'
  return early ? readPanel(await openStep(v, 'publisher', '公示')) : next
}

/** A step that still waits says for what: that is done first. */
const untilOpen = (v: Crew, step: Shown): Promise<void> =>
  insist(v, step.name, async () => {
    const page = await openStep(v, step.by, step.name)
    const { status } = await readPanel(page)
    return status === '还不能办' ? reasonsIn(panelOf(page)) : []
  })

/** The whole way of an ordinary penalty, from its registered lead to the archive, as the screens lead. Answers the steps gone. */
export const carryToArchive = async (v: Crew): Promise<readonly string[]> => {
  const gone: string[] = []
  await registerLead(v)
  for (let step = await nextStep(v, gone); step !== undefined; step = await nextStep(v, gone)) {
    if (gone.at(-1) === step.name) throw new Error(`“${step.name}”办完了，页面还停在这里`)
    gone.push(step.name)
    if (process.env['LIUHEN_VISIT'] !== undefined)
      console.error(`${(performance.now() / 1000).toFixed(1)} ${step.name}`)
    const [when, minutes] = WHEN[step.name] ?? []
    if (when !== undefined) await v.moveTo(when)
    await untilOpen(v, step)
    await fromDesk(v, step.by, new RegExp(`^(开始|继续办理)“${step.name}”$`))
    const now = await readPanel(await openStep(v, step.by, step.name))
    await (OTHERWISE[step.name] ?? carry)(v, now, minutes)
  }
  return gone
}

/** What the people of the agencies do when the screen says that it is missing; each agency meets those of its texts only. */
export const DEEDS: Crew['deeds'] = [
  {
    said: /没有陈述申辩，也没有放弃/,
    act: async (v) => carry(v, await readPanel(await openStep(v, 'officer', '陈述申辩')), 10),
  },
  {
    said: /没有《决定起草记录》/,
    act: async (v) => carry(v, await readPanel(await openStep(v, 'officer', '决定起草'))),
  },
  {
    said: /法制员没有先行审核/,
    act: (v, step) =>
      note(v, 'lawOfficer', {
        step,
        title: '办案单位法制员初审',
        say: { 专职或者兼职: '兼职', 初审意见: '同意送审' },
      }),
  },
  {
    said: /没有对照同类案件/,
    act: (v, step) =>
      note(v, 'reviewer', {
        step,
        title: '对照同类案件的处罚',
        say: { 同类案件数: '2', 处罚幅度: '同档次', 对裁量的结论: '与同类案件相当' },
      }),
  },
  {
    said: /没有登记(主动出示执法证件|佩带或者出示)/,
    act: (v, step) =>
      note(v, 'officer', {
        step,
        title: '表明执法身份',
        say: { 方式: '出示执法证件', 出示的执法文书: '本环节的执法文书', 已告知说明: '是' },
      }),
  },
  {
    said: /没有登记告知执法事由/,
    act: (v, step) =>
      note(v, 'officer', {
        step,
        title: '告知当事人',
        say: {
          执法事由: '送达文书',
          执法依据: '《中华人民共和国行政处罚法》第六十一条',
          权利义务: '申请行政复议、提起行政诉讼的权利和按期履行的义务',
          所出具的执法文书: '本环节的执法文书',
        },
      }),
  },
  {
    said: /询问没有关联同步录音录像/,
    act: (v, step) => recordScene(v, { step, scene: '询问（调查）', minutes: 3 }),
  },
  {
    said: /只有一个角度的录像/,
    act: (v, step) => recordScene(v, { step, scene: '询问（调查）', minutes: 3, device: '08' }),
  },
  {
    said: /没有标注密类/,
    act: (v, step) =>
      note(v, 'archivist', { step, title: '标注密类', say: { 关于: '整个案卷', 密类: '不涉密' } }),
  },
  {
    said: /没有罚款缴纳完毕的记录/,
    act: (v, step) =>
      note(v, 'officer', { step, title: '罚款缴纳完毕（专用票据）', say: { 票据号: '票20260327001' } }),
  },
  {
    said: /没有登记行政执法行为终结之日/,
    act: (v, step) => note(v, 'officer', { step, title: '行政执法行为终结' }),
  },
  {
    said: /涉密、敏感内容没有检查/,
    act: (v, step) => note(v, 'publisher', { step, title: '检查公开内容是否涉密、敏感' }),
  },
  {
    said: /公开信息没有经法制部门审核/,
    act: (v, step) =>
      note(v, 'reviewer', { step, title: '审核公开信息', say: { 审核部门: '法制部门', 结论: '同意' } }),
  },
  {
    said: /推送尚无省厅的接收回执/,
    act: async (v, step) => {
      await note(v, 'officer', { step, title: '推送执法信息', say: { 平台: '省政务服务网（省厅统一推送）' } })
      await note(v, 'officer', { step, title: '平台回执', say: { 接收: '是' } })
    },
  },
]
