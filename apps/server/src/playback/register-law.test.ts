import type { Actor, Role } from '@liuhen/domain/event'
import type { Manifest, RecordingEvent, Stored } from '@liuhen/domain/recording/events'
import { confirmPlayback, type PlaybackContext } from '@liuhen/domain/recording/playback'
import { foldRecording, type RecordingState } from '@liuhen/domain/recording/state'
import { isRefusal } from '@liuhen/domain/refusal'
import { describe, expect, test } from 'vitest'
import { realLaw } from '../../../../test/law/real-law.ts'
import { playbackRegisterLaw } from './register-law.ts'

const now = '2026-03-11T02:00:00Z'
const person = (personId: string, role: Role): Actor => ({
  userId: personId,
  name: personId,
  personId,
  roles: [role],
  agencyId: '110106001',
})
const maker = person('li', 'officer')
const keeper = person('qian', 'av-custodian')

const manifest: Manifest = {
  sha256: 'a'.repeat(64),
  sizeBytes: 10,
  fileName: 'a.mp4',
  mime: 'video/mp4',
  medium: 'video',
  device: { id: 'D1' },
  officer: { personId: 'li', name: '李四', certNo: '京-1' },
  madeFrom: '2026-03-10T15:00:00+08:00',
  madeTo: '2026-03-10T16:40:00+08:00',
}
const stored: Stored = {
  blob: { sha256: manifest.sha256, sizeBytes: 10, mime: 'video/mp4' },
  chunkRoot: '',
  chunkSizeBytes: 4,
  checksum: 'per-chunk',
}
const happened = (m: Manifest, more: readonly RecordingEvent[] = []): RecordingState => {
  const at = { schemaVersion: 1, occurredAt: now } as const
  return foldRecording([
    { ...at, type: 'RecordingRegistered', data: { internal: m } },
    { ...at, type: 'RecordingStored', data: { public: stored } },
    ...more,
  ])
}
const under = (base: string, actor: Actor, watchedSeconds?: number): PlaybackContext => ({
  now,
  actor,
  handlesCase: false,
  watchedSeconds,
  againstEntry: playbackRegisterLaw(realLaw(), { base, overlays: [], settings: {} }, now),
})
const plays = { playable: true }
const events = (d: ReturnType<typeof confirmPlayback>): RecordingEvent[] => {
  if (isRefusal(d)) throw new Error(d.reasons[0]?.message)
  return [...d]
}
const types = (d: ReturnType<typeof confirmPlayback>) => events(d).map((e) => e.type)

describe('where the texts ask for two who look', () => {
  const ask = (actor: Actor, state: RecordingState) =>
    confirmPlayback('v1', state, plays, under('fengtai', actor, 9))

  test('ft-23-4 ft-23-5 one of them enters nothing; with the second the entry is made by itself', () => {
    const first = ask(keeper, happened(manifest))
    expect(types(first)).toEqual(['RecordingPlaybackConfirmed'])
    const second = ask(maker, happened(manifest, events(first)))
    expect(types(second)).toEqual(['RecordingPlaybackConfirmed', 'RecordingLedgered'])
    expect(events(second)[1]).toMatchObject({
      data: { internal: { officer: '李四', certNo: '京-1', date: '2026-03-10', period: '15:00—16:40' } },
    })
  })

  test('ft-23-6 an officer without a certificate number is not entered', () => {
    const { certNo: _, ...officer } = manifest.officer
    const nameless = { ...manifest, officer }
    const first = events(ask(keeper, happened(nameless)))
    expect(types(ask(maker, happened(nameless, first)))).toEqual(['RecordingPlaybackConfirmed'])
  })

  test('ft-23-4 who finds that it does not play keeps it out, until the same person takes it back', () => {
    const no = confirmPlayback(
      'v1',
      happened(manifest),
      { playable: false, note: '没有声音' },
      under('fengtai', keeper, 0),
    )
    const then = happened(manifest, events(no))
    const yes = events(ask(maker, then))
    expect(yes.map((e) => e.type)).toEqual(['RecordingPlaybackConfirmed'])
    expect(types(ask(keeper, happened(manifest, [...events(no), ...yes])))).toEqual([
      'RecordingPlaybackConfirmed',
      'RecordingLedgered',
    ])
  })
})

test('where no text asks for two, one look is enough; an entry is made once', () => {
  const first = confirmPlayback('v1', happened(manifest), plays, under('zoumaling', keeper, 9))
  expect(types(first)).toEqual(['RecordingPlaybackConfirmed', 'RecordingLedgered'])
  const again = confirmPlayback('v1', happened(manifest, events(first)), plays, under('zoumaling', maker, 9))
  expect(types(again)).toEqual(['RecordingPlaybackConfirmed'])
})

describe('nobody vouches for what was not looked at', () => {
  test.each([undefined, 0, 2.9])('after %s seconds', (seconds) => {
    expect(
      confirmPlayback('v1', happened(manifest), plays, under('zoumaling', keeper, seconds)),
    ).toMatchObject({
      code: 'incomplete',
    })
  })
  test('a photo needs to be opened only', () => {
    const photo = happened({ ...manifest, medium: 'photo' })
    expect(isRefusal(confirmPlayback('v1', photo, plays, under('zoumaling', keeper)))).toBe(true)
    expect(isRefusal(confirmPlayback('v1', photo, plays, under('zoumaling', keeper, 0)))).toBe(false)
  })
  test('that it does not play wants a word why', () => {
    const no = confirmPlayback('v1', happened(manifest), { playable: false }, under('zoumaling', keeper, 0))
    expect(no).toMatchObject({ code: 'incomplete', reasons: [{ message: '不能正常回放的，须写明情况。' }] })
  })
  test('another officer is told who says it', () => {
    const other = person('wang', 'officer')
    const context = { ...under('zoumaling', other, 9), handlesCase: true }
    expect(confirmPlayback('v1', happened(manifest), plays, context)).toMatchObject({ code: 'not-permitted' })
  })
})
