import { isProblem, selectLaw } from '@liuhen/law/combine'
import { describe, expect, it } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { filmingWants } from './filming-terms.ts'

const law = realLaw()
const wantsOf = (base: string, overlays: readonly string[] = []) => {
  const selected = selectLaw(law, { base, overlays }, 'penalty-ordinary', '2026-03-04T01:00:00Z')
  if (isProblem(selected)) throw new Error(selected.message)
  return filmingWants(selected)
}

describe('what the texts want of whoever films', () => {
  it('is an opening statement of six elements and a notice while filming (czm-5-34, czm-5-35)', () => {
    const { opening, notices } = wantsOf('changzhi-mzj')
    expect(opening).toMatchObject([
      { items: ['时间', '地点', '执法人员', '执法事由', '执法对象', '需要记录的执法环节'] },
    ])
    expect(opening[0]?.citations[0]?.clause).toBe('czm-5-34')
    expect(notices).toMatchObject([{ timing: 'during', citations: [{ clause: 'czm-5-35' }] }])
    expect(notices[0]?.wording).toBeUndefined()
  })

  it('is a notice word for word, and what must not be filmed (sjz-12-1, sjz-8-1, sjz-8-2)', () => {
    const { notices, forbidden } = wantsOf('shijiazhuang-aj')
    expect(notices[0]?.wording).toContain('本次执法全程录音录像')
    expect(forbidden.map((f) => f.citations[0]?.clause)).toEqual(
      expect.arrayContaining(['sjz-8-1', 'sjz-8-2']),
    )
  })

  it('is a notice where it is possible, in the scenes that the text names (ft-19-1)', () => {
    const { notices } = wantsOf('fengtai')
    expect(notices[0]).toMatchObject({ timing: 'before', ifPossible: true })
    expect(notices[0]?.scenes).toContain('询问当事人')
  })

  it('is what the text wants after an interruption (zml-18-1, zml-18-2, zml-18-3)', () => {
    const [interruption] = wantsOf('zoumaling').interruption
    expect(interruption).toMatchObject({ spoken: true, reportTo: '所属部门负责人', statement: 'written' })
    expect(interruption?.citations.map((c) => c.clause)).toEqual(['zml-18-1', 'zml-18-2', 'zml-18-3'])
  })

  it('is nothing where no text speaks, and nothing is borrowed', () => {
    const none = wantsOf('national')
    expect(Object.values(none).every((list) => list.length === 0)).toBe(true)
  })
})
