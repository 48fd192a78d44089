import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Party } from '../case/events.ts'
import { isRefusal } from '../refusal.ts'
import { maskName, maskText } from './mask.ts'
import { type SummarySource, summarise } from './summary.ts'

const person: Party = {
  kind: 'person',
  name: '王小明',
  idNumber: '420112199001011237',
  address: '走马岭街道东湖路18号3栋',
  phone: '13871234567',
}
const source: SummarySource = {
  decisionNo: '走街罚决〔2026〕3号',
  decidedOn: '2026-04-20',
  agency: '某市某区走马岭街道办事处',
  party: person,
  violation: '王小明（420112199001011237，电话138 7123 4567）在走马岭街道东湖路18号3栋门前占道经营',
  penalty: '对王小明处罚款人民币500元',
  basis: '《城市市容和环境卫生管理条例》第三十六条',
  informant: { name: '赵举报', phone: '027-83211234' },
}
const published = (s: SummarySource) => {
  const made = summarise(s)
  if (isRefusal(made)) throw new Error(made.reasons[0]?.message)
  const [summary] = made
  if (summary === undefined) throw new Error('nothing was made')
  return summary
}

test.each([
  ['张三', '张某'],
  ['王小明', '王某某'],
  ['欧阳修', '欧阳某'],
  ['司马相如', '司马某某'],
  ['买买提·艾力', '买某某'],
  ['王', '王某'],
])('a natural person %s is published as %s', (name, masked) => {
  expect(maskName(name)).toBe(masked)
})

test("a person's name, ID number, address and phone never leave, in whatever field they stand", () => {
  const text = JSON.stringify(published(source))
  for (const secret of ['王小明', '420112199001011237', '东湖路18号', '7123', '赵举报', '83211234'])
    expect(text).not.toContain(secret)
  expect(published(source).party).toBe('王某某')
  expect(published(source).violation).toBe('王某某（（略），电话（电话略））在（略）门前占道经营')
})

test('an organisation is named whole, its representative is masked', () => {
  const made = published({
    ...source,
    party: { kind: 'organisation', name: '某某餐饮有限公司', representative: '李大海' },
    violation: '某某餐饮有限公司（法定代表人李大海）占用消防通道',
  })
  expect(made.party).toBe('某某餐饮有限公司')
  expect(made.violation).toBe('某某餐饮有限公司（法定代表人李某某）占用消防通道')
})

test('a sole trader is published under the shop name, and masked where there is none', () => {
  const shop: Party = { kind: 'sole-trader', name: '老李面馆', representative: '李大海' }
  expect(published({ ...source, party: shop }).party).toBe('老李面馆')
  expect(published({ ...source, party: { ...shop, name: '李大海' } }).party).toBe('李某某')
})

test('the party is named as the reviewed paper names it, and names that slipped through are masked', () => {
  const shop: Party = { kind: 'sole-trader', name: '老李面馆', representative: '李大海' }
  const written = (maskedParty: string) => published({ ...source, party: shop, maskedParty }).party
  expect(written('老李面馆（经营者李某某）')).toBe('老李面馆（经营者李某某）')
  expect(written('老李面馆（经营者李大海）')).toBe('老李面馆（经营者李某某）')
  expect(written(' ')).toBe('老李面馆')
})

test('a summary with a missing element is refused and names it', () => {
  const made = summarise({ ...source, basis: undefined })
  expect(isRefusal(made) && made.reasons[0]?.message).toContain('决定依据')
})

test('no ID number or mobile number survives in any text', () => {
  const digits = fc.stringMatching(/^[1-9]\d{16}[\dX]$/)
  const mobile = fc.stringMatching(/^1[3-9]\d{9}$/)
  fc.assert(
    fc.property(fc.constantFrom('当事人', '联系', '(', ' '), digits, mobile, (word, id, phone) => {
      const out = maskText(`${word}${id}、${phone}。`, { names: [], secrets: [] })
      expect(out).not.toContain(id)
      expect(out).not.toContain(phone)
    }),
  )
})

test('decision numbers, dates and amounts stay readable', () => {
  const text = '走街罚决〔2026〕3号，2026年4月20日，罚款人民币12000.00元'
  expect(maskText(text, { names: ['王小明'], secrets: [] })).toBe(text)
})
