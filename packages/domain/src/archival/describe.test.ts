import { readdirSync, readFileSync } from 'node:fs'
import { describe as group, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CaseEventData } from '../case/events.ts'
import type { DocumentState } from '../document/state.ts'
import type { OpenCase } from '../case/state.ts'
import type { KeptRecording } from '../recording/state.ts'
import { describe, findElement, type Known } from './describe.ts'
import type { Act, CaseOfObject } from './known-case.ts'
import { knownOfDocument } from './known-document.ts'
import { knownOfRecording } from './known-recording.ts'
import { ArchivalScheme, type SchemeElement } from './scheme.ts'

const FOLDER = new URL('../../../../law/archival/', import.meta.url)
const schemes = readdirSync(FOLDER).map((name) =>
  ArchivalScheme.parse(parse(readFileSync(new URL(name, FOLDER), 'utf8'))),
)
const all = (elements: readonly SchemeElement[]): readonly SchemeElement[] =>
  elements.flatMap((e) => [e, ...all(e.of ?? [])])

const officer = { personId: 'p1', name: '李伟东' }
const AT = '2026-04-20T10:00:00+08:00'
const act: Act = {
  id: 'e1',
  act: '草拟',
  at: AT,
  detail: '提交文书',
  by: { id: 'p1', name: '李伟东', isPerson: true },
}

const state: OpenCase = {
  kind: 'open',
  leadNo: '案源〔2026〕3号',
  caseNo: '走街立〔2026〕3号',
  procedure: 'p',
  law: { base: 'zoumaling', overlays: [], settings: {} },
  receivedAt: AT,
  title: '王小明占用消防通道案',
  summary: '',
  party: { kind: 'person', name: '王小明' },
  handlers: [officer],
  flags: [],
  steps: {},
  begun: {},
  documents: {},
  recordings: [],
  facts: [],
  withdrawn: [],
  packages: [],
  archive: { archiveNo: '20260001', keptUntil: '2056-04-20', why: '', at: AT },
  file: [
    { no: 4, title: '', audience: 'main', pageFrom: 5, pageTo: 8, documentId: 'd1', sha256: '' },
    { no: 9, title: '', audience: 'main', pageFrom: 0, pageTo: 0, recordingId: 'r1', sha256: '' },
  ],
}
const sha = 'a'.repeat(64)
const paper: DocumentState = {
  id: 'd1',
  type: 't',
  step: 's',
  version: 1,
  status: 'issued',
  about: 'd0',
  data: {},
  dataHash: '',
  submittedAt: AT,
  submittedBy: officer,
  approvals: [],
  signatures: [],
  number: '走街罚决〔2026〕3号',
  issuedOn: '2026-04-20',
  issuedAt: AT,
  pdf: {
    blob: { sha256: sha, sizeBytes: 9, mime: 'application/pdf' },
    pages: 4,
    sealing: {
      unsealed: { sha256: sha, sizeBytes: 1 },
      seals: [{ by: 'agency', algorithm: 'rsa-sha256', certificate: sha, range: [0, 10, 20, 5] }],
    },
  },
  served: [{ no: 0, mode: 'direct', at: AT, recipient: '王小明', by: [] }],
  retracted: [],
}
const ofCase: CaseOfObject = { state, agency: { id: 'a', name: '走马岭街道办事处', code: '1142' } }
const packed = {
  name: '正卷/001-甲.pdf',
  title: '甲',
  volume: 'main',
  pages: 4,
  sha256: sha,
  sizeBytes: 9,
} as const
const document = knownOfDocument(ofCase, paper, packed, [act])

const film: KeptRecording = {
  status: 'checked',
  manifest: {
    sha256: sha,
    sizeBytes: 7,
    fileName: 'c1.mp4',
    mime: 'video/mp4',
    medium: 'video',
    device: { id: 'c1', name: '一号机' },
    officer: { ...officer, certNo: '01' },
    madeFrom: AT,
    madeTo: AT,
  },
  registeredAt: AT,
  interruptions: [],
  rejected: [],
  stored: {
    blob: { sha256: sha, sizeBytes: 7, mime: 'video/mp4', sm3: sha },
    chunkRoot: '',
    chunkSizeBytes: 1,
    checksum: 're-read',
  },
  storedAt: AT,
  points: [],
  labels: { caseNo: '走街立〔2026〕3号', handler: '李伟东', party: '王小明', at: AT },
  checkedAt: AT,
  check: {
    verdict: 'playable',
    durationSeconds: 3661,
    container: 'mov,mp4',
    video: { codec: 'h264', width: 1920, height: 1080, fps: 25 },
    audio: { codec: 'aac' },
    frames: { read: 91525 },
    photo: { device: 'X', latitude: 30.6, longitude: 114.1 },
    writtenBy: '剪辑程序',
    gaps: [],
    decoded: 'full',
  },
}
const packedFilm = {
  name: '001-检查.mp4',
  title: '检查',
  recordingId: 'r1',
  sha256: sha,
  sizeBytes: 7,
  mime: 'video/mp4',
  from: AT,
  to: AT,
}
const recording = knownOfRecording(ofCase, film, packedFilm, [act])

