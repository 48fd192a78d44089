import { expect, it } from 'vitest'
import { addresseesOf, nameAsCorrected } from './addressees.ts'

const servedOn = ['partyName', { list: 'otherParties' }]
const named = (partyName: string, otherParties = '') =>
  addresseesOf({ servedOn }, { partyName, otherParties })

it('a field names one, whatever stands in it; a list names several', () => {
  expect(named(' Foo Trading Co., Ltd. ')).toEqual(['Foo Trading Co., Ltd.'])
  expect(named('张三、李四')).toEqual(['张三、李四'])
  expect(named('甲', '乙、丙；丁;戊\n己')).toEqual(['甲', '乙', '丙', '丁', '戊', '己'])
  expect(named('甲', '乙，丙,丁')).toEqual(['甲', '乙', '丙', '丁'])
})
it("a comma of a firm's name is part of it", () => {
  const firms = ['Foo Trading Co., Ltd.', 'Bar Co.,Ltd.', 'Baz Co.，Ltd.']
  expect(named('甲', firms.join('、'))).toEqual(['甲', ...firms])
})
it('words for nothing are nobody; a name that stands twice is one', () => {
  for (const nothing of ['', ' ', '/', '／', '-', '—', '——', '无', '无。', '没有'])
    expect(named('甲', nothing)).toEqual(['甲'])
  expect(named('甲', '乙、/、无、甲')).toEqual(['甲', '乙'])
  // Only where nothing else is said.
  expect(named('无锡甲公司', '没有用贸易行')).toEqual(['无锡甲公司', '没有用贸易行'])
})
it('a corrected name is of the same party; who was taken out is nobody', () => {
  expect([...nameAsCorrected(['甲', '乙'], ['甲', '丙'])]).toEqual([
    ['甲', '甲'],
    ['乙', '丙'],
  ])
  expect([...nameAsCorrected(['甲', '乙'], ['甲'])]).toEqual([['甲', '甲']])
  expect([...nameAsCorrected(['甲'], ['甲', '乙'])]).toEqual([['甲', '甲']])
})
