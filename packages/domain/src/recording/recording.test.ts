import { describe, expect, test } from 'vitest'
import { isRefusal } from '../refusal.ts'
import type { Actor, Role } from '../event.ts'
import { canCopyRecording, canRegisterRecording, canViewRecording } from './can.ts'
import {
  confirmLegibility,
  labelRecording,
  LabelRecording,
  linkRecording,
  markPoints,
  recordCheck,
  registerRecording,
  rejectTransfer,
  reportInterruption,
  storeRecording,
  type RecordingContext,
} from './commands.ts'
import { GOES_WITH_FILE, KeyPoint, RecordingEvent, type Manifest, type Stored } from './events.ts'
import { caseLinkData, toFacts } from './facts.ts'
import { evolveRecording, foldRecording, initialRecording } from './state.ts'

const NOW = '2026-03-10T10:00:00+08:00'
const HASH = 'a'.repeat(64)

const person = (roles: readonly Role[], personId = 'p1'): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: '周敏',
  roles: [...roles],
  agencyId: 'zoumaling',
})
const context = (over: Partial<RecordingContext> = {}): RecordingContext => ({
  now: NOW,
  actor: person(['officer']),
  handlesCase: false,
  ...over,
})

const manifest: Manifest = {
  sha256: HASH,
  sizeBytes: 1000,
  fileName: '20260310_0930.mp4',
  mime: 'video/mp4',
  medium: 'video',
  device: { id: 'BWC-07' },
  officer: { personId: 'p1', name: '周敏', certNo: '鄂0001' },
  madeFrom: '2026-03-10T09:00:00+08:00',
  madeTo: '2026-03-10T09:30:00+08:00',
  session: { id: 's1', segment: 1 },
}
const stored: Stored = {
  blob: { sha256: HASH, sizeBytes: 1000, mime: 'video/mp4' },
  chunkRoot: 'AAAA',
  chunkSizeBytes: 4_194_304,
  checksum: 'per-chunk',
}
const at = { schemaVersion: 1 as const, occurredAt: NOW }
const registered: RecordingEvent = { ...at, type: 'RecordingRegistered', data: { internal: manifest } }
const inStore: RecordingEvent = {
  ...at,
  type: 'RecordingStored',
  data: { public: stored, internal: { uploadId: 'up1' } },
}
const link = { caseId: 'c1', step: 'on-site-inspection', scene: 'general-enforcement' }
const linked: RecordingEvent = { ...at, type: 'RecordingLinked', data: { internal: link } }

const given = (...events: RecordingEvent[]) => foldRecording(events)
const codeOf = (d: unknown) => (isRefusal(d) ? d.code : 'accepted')

