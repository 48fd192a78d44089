import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '../event.ts'
import { isRefusal } from '../refusal.ts'
import { canSeeDocking } from './can.ts'
import * as decide from './commands.ts'
import { CardPath, DockingEvent, type VerifiedCopy } from './events.ts'
import { evolveDocking, foldDocking, initialDocking, isUnresolved, type DockingState } from './state.ts'

const NOW = '2026-03-10T18:00:00+08:00'
const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const EMPTY = 'e'.repeat(64)

const actor = (...roles: Role[]): Actor => ({
  userId: 'u',
  personId: 'p',
  name: '钱保管',
  roles,
  agencyId: 'x',
})
const by = (...roles: Role[]) => ({ now: NOW, actor: actor(...roles) })
const custodian = by('av-custodian')

const file = (path: string, sizeBytes: number) => ({
  path,
  sizeBytes,
  modifiedAt: '2026-03-10T09:30:00+08:00',
})
const list: decide.BeginDocking = {
  station: '一楼采集站',
  deviceId: 'BWC-07',
  profile: 'officer-serial-time',
  files: [file('a.mp4', 1000), file('b.dat', 20), file('empty.mp4', 0)],
}
const film = { path: 'a.mp4', sha256: A, recordingId: 'r1' }
const odd = {
  path: 'b.dat',
  sha256: B,
  reason: 'unknown-name' as const,
  note: '文件名不符合“警号_序列号_时间”',
}
const empty = { path: 'empty.mp4', sha256: EMPTY, reason: 'empty' as const, note: '空文件' }

const after = (s: DockingState, ruled: ReturnType<typeof decide.beginDocking>): DockingState => {
  if (isRefusal(ruled)) throw new Error(ruled.reasons[0]?.message ?? ruled.code)
  return ruled.map((e) => DockingEvent.parse(e)).reduce<DockingState>((d, e) => evolveDocking(d, e, 'u'), s)
}
const codeOf = (d: unknown) => (isRefusal(d) ? d.code : 'accepted')
const said = (d: unknown) => (isRefusal(d) ? (d.reasons[0]?.message ?? '') : '')

const begun = after(initialDocking, decide.beginDocking(initialDocking, list, custodian))
const sorted = after(begun, decide.sortFiles(begun, [film, odd, empty], custodian))
const blob = { sha256: B, sizeBytes: 20, mime: 'application/octet-stream' }
const keptAll = after(sorted, decide.keepAside(sorted, { path: 'b.dat', blob, uploadId: 'u1' }, NOW))
const complete = after(keptAll, decide.completeDocking(keptAll, new Set(['r1']), custodian))

const copy = (store: string): VerifiedCopy => ({ store, verifiedAt: NOW })
const both = [copy('main'), copy('second')]

