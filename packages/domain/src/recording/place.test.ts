import { describe, expect, test } from 'vitest'
import { metresBetween, readIso6709 } from './place.ts'
import { placeOf } from './place-of.ts'
import type { KnownRecording } from './state.ts'

const HERE = { latitude: 30.5867, longitude: 114.3156 }

describe('a place that a film says of itself', () => {
  test('is read with and without a height', () => {
    expect(readIso6709('+30.5867+114.3156/')).toEqual(HERE)
    expect(readIso6709('+30.5867+114.3156+021.300/')).toEqual(HERE)
    expect(readIso6709('-33.8688-070.5/')).toEqual({ latitude: -33.8688, longitude: -70.5 })
  })
  test('is none where it cannot be one, and where a receiver had no fix', () => {
    for (const text of ['', 'Wuhan', '+95.0+114.3/', '+30.5', '+00.0000+000.0000/'])
      expect(readIso6709(text)).toBeUndefined()
  })
})

describe('the distance of two places', () => {
  test('is that along the ground', () => {
    expect(metresBetween(HERE, HERE)).toBe(0)
    const degreeNorth = { ...HERE, latitude: HERE.latitude + 0.001 }
    expect(metresBetween(HERE, degreeNorth)).toBeCloseTo(111.2, 0)
    const acrossTheDateLine = metresBetween(
      { latitude: 0, longitude: 179.9995 },
      { latitude: 0, longitude: -179.9995 },
    )
    expect(acrossTheDateLine).toBeCloseTo(111.2, 0)
  })
})

describe('where a recording was made', () => {
  const manifest = {
    sha256: '0'.repeat(64),
    sizeBytes: 1,
    fileName: 'a.jpg',
    mime: 'image/jpeg',
    medium: 'photo' as const,
    device: { id: 'D' },
    officer: { personId: 'p', name: '王建国' },
    madeFrom: '2026-03-10T10:00:00+08:00',
    madeTo: '2026-03-10T10:00:00+08:00',
  }
  const place = { ...HERE, accuracyMetres: 12, source: 'phone' as const }
  const common = { registeredAt: manifest.madeTo, interruptions: [], rejected: [] }
  const announced: KnownRecording = { status: 'registered', manifest: { ...manifest, place }, ...common }
  const checked = (photo: { latitude?: number; longitude?: number }): KnownRecording => ({
    ...announced,
    status: 'checked',
    stored: {
      blob: { sha256: manifest.sha256, sizeBytes: 1, mime: manifest.mime },
      chunkRoot: '',
      chunkSizeBytes: 1,
      checksum: 're-read',
    },
    storedAt: manifest.madeTo,
    points: [],
    check: { verdict: 'playable', gaps: [], decoded: 'full', photo },
    checkedAt: manifest.madeTo,
  })

  test('is what the phone said as long as the file has not been read', () => {
    expect(placeOf(announced)).toEqual(place)
  })
  test('is what the file says, whatever was said of it', () => {
    const inFile = { latitude: 30.6, longitude: 114.4 }
    expect(placeOf(checked(inFile))).toEqual({ ...inFile, source: 'file' })
  })
  test('is not half a place, and not zero and zero', () => {
    expect(placeOf(checked({ latitude: 30.6 }))).toEqual(place)
    expect(placeOf(checked({ latitude: 0, longitude: 0 }))).toEqual(place)
  })
})
