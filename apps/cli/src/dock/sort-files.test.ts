import { beforeAll, describe, expect, test } from 'vitest'
import { loadProfiles, type Profile } from './profile.ts'
import { deviceOf, foundOf } from './sort-files.ts'

let recorder: Profile
let camera: Profile
beforeAll(async () => {
  const profiles = await loadProfiles()
  const [r, c] = [profiles.get('officer-serial-time'), profiles.get('camera')]
  if (!r || !c) throw new Error('both profiles are shipped')
  recorder = r
  camera = c
})

const file = (path: string, more = {}) => ({
  path,
  sizeBytes: 100,
  birthAt: '2026-03-10T01:40:00Z',
  modifiedAt: '2026-03-10T01:45:00Z',
  ...more,
})
const FILM = '42011200001_BWC-07_20260310093000.mp4'

describe('a file on a card', () => {
  test('is a recording from the time in its name to its last change', () => {
    expect(foundOf(recorder, file(FILM), 'BWC-07')).toEqual({
      mime: 'video/mp4',
      medium: 'video',
      madeFrom: '2026-03-10T09:30:00+08:00',
      madeTo: '2026-03-10T01:45:00Z',
      officerNo: '42011200001',
    })
  })

  test('of one session carries its number', () => {
    const second = foundOf(recorder, file(FILM.replace('.mp4', '_2.mp4')), 'BWC-07')
    expect(second).toMatchObject({ session: { id: 'BWC-07 2026-03-10T09:30:00+08:00', segment: 2 } })
  })

  test('of a camera is dated by the file system; a picture has one moment', () => {
    const picture = foundOf(camera, file('DCIM/100MEDIA/IMG_0001.JPG'), 'C1')
    expect(picture).toMatchObject({ madeFrom: '2026-03-10T01:45:00Z', madeTo: '2026-03-10T01:45:00Z' })
    const film = foundOf(camera, file('DCIM/100MEDIA/MOV_0001.MP4'), 'C1')
    expect(film).toMatchObject({ madeFrom: '2026-03-10T01:40:00Z', madeTo: '2026-03-10T01:45:00Z' })
  })

  test('is set aside when it is empty, of another device, or nobody can tell its beginning', () => {
    expect(foundOf(recorder, file(FILM, { sizeBytes: 0 }), 'BWC-07')).toMatchObject({ aside: 'empty' })
    expect(foundOf(recorder, file(FILM), 'BWC-08')).toMatchObject({ aside: 'other-device' })
    const early = file(FILM, { modifiedAt: '2026-03-10T01:00:00Z' })
    expect(foundOf(recorder, early, 'BWC-07')).toMatchObject({ aside: 'bad-time' })
    expect(foundOf(recorder, file('会议.mp4'), 'BWC-07')).toMatchObject({ aside: 'unknown-name' })
  })
})

test('the device is the one that most names tell of', () => {
  const files = [FILM, FILM.replace('093000', '094000'), FILM.replace('07', '08'), 'x.txt'].map((p) =>
    file(p),
  )
  expect(deviceOf(recorder, files)).toBe('BWC-07')
  expect(deviceOf(camera, [file('DCIM/100MEDIA/IMG_0001.JPG')])).toBeUndefined()
})
