import { expect, test } from 'vitest'
import { cleanPasted, cleanPastedLine, tableInText, turnsInText } from './pasted.ts'

test('what Word puts between letters is taken out, what it puts between words becomes a blank', () => {
  expect(cleanPasted('罚款\u00a05\u00adoo\u200b元\ufeff')).toBe('罚款 5oo元')
  expect(cleanPasted('一\u2003二\t\t三')).toBe('一 二 三')
  expect(cleanPasted('甲\u0007乙\u001f丙')).toBe('甲乙丙')
  expect(cleanPasted('看\u202e见')).toBe('看见')
})

test('lines end as lines, however they were ended, and their indents go', () => {
  expect(cleanPasted('一\r\n二\u000b三\r四\u2028五')).toBe('一\n二\n三\n四\n五')
  expect(cleanPasted('\u3000\u3000首行缩进 \n\n\n\n末段')).toBe('首行缩进\n\n末段')
  expect(cleanPasted('第一\u3000第二')).toBe('第一\u3000第二')
})

test('bullets of any typeface become one that the paper can print', () => {
  const word = '\uf0b7\t无证经营\n\u25cf 占道经营\n\u2022\t拒不改正\n\uf0d8\u00a0\u00a0逾期'
  expect(cleanPasted(word)).toBe('\u00b7 无证经营\n\u00b7 占道经营\n\u00b7 拒不改正\n\u00b7 逾期')
  expect(cleanPasted('编号\uf020甲')).toBe('编号甲')
})

test('radicals that stand for characters become these characters', () => {
  expect(cleanPasted('当事\u2f08')).toBe('当事人')
})

test('ordinary text stays as it is', () => {
  const text =
    '2026年3月10日，当事人（张某）在示范路66号“摆摊”，占地3.5㎡；价值￥200.00元。\n经提醒——仍未改正……'
  expect(cleanPasted(text)).toBe(text)
})

test('one line is made of several where a field has one', () => {
  expect(cleanPastedLine('示范路\r\n66号\t甲座')).toBe('示范路 66号 甲座')
})

test('a table comes apart into its cells; text without tabs is none', () => {
  expect(tableInText('名称\t数量\r\n音箱\t2\r\n')).toEqual([
    ['名称', '数量'],
    ['音箱', '2'],
  ])
  expect(tableInText('"高音\n喇叭"\t1\n"标有""甲""的"\t')).toEqual([
    ['高音\n喇叭', '1'],
    ['标有"甲"的', ''],
  ])
  expect(tableInText('甲\n乙')).toEqual([])
})

test('a record that was written elsewhere comes apart into questions and answers', () => {
  expect(turnsInText('问：你叫什么？\n答：张三。\n\n2、问:住哪里？\n住了多久？\n答：甲路。\n三年。')).toEqual(
    [
      { q: '你叫什么？', a: '张三。' },
      { q: '住哪里？\n住了多久？', a: '甲路。\n三年。' },
    ],
  )
  expect(turnsInText('问：只有问题')).toEqual([])
  expect(turnsInText('他说：问：什么？\n答：没什么')).toEqual([])
})
