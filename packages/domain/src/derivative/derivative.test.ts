import { describe, expect, test } from 'vitest'
import { ROLES, type Actor, type Role } from '../event.ts'
import { isRefusal, type Decision } from '../refusal.ts'
import type { RecordingState } from '../recording/state.ts'
import * as decide from './commands.ts'
import type { DerivativeEvent } from './events.ts'
import { markLines } from './mark.ts'
import { boxAt, Spec, sweptBox, type Area } from './spec.ts'
import { evolveDerivative, initialDerivative, type Derivative, type DerivativeState } from './state.ts'

const NOW = '2026-03-10T10:00:00+08:00'
const person = (name: string, ...roles: Role[]): Actor => ({
  userId: name,
  personId: name,
  name,
  roles,
  agencyId: 'a',
})
const maker = person('周敏', 'officer')
const head = person('陈中队', 'unit-head')
const custodian = person('钱保管', 'av-custodian')
const by = (actor: Actor) => ({ now: NOW, actor })

const digest = 'a'.repeat(64)
const film = (more = {}): RecordingState => ({
  status: 'checked',
  checkedAt: NOW,
  check: { verdict: 'playable', durationSeconds: 60, gaps: [], decoded: 'full' },
  registeredAt: NOW,
  interruptions: [],
  rejected: [],
  points: [],
  storedAt: NOW,
  stored: {
    blob: { sha256: digest, sizeBytes: 9, mime: 'video/mp4' },
    chunkRoot: 'r',
    chunkSizeBytes: 4,
    checksum: 're-read',
  },
  manifest: {
    sha256: digest,
    sizeBytes: 9,
    fileName: 'a.mp4',
    mime: 'video/mp4',
    medium: 'video',
    device: { id: 'BWC-07' },
    officer: { personId: '周敏', name: '周敏' },
    madeFrom: NOW,
    madeTo: NOW,
  },
  ...more,
})
const area: Area = {
  from: 2,
  to: 10,
  frames: [
    { at: 2, box: { x: 0, y: 0, w: 0.2, h: 0.2 } },
    { at: 6, box: { x: 0.4, y: 0.4, w: 0.4, h: 0.4 } },
  ],
}
const clip: Spec = { kind: 'clip', range: { from: 1, to: 5 }, exact: false }
const redaction: Spec = { kind: 'redaction', style: 'black', areas: [area], mutes: [], marked: false }

const asked = (spec: Spec, more = {}) => ({
  spec,
  purpose: 'evidence' as const,
  reason: '举证',
  recordingId: 'r',
  recording: film(),
  handlesCase: false,
  number: '副本〔2026〕1号',
  ...more,
})
const told = (s: DerivativeState, events: Decision<DerivativeEvent>, actor: Actor): Derivative => {
  if (isRefusal(events)) throw new Error(JSON.stringify(events.reasons))
  const after = events.reduce((state, e) => evolveDerivative(state, e, actor), s)
  if (after.status === 'none') throw new Error('nothing came of it')
  return after
}
const requested = (spec: Spec, more = {}): Derivative =>
  told(initialDerivative, decide.requestDerivative(initialDerivative, asked(spec, more), by(maker)), maker)
const made = (spec: Spec, more = {}): Derivative => {
  const d = requested(spec, more)
  const bytes = { sha256: 'b'.repeat(64), sizeBytes: 5, mime: 'video/mp4' }
  const making = {
    tool: 'ffmpeg',
    arguments: '',
    isolated: true,
    covers: { from: 0, to: 60 },
    durationSeconds: 60,
  }
  return told(
    d,
    decide.recordMade(d, { blob: bytes, chunkRoot: '', chunkSizeBytes: 4, source: d.source }, making, NOW),
    maker,
  )
}
const messageOf = (d: Decision<DerivativeEvent>): string =>
  isRefusal(d) ? `${d.code}: ${d.reasons[0]?.message ?? ''}` : 'allowed'
const review = (d: Derivative, actor: Actor, watchedSeconds: number, approved = true) =>
  decide.reviewDerivative(d, { approved, words: '没有漏遮', watchedSeconds }, { ...by(actor), given: [] })
const release = (d: Derivative, actor: Actor, entries: decide.ReleaseEntries = { against: [] }) =>
  decide.releaseDerivative(d, { recipient: '某法院', reason: '举证', entries }, by(actor))