const knownFor = (scheme: ArchivalScheme): Known => (scheme.of.includes('document') ? document : recording)
const schemeOf = (standard: string): ArchivalScheme => {
  const found = schemes.find((s) => s.standard.startsWith(standard))
  if (found === undefined) throw new Error(standard)
  return found
}

group.each(schemes.map((s) => [s.standard, s] as const))('%s', (_, scheme) => {
  test('asks for no fact that nobody tells', () => {
    const known = knownFor(scheme)
    const asked = (elements: readonly SchemeElement[], at: Known): string[] =>
      elements.flatMap((e) => {
        const list = e.each === undefined ? undefined : at[e.each]
        const inner = Array.isArray(list) ? ((list as readonly Known[])[0] ?? {}) : at
        const own = e.from !== undefined && inner[e.from] === undefined ? [`${e.name}: ${e.from}`] : []
        return [...own, ...asked(e.of ?? [], inner), ...(e.each !== undefined && !list ? [`${e.each}`] : [])]
      })
    expect(asked(scheme.elements, known)).toEqual([])
  })

  test('numbers its elements upwards, each once', () => {
    const numbers = all(scheme.elements).flatMap((e) => (e.no === undefined ? [] : [Number(e.no.slice(1))]))
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
  })

  test('says what the record holds, in its own order, and lacks nothing that it wants', () => {
    const { elements, lacking } = describe(scheme, knownFor(scheme))
    expect(lacking).toEqual([])
    const order = scheme.elements.map((e) => e.name)
    const places = elements.map((e) => order.indexOf(e.name))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })

  test('names only events that there are', () => {
    expect(Object.keys(scheme.acts ?? {}).filter((type) => !(type in CaseEventData))).toEqual([])
  })
})

test('DA/T 46 has all of its 88 elements', () => {
  const numbers = all(schemeOf('DA/T 46').elements).flatMap((e) => e.no ?? [])
  expect(numbers).toEqual(Array.from({ length: 88 }, (_, i) => `M${i + 1}`))
})

test('a paper is told by the file that it lies in', () => {
  const { elements } = describe(schemeOf('DA/T 46'), document)
  const said = (no: string) => findElement(elements, no)?.text
  expect(['M11', 'M12', 'M15', 'M17', 'M20'].map(said)).toEqual(['2026', '30年', '20260001-正卷', '4', '5-8'])
  // The record has no such thing: nothing is made up.
  for (const no of ['M3', 'M9', 'M26', 'M34', 'M37', 'M53']) expect([no, said(no)]).toEqual([no, undefined])
})

test('before archiving the number of the file is waited for, and nothing else', () => {
  const { archive: _, ...open } = state
  const known = knownOfDocument({ ...ofCase, state: open }, paper, packed, [act])
  const { lacking, untilArchived } = describe(schemeOf('DA/T 46'), known)
  expect(lacking).toEqual(['M11 年度', 'M12 保管期限'])
  expect(untilArchived).toEqual(lacking)
})

test('what a scheme wants and the record lost is named', () => {
  const { issuedOn: _, ...undated } = paper
  const known = knownOfDocument(ofCase, undated, packed, [act])
  expect(describe(schemeOf('DA/T 46'), known)).toMatchObject({ lacking: ['M33 日期'], untilArchived: [] })
})

test('a recording is kept as long as its file, and says how long it lasts', () => {
  const said = JSON.stringify(describe(schemeOf('DA/T 63'), recording).elements)
  for (const text of ['01:01:01', '1920×1080', '李伟东（执法证号 01）', '20260001-正卷-9', '当事人：王小明'])
    expect(said).toContain(text)
})