describe('a docking', () => {
  test('begins with the list of the card, by an officer or a custodian', () => {
    expect(begun).toMatchObject({ status: 'open', deviceId: 'BWC-07', files: [{ as: 'listed' }, {}, {}] })
    expect(codeOf(decide.beginDocking(initialDocking, list, by('officer')))).toBe('accepted')
    expect(codeOf(decide.beginDocking(initialDocking, list, by('publisher')))).toBe('not-permitted')
    expect(codeOf(decide.beginDocking(begun, list, custodian))).toBe('duplicate')
  })

  test('goes on with whoever began it, or a custodian, and with nobody else', () => {
    const other = { now: NOW, actor: { ...actor('officer'), userId: 'other' } }
    expect(codeOf(decide.sortFiles(begun, [film], by('officer')))).toBe('accepted')
    expect(codeOf(decide.sortFiles(begun, [film], other))).toBe('not-permitted')
    expect(codeOf(decide.completeDocking(keptAll, new Set(['r1']), other))).toBe('not-permitted')
    expect(canSeeDocking('u', other.actor)).not.toBe(true)
    expect(canSeeDocking('u', by('officer').actor)).toBe(true)
    expect(canSeeDocking('u', { ...actor('supervisor'), userId: 'other' })).toBe(true)
  })

  test('takes a reading of the clock that comes later, once, while files are still to be registered', () => {
    const clock = { offsetMs: 500, uncertaintyMs: 1500, by: 'display' as const, readAt: NOW }
    const read = after(begun, decide.readClock(begun, clock, custodian))
    expect(read).toMatchObject({ clock })
    expect(decide.readClock(read, clock, custodian)).toEqual([])
    expect(decide.readClock(complete, clock, custodian)).toEqual([])
  })

  test('takes a list whose paths stay inside the card, each once', () => {
    for (const path of ['../x', '/x', 'a//b', 'a/../b', ''])
      expect(CardPath.safeParse(path).success).toBe(false)
    expect(CardPath.safeParse('DCIM/100/a b.mp4').success).toBe(true)
    const twice = { ...list, files: [file('a', 1), file('a', 2)] }
    expect(decide.BeginDocking.safeParse(twice).success).toBe(false)
    expect(decide.BeginDocking.safeParse({ ...list, files: [] }).success).toBe(false)
  })

  test('knows of each file what became of it', () => {
    expect(sorted).toMatchObject({
      files: [
        { as: 'recording', recordingId: 'r1' },
        { as: 'aside', kept: false },
        { as: 'aside', kept: true },
      ],
    })
    if (sorted.status === 'none') throw new Error('a docking')
    expect(sorted.files.filter(isUnresolved).map((f) => f.path)).toEqual(['b.dat'])
  })

  test('leaves out what came before, and refuses a file whose content changed or that is not on the list', () => {
    expect(decide.sortFiles(sorted, [film, odd], custodian)).toEqual([])
    expect(codeOf(decide.sortFiles(sorted, [{ ...film, sha256: B }], custodian))).toBe('bad-evidence')
    expect(codeOf(decide.sortFiles(sorted, [{ ...film, path: 'c.mp4' }], custodian))).toBe('not-found')
  })

  test('is complete only when every file is kept, and names one that is not', () => {
    expect(codeOf(decide.completeDocking(begun, new Set(), custodian))).toBe('incomplete')
    expect(said(decide.completeDocking(keptAll, new Set(), custodian))).toContain('a.mp4')
    expect(said(decide.completeDocking(sorted, new Set(['r1']), custodian))).toContain('b.dat')
    expect(complete).toMatchObject({ status: 'completed', completedAt: NOW })
    expect(foldDocking([])).toBe(initialDocking)
  })

  test('keeps the bytes of a file that was set aside once, however often they are stored', () => {
    expect(decide.keepAside(keptAll, { path: 'b.dat', blob, uploadId: 'u2' }, NOW)).toEqual([])
    expect(codeOf(decide.keepAside(keptAll, { path: 'a.mp4', blob, uploadId: 'u2' }, NOW))).toBe('not-found')
    const rejected = decide.rejectAside(sorted, { path: 'b.dat', uploadId: 'u1', received: A }, NOW)
    expect(after(sorted, rejected)).toEqual(sorted)
  })

  test('lets the custodian alone say what a file is that was set aside, once its bytes are kept', () => {
    const stays = { path: 'b.dat', stays: '设备日志' }
    expect(codeOf(decide.resolveAside(keptAll, stays, by('officer')))).toBe('not-permitted')
    expect(codeOf(decide.resolveAside(sorted, stays, custodian))).toBe('wrong-state')
    const nothing = { path: 'empty.mp4', recordingId: 'r2' }
    expect(codeOf(decide.resolveAside(keptAll, nothing, custodian))).toBe('wrong-state')
    const done = after(keptAll, decide.resolveAside(keptAll, stays, custodian))
    expect(done.status !== 'none' && done.files.filter(isUnresolved)).toEqual([])
    expect(codeOf(decide.resolveAside(done, stays, custodian))).toBe('duplicate')
  })
})

describe('a device', () => {
  const copies = new Map([
    [A, both],
    [B, both],
  ])
  test('is cleared with a receipt that names every file and where it was read back in two stores', () => {
    const cleared = after(complete, decide.clearDevice(complete, { copies, stores: 2 }, custodian))
    expect(cleared).toMatchObject({
      status: 'cleared',
      receipt: [
        { path: 'a.mp4', sha256: A, copies: both },
        { path: 'b.dat', sha256: B, copies: both },
        { path: 'empty.mp4', sizeBytes: 0 },
      ],
    })
    expect(codeOf(decide.clearDevice(cleared, { copies, stores: 2 }, custodian))).toBe('duplicate')
  })

  test('is not cleared while one file lies in one store only, nor when the two copies are of one store', () => {
    for (const short of [[copy('main')], [copy('main'), copy('main')], []]) {
      const some = new Map([...copies, [B, short]])
      expect(said(decide.clearDevice(complete, { copies: some, stores: 2 }, custodian))).toContain('b.dat')
    }
  })

  test('is never cleared by a system with one store, which says so', () => {
    expect(said(decide.clearDevice(complete, { copies, stores: 1 }, custodian))).toContain('只有一处存储')
  })

  test('is not cleared before the docking is complete, nor by an officer', () => {
    expect(codeOf(decide.clearDevice(keptAll, { copies, stores: 2 }, custodian))).toBe('wrong-state')
    expect(codeOf(decide.clearDevice(complete, { copies, stores: 2 }, by('officer')))).toBe('not-permitted')
  })
})