describe('a copy of a recording is asked for', () => {
  const ask = (spec: Spec, more = {}, actor = maker) =>
    messageOf(decide.requestDerivative(initialDerivative, asked(spec, more), by(actor)))

  test('by its maker, the handlers of its case and the custodian; anybody else is told whom to ask', () => {
    for (const role of ROLES) {
      const may = ask(clip, {}, person('某人', role)) === 'allowed'
      expect(may, role).toBe(role === 'av-custodian')
      const handles = ask(clip, { handlesCase: true }, person('某人', role)) === 'allowed'
      expect(handles, role).toBe(role === 'av-custodian' || role === 'officer')
    }
    expect(ask(clip)).toBe('allowed')
  })

  test('and not of bytes that are not here, are broken, or are gone', () => {
    const { stored: _, ...rest } = film() as Extract<RecordingState, { status: 'checked' }>
    expect(ask(clip, { recording: { ...rest, status: 'registered' } })).toContain('还没有完整入库')
    const check = { verdict: 'broken', gaps: [], decoded: 'none' }
    expect(ask(clip, { recording: film({ check }) })).toContain('不可播放')
    const destroyed = { batchId: 'b', number: '销毁〔2026〕1号', at: NOW }
    expect(ask(clip, { recording: film({ destroyed }) })).toContain('销毁〔2026〕1号')
  })

  test('within the film, with something to cover, and with a name where one is burned in', () => {
    expect(ask({ ...clip, range: { from: 50, to: 62 } })).toContain('超出了这段音像的长度')
    expect(ask({ ...redaction, areas: [] })).toContain('没有画出要遮蔽的区域')
    expect(ask({ kind: 'watermark' })).toContain('须写明给谁')
    expect(ask({ kind: 'watermark' }, { recipient: '李某' })).toBe('allowed')
    const sound = film({ manifest: { ...(film() as { manifest: object }).manifest, medium: 'audio' } })
    expect(ask(redaction, { recording: sound })).toContain('录音没有画面')
    expect(ask({ ...redaction, areas: [], mutes: [{ from: 1, to: 2 }] }, { recording: sound })).toBe(
      'allowed',
    )
  })

  test('names the original, and the event never says that the bytes of the original are its own', () => {
    const events = decide.requestDerivative(initialDerivative, asked(clip), by(maker))
    expect(JSON.stringify(events)).not.toContain('"blob"')
    expect(requested(clip)).toMatchObject({ status: 'making', source: { recordingId: 'r', sha256: digest } })
  })
})

describe('a redaction is looked at by somebody else', () => {
  const d = made(redaction)

  test('never by who drew it, nor by whose password that one held', () => {
    expect(messageOf(review(d, { ...head, userId: maker.userId }, 60))).toContain('不能自己复核')
    const given = [{ by: maker.userId, at: NOW, how: 'reset' as const }]
    const said = { approved: true, words: '没有漏遮', watchedSeconds: 60 }
    expect(messageOf(decide.reviewDerivative(d, said, { ...by(head), given }))).toContain('口令')
  })

  test('to its end before it passes; it can be sent back at once', () => {
    expect(messageOf(review(d, head, 57))).toContain('只看了 57 秒')
    expect(told(d, review(d, head, 58), head).status).toBe('approved')
    expect(told(d, review(d, head, 3, false), head).status).toBe('returned')
    const hour = { ...d, made: { ...d.made, durationSeconds: 3600 } } as Derivative
    expect(messageOf(review(hour, head, 3597))).toContain('只看了 3597 秒')
    expect(messageOf(review(hour, head, 3598))).toBe('allowed')
  })

  test('and so is whatever a party or the public gets', () => {
    for (const purpose of ['party', 'disclosure']) {
      const d = made(clip, { purpose })
      expect(messageOf(release(d, custodian))).toContain('已经制作')
      expect(messageOf(review(d, maker, 60))).toContain('不能自己复核')
      const passed = told(d, review(d, head, 60), head)
      expect(messageOf(release(passed, custodian))).toBe('allowed')
    }
  })

  test('and leaves only then; a clip for evidence needs no such review', () => {
    expect(messageOf(release(d, custodian))).toContain('已经制作')
    const passed = told(d, review(d, head, 60), head)
    expect(told(passed, release(passed, custodian), custodian).releases).toHaveLength(1)
    expect(messageOf(release(made(clip), custodian))).toBe('allowed')
    expect(messageOf(review(made(clip), head, 60))).toContain('已经制作')
  })
})