describe('a recording', () => {
  test('is registered by an officer with the digest of its bytes', () => {
    expect(registerRecording(initialRecording, manifest, context())).toEqual([registered])
  })
  test('is not registered twice, nor by a reviewer, nor with its end before its beginning', () => {
    expect(codeOf(registerRecording(given(registered), manifest, context()))).toBe('duplicate')
    expect(
      codeOf(registerRecording(initialRecording, manifest, context({ actor: person(['legal-reviewer']) }))),
    ).toBe('not-permitted')
    const backwards = { ...manifest, madeFrom: manifest.madeTo, madeTo: manifest.madeFrom }
    expect(codeOf(registerRecording(initialRecording, backwards, context()))).toBe('incomplete')
    const closed = { ...context(), caseArchived: true }
    expect(codeOf(registerRecording(initialRecording, manifest, closed))).toBe('wrong-state')
  })
  test('is not registered with times that lie ahead, nor without length; a photo is a moment', () => {
    const said = (m: Manifest) => {
      const ruling = registerRecording(initialRecording, m, context())
      return isRefusal(ruling) ? `${ruling.title} ${ruling.reasons[0]?.message}` : 'accepted'
    }
    const ahead = { ...manifest, madeTo: '2026-03-10T10:02:00+08:00' }
    expect(said(ahead)).toBe('填写的时间不对 录制结束时间晚于现在。')
    expect(said({ ...ahead, device: { id: 'BWC-07', clockOffsetMs: 120_000 } })).toBe('accepted')
    const moment = { ...manifest, madeTo: manifest.madeFrom }
    expect(said(moment)).toContain('同一时刻')
    expect(said({ ...moment, medium: 'photo' })).toBe('accepted')
  })
  test('is marked when its file is not as long as was said, by more than two seconds', () => {
    const checked = (durationSeconds: number) => {
      const check = { verdict: 'playable' as const, gaps: [], decoded: 'full' as const, durationSeconds }
      const events = recordCheck(given(registered, inStore), check, NOW)
      if (isRefusal(events)) throw new Error('refused')
      return given(registered, inStore, ...events)
    }
    const short = checked(8.4)
    expect(short).toMatchObject({
      check: {
        lengthDiffers: { declaredSeconds: 1800, fileSeconds: 8.4 },
        note: '登记的录制时段长30分0秒，文件实长8秒，请核对起止时间或者补传其余分段。',
      },
    })
    expect(checked(1798.2)).not.toHaveProperty('check.lengthDiffers')
    expect(toFacts('r1', given(registered, inStore, { ...linked }))[0]?.data).not.toHaveProperty('playable')
  })
  test('is told to the law as unplayable when the tools say so', () => {
    const check = { verdict: 'broken' as const, gaps: [], decoded: 'none' as const }
    const events = recordCheck(given(registered, inStore, linked), check, NOW)
    if (isRefusal(events)) throw new Error('refused')
    const facts = toFacts('r1', given(registered, inStore, linked, ...events))
    expect(facts.map((f) => f.data?.['playable'])).toEqual([false, false, false])
  })
  test('is stored only when the bytes are those that were declared', () => {
    expect(storeRecording(given(registered), { stored, uploadId: 'up1' }, NOW)).toEqual([inStore])
    const other = { ...stored, blob: { ...stored.blob, sha256: 'b'.repeat(64) } }
    expect(codeOf(storeRecording(given(registered), { stored: other, uploadId: 'up1' }, NOW))).toBe(
      'bad-evidence',
    )
    expect(codeOf(storeRecording(given(registered, inStore), { stored, uploadId: 'up1' }, NOW))).toBe(
      'duplicate',
    )
  })
  test('stays registered when a transfer is rejected, and remembers what came', () => {
    const events = rejectTransfer(given(registered), { uploadId: 'up1', received: 'c'.repeat(64) }, NOW)
    if (isRefusal(events)) throw new Error('refused')
    const state = given(registered, ...events)
    expect(state).toMatchObject({ status: 'registered', rejected: [{ uploadId: 'up1' }] })
  })
  test('that the tools cannot read is kept and marked, not refused', () => {
    const check = { verdict: 'broken' as const, note: '不可解析', gaps: [], decoded: 'none' as const }
    const events = recordCheck(given(registered, inStore), check, NOW)
    if (isRefusal(events)) throw new Error('refused')
    expect(given(registered, inStore, ...events)).toMatchObject({ status: 'checked', check })
  })
  test('gets its SM3 digest from the check when the transfer had none', () => {
    const check = { verdict: 'playable' as const, gaps: [], decoded: 'full' as const, sm3: 'd'.repeat(64) }
    const events = recordCheck(given(registered, inStore), check, NOW)
    if (isRefusal(events)) throw new Error('refused')
    expect(given(registered, inStore, ...events)).toMatchObject({
      stored: { blob: { sha256: HASH, sm3: 'd'.repeat(64) } },
    })
  })
  test('does not follow an impossible order of events', () => {
    expect(() => evolveRecording(initialRecording, inStore)).toThrow()
    expect(() => given(registered, inStore, inStore)).toThrow()
  })
  test('stays in the case to which it was linked', () => {
    const state = given(registered, inStore, linked)
    expect(codeOf(linkRecording(state, { ...link, caseId: 'c2' }, context()))).toBe('wrong-state')
    expect(codeOf(linkRecording(state, { ...link, scene: 'evidence' }, context()))).toBe('accepted')
  })
  test('stays with its step: what is known of it is known there', () => {
    const state = given(registered, inStore, linked)
    expect(codeOf(linkRecording(state, { ...link, step: 'service' }, context()))).toBe('wrong-state')
  })
  test('is not linked while its bytes are not here', () => {
    expect(codeOf(linkRecording(given(registered), link, context()))).toBe('wrong-state')
  })
  test('is read back from the store through its schema, also when personal data were shredded', () => {
    const shredded = { ...at, type: 'RecordingLabelled', data: { internal: { caseNo: 'x', handler: 'y' } } }
    expect(RecordingEvent.parse(shredded)).toEqual(shredded)
    expect(RecordingEvent.safeParse({ ...at, type: 'RecordingLost', data: {} }).success).toBe(false)
  })
  test('is what it was, without what people wrote of it, once its case file went', () => {
    const gone = [...GOES_WITH_FILE].map((type) => RecordingEvent.parse({ ...at, type, data: {} }))
    expect(new Set(gone.map((e) => e.type))).toEqual(new Set(['ContentGone']))
    expect(given(registered, inStore, linked, ...gone)).toEqual(given(registered, inStore, linked))
    const untold = { ...at, type: 'RecordingRegistered', data: {} }
    expect(RecordingEvent.safeParse(untold).success).toBe(false)
  })
})

