import { describe, expect, it } from 'vitest'
import { isRefusal } from '../refusal.ts'
import { ROLES, type Actor, type Role } from '../event.ts'
import type { RecordingContext } from './commands.ts'
import { RecordingEvent } from './events.ts'
import { foldRecording, isKept, type RecordingState } from './state.ts'
import { pinLine, transcribeRecording, transcriptText } from './transcript.ts'

const NOW = '2026-03-10T10:00:00+08:00'
const HASH = 'a'.repeat(64)
const at = { schemaVersion: 1 as const, occurredAt: NOW }
const person = (role: Role, personId = 'maker'): Actor => ({
  userId: `u-${personId}`,
  personId,
  name: '周敏',
  roles: [role],
  agencyId: 'zoumaling',
})
const context = (over: Partial<RecordingContext> = {}): RecordingContext => ({
  now: NOW,
  actor: person('officer'),
  handlesCase: false,
  ...over,
})
const film = (medium: 'video' | 'photo' = 'video'): readonly RecordingEvent[] =>
  [
    {
      ...at,
      type: 'RecordingRegistered',
      data: {
        internal: {
          sha256: HASH,
          sizeBytes: 10,
          fileName: 'a.mp4',
          mime: 'video/mp4',
          medium,
          device: { id: 'BWC-07' },
          officer: { personId: 'maker', name: '周敏' },
          madeFrom: '2026-03-10T09:00:00+08:00',
          madeTo: '2026-03-10T09:01:00+08:00',
        },
      },
    },
    {
      ...at,
      type: 'RecordingStored',
      data: {
        public: {
          blob: { sha256: HASH, sizeBytes: 10, mime: 'video/mp4' },
          chunkRoot: 'AAAA',
          chunkSizeBytes: 4_194_304,
          checksum: 'per-chunk',
        },
      },
    },
    {
      ...at,
      type: 'RecordingChecked',
      data: { internal: { verdict: 'playable', durationSeconds: 60, gaps: [], decoded: 'full' } },
    },
  ].map((e) => RecordingEvent.parse(e))

const after = (s: readonly RecordingEvent[], decided: ReturnType<typeof pinLine>): RecordingEvent[] => {
  if (isRefusal(decided)) throw new Error(JSON.stringify(decided.reasons))
  return [...s, ...decided.map((e) => RecordingEvent.parse(e))]
}
const kept = (s: RecordingState) => {
  if (!isKept(s)) throw new Error('kept')
  return s
}
const lines = [
  { from: 1, speaker: '周敏', text: '请出示营业执照。' },
  { from: 4, to: 6, text: '在这里。' },
]

describe('given a film, when what is heard is written down', () => {
  it('each saving is a version that says who wrote it, and the words are told of persons alone', () => {
    const once = after(film(), transcribeRecording(foldRecording(film()), { after: 0, lines }, context()))
    expect(once.at(-1)).toMatchObject({
      type: 'RecordingTranscribed',
      data: { internal: { version: 1, lines: 2, by: { name: '周敏' } }, personal: { lines } },
    })
    const [first] = lines
    const shorter = first ? [first] : []
    const twice = after(
      once,
      transcribeRecording(foldRecording(once), { after: 1, lines: shorter }, context()),
    )
    expect(kept(foldRecording(twice)).transcript).toMatchObject({
      lines: shorter,
      versions: [
        { version: 1, lines: 2 },
        { version: 2, lines: 1 },
      ],
    })
    expect(transcribeRecording(foldRecording(twice), { after: 2, lines: shorter }, context())).toEqual([])
  })
  it('nobody writes over what another has just saved', () => {
    const once = after(film(), transcribeRecording(foldRecording(film()), { after: 0, lines }, context()))
    expect(transcribeRecording(foldRecording(once), { after: 0, lines: [] }, context())).toMatchObject({
      code: 'stale-version',
    })
  })
  it.each([
    [
      'goes back',
      [
        { from: 5, text: 'a' },
        { from: 4, text: 'b' },
      ],
      '第2行的开始时间早于第1行',
    ],
    ['ends before it begins', [{ from: 5, to: 4, text: 'a' }], '结束时间早于开始时间'],
    ['lies behind the end of the film', [{ from: 90, text: 'a' }], '超出这段音像的长度'],
  ])('a line that %s is refused with what to do', (_what, wrong, message) => {
    const said = transcribeRecording(foldRecording(film()), { after: 0, lines: wrong }, context())
    expect(said).toMatchObject({ reasons: [{ message: expect.stringContaining(message) }] })
  })
  it('a photo has nothing to write down', () => {
    expect(transcribeRecording(foldRecording(film('photo')), { after: 0, lines }, context())).toMatchObject({
      code: 'wrong-state',
    })
  })
  it('its maker, the handlers of the case and a custodian do it, and nobody else', () => {
    const may = (actor: Actor, handlesCase = false): boolean =>
      !isRefusal(
        transcribeRecording(foldRecording(film()), { after: 0, lines }, context({ actor, handlesCase })),
      ) &&
      !isRefusal(
        pinLine(
          foldRecording(film()),
          { documentId: 'd', line: 1, atSeconds: 3 },
          context({ actor, handlesCase }),
        ),
      )
    for (const role of ROLES) expect(may(person(role, 'other')), role).toBe(role === 'av-custodian')
    expect(may(person('officer'))).toBe(true)
    expect(may(person('officer', 'other'), true)).toBe(true)
  })
  it('reads on paper as lines with their stretch of time and who speaks', () => {
    expect(transcriptText(lines)).toBe('00:00:01 周敏：请出示营业执照。\n00:00:04—00:00:06 在这里。')
  })
})

describe('given a film, when somebody hears where a line of a record is spoken', () => {
  const pin = { documentId: 'd1', line: 2, atSeconds: 12.5 }
  it('the line stands there and says who heard it, until it is heard elsewhere or taken back', () => {
    const once = after(film(), pinLine(foldRecording(film()), pin, context()))
    expect(kept(foldRecording(once)).pins).toMatchObject([{ ...pin, by: '周敏' }])
    const moved = after(once, pinLine(foldRecording(once), { ...pin, atSeconds: 14 }, context()))
    expect(kept(foldRecording(moved)).pins).toMatchObject([{ line: 2, atSeconds: 14 }])
    const gone = after(moved, pinLine(foldRecording(moved), { documentId: 'd1', line: 2 }, context()))
    expect(kept(foldRecording(gone)).pins).toEqual([])
    expect(pinLine(foldRecording(gone), { documentId: 'd1', line: 2 }, context())).toEqual([])
  })
  it('a second behind the end of the film is refused', () => {
    const wrong = pinLine(foldRecording(film()), { ...pin, atSeconds: 63 }, context())
    expect(wrong).toMatchObject({ reasons: [{ message: expect.stringContaining('超出') }] })
  })
})

it('words and places stay as they were once the film was destroyed according to law', () => {
  const gone = { batchId: 'b', number: '销〔2026〕1号' }
  const s = foldRecording([
    ...film(),
    RecordingEvent.parse({ ...at, type: 'RecordingDestroyed', data: { internal: gone } }),
  ])
  const written = transcribeRecording(s, { after: 0, lines: [{ from: 1, text: '改写' }] }, context())
  const pinned = pinLine(s, { documentId: 'd', line: 1, atSeconds: 2 }, context())
  for (const refused of [written, pinned])
    expect(isRefusal(refused) && refused.reasons[0]?.message).toContain('已依法销毁')
})
