import { describe, expect } from 'vitest'
import { choose, signByHand, tick } from './on-page.ts'
import { picture } from './picture.ts'
import { test } from './visit.ts'

const TITLE = '某烧烤店占用人行道摆放桌椅案'

describe('a new case, carried by hand from the first call to its number', () => {
  let address = ''
  const step = (name: string): string => `${address}?tab=step&step=${name}`

  test('the clerk registers the lead', async ({ visit }) => {
    const page = await visit.as('clerk')
    await page.goto('/cases')
    await page.getByRole('button', { name: '登记线索' }).click()
    const drawer = page.getByRole('dialog', { name: '登记线索' })
    await drawer.getByRole('button', { name: '登记', exact: true }).click()
    await drawer.getByText('请写明案由，至少 4 个字').waitFor()
    await choose(page, '线索来源', '投诉举报')
    await drawer.getByLabel('案由').fill(TITLE)
    await drawer
      .getByLabel('线索内容')
      .fill('市民来电：示范路7号门前人行道每晚摆放桌椅二十余套经营烧烤，行人只能走机动车道。')
    await drawer.getByLabel('地点').fill('示范路7号门前人行道')
    await picture(page, 'lead')
    await drawer.getByRole('button', { name: '登记', exact: true }).click()
    await page.getByRole('heading', { name: TITLE, level: 1 }).waitFor()
    await page
      .getByText(/线索 .*2026/)
      .first()
      .waitFor()
    address = new URL(page.url()).pathname
  })

  test('the form lists what the law still wants, saves by itself and is signed by hand', async ({
    visit,
  }) => {
    const page = await visit.as('clerk')
    await page.goto(step('lead'))
    await page.getByRole('button', { name: '开始环节' }).click()
    await page.getByRole('button', { name: '制作举报记录表' }).click()
    await page.getByRole('heading', { name: '举报记录表', level: 1 }).waitFor()
    expect(await page.getByLabel(/^举报（投诉）内容/).inputValue()).toContain('示范路7号')
    await page
      .getByText(/^法律还要求/)
      .first()
      .click()
    await page.getByRole('button', { name: '处理意见' }).waitFor()
    await page.getByText('第七条').first().waitFor()
    await choose(page, '来源方式', '来电')
    await page.getByLabel(/^举报（投诉）人/).fill('匿名')
    await tick(page, /^处理意见/, '予以受理')
    // Accepted in the minute of its receipt: neither before it nor ahead of the clock.
    const received = await page.getByLabel(/^接收时间/).inputValue()
    await page.getByLabel(/^受理时间/).fill(received)
    await page.getByLabel(/^受理时间/).blur()
    await page.getByText('没有还缺的要素').waitFor()
    await page
      .getByRole('status')
      .getByText(/已保存 \d\d:\d\d/)
      .waitFor()
    await page.getByText('预览', { exact: true }).click()
    await page.getByRole('region', { name: '文书预览' }).locator('[data-page="1"] canvas').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: '举报记录表', level: 1 }).waitFor()
    expect(await page.getByLabel(/^举报（投诉）人/).inputValue()).toBe('匿名')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('button', { name: '确认提交' }).click()
    await page.getByRole('button', { name: '接待人签名' }).click()
    const dialog = page.getByRole('dialog')
    await signByHand(page, dialog.getByRole('img', { name: '手写签名区' }))
    await picture(page, 'signature')
    await dialog.getByRole('button', { name: '确认签名' }).click()
    await page.getByText(/周敏 手写签名/).waitFor()
  })

  test('the clerk completes the step and accepts the report', async ({ visit }) => {
    const page = await visit.as('clerk')
    await page.goto(step('lead'))
    await page.getByRole('button', { name: '完成环节' }).click()
    await page.getByText('“线索登记”已完成').waitFor()
    await page.getByRole('button', { name: /^受理/ }).click()
    await page.getByRole('button', { name: '开始环节' }).click()
    await page.getByRole('button', { name: '完成环节' }).click()
    await page.getByText('“受理”已完成').waitFor()
  })

  test('the head of the unit names two officers', async ({ visit }) => {
    const page = await visit.as('unitHead')
    await page.goto(address)
    await page.getByRole('button', { name: '指派承办人' }).first().click()
    const dialog = page.getByRole('dialog', { name: '指派承办人' })
    await dialog.getByRole('combobox').click()
    const list = page.locator('.ant-select-dropdown:visible')
    await list.getByText('赵建国（42011201003，证件已过期）').waitFor()
    await list.getByText('李卫东（42011201001）').click()
    await list.getByText('王晓燕（42011201002）').click()
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: '保存' }).click()
    await page.getByText('李卫东、王晓燕').waitFor()
  })

  test('the officer names the party and submits the approval form of the filing', async ({ visit }) => {
    const page = await visit.as('officer')
    await page.goto(step('filing'))
    await page.getByRole('button', { name: '登记当事人' }).first().click()
    const party = page.getByRole('dialog', { name: '登记当事人' })
    await party.getByText('个体工商户', { exact: true }).click()
    await party.getByLabel('名称').fill('走马岭街道老张烧烤店')
    await party.getByLabel('住所').fill('示范路7号')
    await party.getByRole('button', { name: '保存' }).click()
    await page.getByText('走马岭街道老张烧烤店').first().waitFor()
    await page.getByRole('button', { name: '开始环节' }).click()
    await page.getByRole('button', { name: '制作立案审批表' }).click()
    await page.getByRole('heading', { name: '立案审批表', level: 1 }).waitFor()
    await page.getByRole('button', { name: '手工录入' }).click()
    await page.getByLabel('第 1 条依据的名称').fill('《城市道路管理条例》')
    await page.getByLabel('第 1 条依据的条款号').fill('第二十七条')
    await page.getByLabel(/^承办人意见/).fill('建议立案。')
    await page
      .getByRole('status')
      .getByText(/已保存 \d\d:\d\d/)
      .waitFor()
    await page.getByRole('region', { name: '文书预览' }).getByText('第二十七条').first().waitFor()
    await picture(page, 'form')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByRole('button', { name: '确认提交' }).click()
    await page.getByText('待承办机构负责人审批').or(page.getByText('等待前一级')).first().waitFor()
  })

  test('the head of the unit approves in the inbox with the mouse', async ({ visit }) => {
    const page = await visit.as('unitHead')
    await page.goto('/approvals')
    await page.getByRole('button', { name: new RegExp(TITLE) }).click()
    const desk = page.getByRole('region', { name: '立案审批表' })
    await desk.getByRole('link', { name: TITLE }).waitFor()
    await desk.locator('[data-page="1"] .textLayer span').first().waitFor({ state: 'attached' })
    await desk.getByRole('button', { name: '同意立案。' }).click()
    await picture(page, 'approval')
    await desk.getByRole('button', { name: /^同意 A$/ }).click()
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^同意$/ })
      .click()
    await page.getByRole('button', { name: new RegExp(TITLE) }).waitFor({ state: 'detached' })
  })

  test('the head of the agency approves with the keyboard alone, and the case has its number', async ({
    visit,
  }) => {
    const page = await visit.as('head')
    await page.goto('/approvals')
    await page.getByRole('button', { name: new RegExp(TITLE) }).waitFor()
    const count = await page.getByRole('list', { name: '审批' }).getByRole('listitem').count()
    for (let i = 0; i < count; i += 1) {
      if (
        await page.getByRole('region', { name: '立案审批表' }).getByRole('link', { name: TITLE }).isVisible()
      )
        break
      await page.keyboard.press('j')
    }
    await page.getByRole('region', { name: '立案审批表' }).getByRole('link', { name: TITLE }).waitFor()
    // The keys belong to the box for the opinion, which comes with the paper.
    await page.getByRole('region', { name: '立案审批表' }).getByRole('textbox').waitFor()
    await page.keyboard.press('a')
    await page.getByText('请先填写审批意见').waitFor()
    await page.keyboard.insertText('同意立案。')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: '同意《立案审批表》' }).waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: new RegExp(TITLE) }).waitFor({ state: 'detached' })
    await page.goto(address)
    await page
      .getByText(/走街立〔2026〕\d+号/)
      .first()
      .waitFor()
  })

  test('a decision before its time is refused on the screen, with the article and what to do', async ({
    visit,
  }) => {
    const page = await visit.as('officer')
    await page.goto(step('filing'))
    await page.getByRole('button', { name: '完成环节' }).click()
    await page.getByText('“立案”已完成').waitFor()
    // What is done leads to what comes next; only then is another step chosen.
    await page.getByRole('heading', { name: '现场检查' }).waitFor()
    await page.getByRole('button', { name: /^处罚决定/ }).click()
    await page.getByRole('heading', { name: '现在为什么不能办' }).waitFor()
    await page.getByText('尚未向当事人送达《行政处罚告知书》，不得作出处罚决定').first().waitFor()
    await page
      .getByRole('button', { name: /行政处罚法》\s*第四十四条/ })
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: '制作行政处罚决定书' }).isDisabled()).toBe(true)
    await picture(page, 'refusal')
  })
})