describe('clauses', () => {
  test('zml-25-3 wants case number, party and handler on a stored recording', () => {
    expect(
      LabelRecording.safeParse({ caseNo: '走综执罚〔2026〕1号', party: '', handler: '周敏' }).success,
    ).toBe(false)
    const label = { caseNo: '走综执罚〔2026〕1号', party: '某饭店', handler: '周敏' }
    const events = labelRecording(given(registered, inStore), label, context())
    expect(events).toMatchObject([
      { data: { internal: { caseNo: label.caseNo }, personal: { party: '某饭店' } } },
    ])
  })
  test('pxs-11-3 sjz-17-3: the law reads what else the description says; of the party only that one is named', () => {
    const details = { unit: '执法一所', cause: '无证经营', place: '一号门店' }
    const label = { caseNo: '〔2026〕1号', party: '某饭店', handler: '周敏', details }
    const events = labelRecording(given(registered, inStore, linked), label, context())
    if (isRefusal(events)) throw new Error('the label was refused')
    const described = toFacts('r1', given(registered, inStore, linked, ...events)).find(
      (f) => f.state === 'described',
    )
    expect(described?.data).toMatchObject({ ...details, caseNo: label.caseNo, handler: '周敏', party: true })
    expect(JSON.stringify(described)).not.toContain('某饭店')
  })
  test('sjz-8-1: a recording of a fixed camera or of an explosion-proof device says so, and that its store is a general one', () => {
    const fixed: Manifest = {
      ...manifest,
      medium: 'surveillance',
      device: { id: 'CAM-1', explosionProof: true },
    }
    const announced: RecordingEvent = { ...registered, data: { internal: fixed } }
    const [made] = toFacts('r1', given(announced, inStore, linked))
    expect(made?.data).toMatchObject({ medium: 'surveillance', explosionProof: true, store: 'general' })
    const [ordinary] = toFacts('r1', given(registered, inStore, linked))
    expect(ordinary?.data).not.toHaveProperty('explosionProof')
  })

  test('zml-21-2 records whether document title and face are legible, and who looked', () => {
    const events = confirmLegibility(given(registered, inStore), { title: true, face: false }, context())
    expect(events).toMatchObject([{ data: { internal: { title: true, face: false, by: { name: '周敏' } } } }])
    const sound = { ...registered, data: { internal: { ...manifest, medium: 'audio' as const } } }
    expect(codeOf(confirmLegibility(given(sound, inStore), { title: true, face: true }, context()))).toBe(
      'wrong-state',
    )
  })
  test('zml-18-1 an interruption names its cause and where the reason is spoken', () => {
    const interruption = {
      from: manifest.madeFrom,
      to: manifest.madeTo,
      cause: 'battery' as const,
      spokenAtSeconds: 3,
    }
    const events = reportInterruption(given(registered), interruption, context())
    if (isRefusal(events)) throw new Error('refused')
    const facts = toFacts('r1', given(registered, inStore, linked, ...events))
    expect(facts.find((f) => f.name === 'recording-interrupted')?.data).toMatchObject({ spoken: true })
  })
  test('zml-18-2 a recording that could not be resumed says to whom it was reported', () => {
    const abandoned = { from: manifest.madeFrom, cause: 'storage' as const }
    expect(codeOf(reportInterruption(given(registered), abandoned, context()))).toBe('incomplete')
    const reported = { ...abandoned, abandoned: { reportedTo: '李队', reportedAt: NOW } }
    expect(codeOf(reportInterruption(given(registered), reported, context()))).toBe('accepted')
  })
  test('zml-17-1 a key point has a time or a reason why it does not apply, not both', () => {
    expect(KeyPoint.safeParse({ code: 'scene-environment' }).success).toBe(false)
    expect(KeyPoint.safeParse({ code: 'x', atSeconds: 1, notApplicable: '无' }).success).toBe(false)
    const points = [{ code: 'scene-environment', atSeconds: 2 }]
    expect(codeOf(markPoints(given(registered, inStore), { points }, context()))).toBe('accepted')
    expect(codeOf(markPoints(given(registered), { points }, context()))).toBe('wrong-state')
  })
  test('zml-27-3 copies are made by the custodian alone', () => {
    expect(canCopyRecording(person(['av-custodian']))).toBe(true)
    expect(canCopyRecording(person(['officer', 'unit-head', 'agency-head']))).not.toBe(true)
  })
})

