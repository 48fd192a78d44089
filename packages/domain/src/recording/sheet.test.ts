import { describe, expect, it } from 'vitest'
import { RecordingEvent } from './events.ts'
import { recordingSheet, type SheetInput } from './sheet.ts'
import { SheetLaw } from './sheet-law.ts'
import { foldRecording, isKept, type KeptRecording } from './state.ts'

const law = SheetLaw.parse({
  citation: { clause: 'x-1', cite: '《某规定》第一条', duty: '注明。', layer: 'national' },
  paper: 'some-paper',
  wants: [
    { label: '载体', fields: ['carrier'] },
    { label: '困难', fields: ['why'], ifSaid: true },
    { label: '时间', fields: ['from', 'to'], join: '至', record: 'made' },
    { label: '制作人', fields: ['maker'], record: 'maker' },
    { label: '文字记录', fields: ['words'], record: 'transcript', medium: ['video', 'audio'] },
  ],
})

const hex = 'ab'.repeat(32)
const event = (type: string, data: object) =>
  RecordingEvent.parse({ type, schemaVersion: 1, occurredAt: '2026-03-05T10:00:00+08:00', data })
const manifest = {
  sha256: hex,
  sizeBytes: 7,
  fileName: 'a.mp4',
  mime: 'video/mp4',
  medium: 'video',
  device: { id: 'c1' },
  officer: { personId: 'p', name: '王某' },
  madeFrom: '2026-03-05T09:00:00+08:00',
  madeTo: '2026-03-05T09:30:00+08:00',
}
const kept = (more: object = {}, after: readonly (readonly [string, object])[] = []): KeptRecording => {
  const blob = { sha256: hex, sizeBytes: 7, mime: 'video/mp4' }
  const state = foldRecording([
    event('RecordingRegistered', { internal: { ...manifest, ...more } }),
    event('RecordingStored', {
      public: { blob, chunkRoot: 'x', chunkSizeBytes: 1, checksum: 're-read' },
    }),
    ...after.map(([type, data]) => event(type, data)),
  ])
  if (!isKept(state)) throw new Error('not kept')
  return state
}
const said = (recording: KeptRecording, paper?: SheetInput['paper'], stepPlace?: string) =>
  recordingSheet({
    ...(stepPlace === undefined ? {} : { stepPlace }),
    law,
    recording,
    paper,
    sceneName: (code) => code,
    stepName: (id) => id,
    pointNames: new Map(),
  })
const wanted = (sheet: ReturnType<typeof said>, label: string) =>
  sheet.wants.find((w) => w.label === label)?.said
const fact = (sheet: ReturnType<typeof said>, label: string) =>
  [...sheet.about, ...sheet.checks].find((f) => f.label === label)?.text

const text = (id: string, kind: 'text' | 'datetime' = 'text') => ({ id, label: id, kind, requiredBy: [] })
const paperOf = (data: Record<string, unknown>): SheetInput['paper'] => ({
  name: '说明',
  data,
  definition: {
    sections: [
      {
        title: '',
        fields: [
          text('carrier'),
          text('why'),
          text('from', 'datetime'),
          text('to', 'datetime'),
          text('maker'),
        ],
      },
    ] as never,
  },
})

describe('the sheet of a recording', () => {
  it('says nothing that nobody recorded, and leaves out what is only listed when somebody said it', () => {
    const sheet = said(kept())
    expect(wanted(sheet, '载体')).toEqual([])
    expect(wanted(sheet, '困难')).toBeUndefined()
    expect(wanted(sheet, '制作人')).toEqual([{ text: '王某', from: ['音像登记'] }])
    expect(wanted(sheet, '文字记录')).toEqual([])
    expect(fact(sheet, '设备时钟')).toBeUndefined()
    expect(fact(sheet, '人工回放')).toBeUndefined()
    expect(fact(sheet, '能否播放（系统检查）')).toBe('没有检查')
    expect(fact(sheet, '切片链')).toMatch(/^没有签名；/)
  })

  it('takes the paper first, and names both where they say the same', () => {
    const sheet = said(
      kept(),
      paperOf({ carrier: '原件', from: manifest.madeFrom, to: manifest.madeTo, maker: '李某' }),
    )
    expect(wanted(sheet, '载体')).toEqual([{ text: '原件', from: ['《说明》'] }])
    expect(wanted(sheet, '时间')).toEqual([
      { text: '2026年3月5日9时00分至2026年3月5日9时30分', from: ['《说明》', '音像登记'] },
    ])
    // They do not agree: both are said.
    expect(wanted(sheet, '制作人')?.map((s) => s.text)).toEqual(['李某', '王某'])
  })

  it('asks for words of what is heard, and of a photo for none', () => {
    const heard = kept({}, [
      [
        'RecordingTranscribed',
        {
          internal: { version: 1, lines: 1, by: { name: '王某' } },
          personal: { lines: [{ from: 3, text: '是我的。' }] },
        },
      ],
    ])
    expect(wanted(said(heard), '文字记录')?.[0]?.text).toBe('00:00:03 是我的。')
    expect(wanted(said(kept({ medium: 'photo' })), '文字记录')).toBeUndefined()
  })

  it('tells the clock, the check and the chain as they were found', () => {
    const sheet = said(
      kept({ device: { id: 'c1', clockOffsetMs: -2500, clockUncertaintyMs: 100 } }, [
        ['RecordingChecked', { internal: { verdict: 'broken', note: '文件截断', gaps: [] } }],
        ['RecordingChainKept', { internal: { chain: { sha256: hex, sizeBytes: 9 } } }],
        [
          'RecordingChainChecked',
          { internal: { verdict: 'gap', findings: [], records: 8, segments: 6, keyStatus: 'approved' } },
        ],
      ]),
    )
    expect(fact(sheet, '设备时钟')).toBe('比系统时间慢 2.5 秒（误差不超过 0.1 秒）')
    expect(fact(sheet, '能否播放（系统检查）')).toBe('不能正常播放；文件截断')
    expect(fact(sheet, '切片链')).toBe('有缺失；6 个切片，8 条记录，签名密钥已经批准')
  })
})

it('counts who looked whether the film of a service shows title and face, as what they looked for', () => {
  const by = { userId: 'u', name: '冯某' }
  const looked = kept({}, [['RecordingLegibilityConfirmed', { internal: { title: true, face: false, by } }]])
  expect(fact(said(kept()), '人工回放')).toBeUndefined()
  expect(fact(said(looked), '人工回放')).toMatch(
    /^冯某（核对画面）.*：文书名称清晰可辨，受送达人面貌不能辨认$/,
  )
})

it('takes the place from the step where the recording says none, and says so', () => {
  expect(fact(said(kept()), '制作地点')).toBeUndefined()
  expect(fact(said(kept(), undefined, '某街 1 号'), '制作地点')).toBe('某街 1 号（环节登记的地点）')
})