describe('a copy leaves the house', () => {
  const d = made(clip)

  test('zml-27-3 by the hand of the custodian alone', () => {
    for (const role of ROLES)
      expect(messageOf(release(d, person('某人', role))) === 'allowed', role).toBe(role === 'av-custodian')
  })

  test('under an entry of the case where the texts speak against it, and the refusal carries their reasons', () => {
    const cited = { clause: 'zml-29-1', cite: '第二十九条', duty: '', layer: 'base' as const }
    const against = [
      { code: 'x', effect: 'refuse' as const, message: '须经批准', todo: '报批', citations: [cited] },
    ]
    const no = release(d, custodian, { against })
    expect(isRefusal(no) && no.reasons.map((r) => r.code)).toEqual(['release-unentered', 'x'])
    const yes = told(d, release(d, custodian, { against, entry: 'fact-7' }), custodian)
    expect(yes.releases).toMatchObject([{ entry: 'fact-7', recipient: '某法院' }])
  })

  test('never again once it was withdrawn, or went with its original', () => {
    const withdrawn = told(d, decide.withdrawDerivative(d, '截错了', by(maker)), maker)
    expect(messageOf(release(withdrawn, custodian))).toContain('已经作废')
    const gone = told(d, decide.destroyDerivative(d, { batchId: 'b', number: 'n' }, NOW), custodian)
    expect(messageOf(release(gone, custodian))).toContain('已随原件销毁')
    expect(decide.destroyDerivative(gone, { batchId: 'b', number: 'n' }, NOW)).toEqual([])
  })

  test('is not withdrawn while it is made: its bytes would come to belong to nothing', () => {
    const waiting = requested(clip)
    expect(messageOf(decide.withdrawDerivative(waiting, '截错了', by(maker)))).toContain('正在制作')
    const failed = told(waiting, decide.recordFailed(waiting, { why: '超时' }, NOW), maker)
    expect(messageOf(decide.withdrawDerivative(failed, '截错了', by(maker)))).toBe('allowed')
  })

  test('that failed is made again by who asked; what was made twice is told once', () => {
    const waiting = requested(clip)
    const failed = told(waiting, decide.recordFailed(waiting, { why: '超时' }, NOW), maker)
    expect(messageOf(decide.retryDerivative(failed, film(), by(head)))).toContain('由提出的人')
    expect(told(failed, decide.retryDerivative(failed, film(), by(maker)), maker)).toMatchObject({
      status: 'making',
      attempts: 2,
    })
    expect(decide.recordFailed(d, { why: '' }, NOW)).toEqual([])
  })
})

describe('an area', () => {
  test('moves evenly between its key frames and stands before and after them', () => {
    expect(boxAt(area, 1)).toBeUndefined()
    expect(boxAt(area, 4)?.x).toBeCloseTo(0.2)
    expect(boxAt(area, 4)?.w).toBeCloseTo(0.3)
    expect(boxAt(area, 9)).toEqual(area.frames[1]?.box)
    expect(boxAt(area, 11)).toBeUndefined()
  })

  test('covers all that it touches between two moments', () => {
    expect(sweptBox(area, 0, 1)).toBeUndefined()
    const swept = sweptBox(area, 1, 7)
    expect(swept).toMatchObject({ x: 0, y: 0 })
    expect(swept?.w).toBeCloseTo(0.8)
    for (let at = 3; at <= 5; at += 0.1) {
      const [box, all] = [boxAt(area, at), sweptBox(area, 3, 5)]
      expect(
        box !== undefined && all !== undefined && all.x <= box.x && all.x + all.w >= box.x + box.w - 1e-9,
      ).toBe(true)
    }
  })

  test('lies inside the picture, in order of time', () => {
    const parse = (a: Area) => Spec.safeParse({ ...redaction, areas: [a] }).success
    expect(parse(area)).toBe(true)
    expect(parse({ ...area, frames: area.frames.toReversed() })).toBe(false)
    expect(parse({ ...area, to: 1 })).toBe(false)
    expect(parse({ ...area, frames: [{ at: 2, box: { x: 0.9, y: 0, w: 0.2, h: 0.1 } }] })).toBe(false)
  })
})

test('a mark says that it is no original, for whom it is, from where and when', () => {
  const d = requested({ kind: 'watermark' }, { recipient: '李某' })
  expect(markLines(d, { name: '走马岭街道办事处', caseNo: '走街立〔2026〕1号' })).toEqual([
    '副本（非原件） 副本〔2026〕1号',
    '供 李某 使用  走马岭街道办事处  走街立〔2026〕1号  2026-03-10',
  ])
  expect(markLines(requested(clip), { name: '某机关' })).toBeUndefined()
})