describe('who may', () => {
  const r = given(registered)
  if (r.status === 'none') throw new Error('not registered')
  test('view: its maker, handlers of the case, heads and custodians; nobody else', () => {
    expect(canViewRecording(r, person(['officer']), false)).toBe(true)
    expect(canViewRecording(r, person(['officer'], 'p2'), true)).toBe(true)
    expect(canViewRecording(r, person(['unit-head'], 'p3'), false)).toBe(true)
    expect(canViewRecording(r, person(['officer'], 'p2'), false)).not.toBe(true)
    expect(canViewRecording(r, person(['system-admin'], 'p4'), false)).not.toBe(true)
  })
  test('register: officers and custodians', () => {
    expect(canRegisterRecording(person(['av-custodian']), 'p1')).toBe(true)
    expect(canRegisterRecording(person(['publisher']), 'p1')).not.toBe(true)
  })
  test('describe: not an officer who has nothing to do with the case', () => {
    const label = { caseNo: 'x', party: 'y', handler: 'z' }
    const stranger = context({ actor: person(['officer'], 'p2') })
    expect(codeOf(labelRecording(given(registered), label, stranger))).toBe('not-permitted')
  })
})

describe('what others read of it', () => {
  test('the law sees nothing before a scene is named, then made, stored and checked with the device times', () => {
    expect(toFacts('r1', given(registered, inStore))).toEqual([])
    const facts = toFacts('r1', given(registered, inStore, linked))
    expect(facts.map((f) => f.state)).toEqual(['made', 'stored'])
    expect(facts[0]).toMatchObject({
      kind: 'recording',
      name: 'general-enforcement',
      at: manifest.madeTo,
      from: manifest.madeFrom,
      step: 'on-site-inspection',
      ref: 'r1',
    })
  })
  test('the case event names the very bytes and the head of the recording stream', () => {
    const head = { version: 3, leafHash: 'bGVhZg==' }
    expect(caseLinkData('r1', given(registered), head)).toBeUndefined()
    expect(caseLinkData('r1', given(registered, inStore, linked), head)).toMatchObject({
      recordingId: 'r1',
      scene: 'general-enforcement',
      blob: { sha256: HASH, sizeBytes: 1000 },
      head,
    })
  })
})
