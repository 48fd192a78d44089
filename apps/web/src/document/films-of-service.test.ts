import { describe, expect, it } from 'vitest'
import { filmsOfService } from './films-of-service.ts'

type Film = Parameters<typeof filmsOfService>[0][number]

const film = (id: string, from: string, to: string): Film => ({
  id,
  from: `2026-03-19T${from}:00+08:00`,
  to: `2026-03-19T${to}:00+08:00`,
  scene: 'a',
  sceneName: 'a',
  step: 'a',
  medium: 'video',
  mime: 'video/mp4',
  sha256: '',
  sizeBytes: 1,
  playable: 'playable',
  view: true,
  shows: [],
  watch: true,
  unwatched: [],
})

const films = [film('inspection', '08:00', '08:20'), film('service', '09:55', '10:05')]
const ids = (of: readonly Film[]) => of.map((f) => f.id)

describe('the films of a service', () => {
  it('are those around it', () => {
    const { near, others } = filmsOfService(films, '2026-03-19T10:00:00+08:00')
    expect([ids(near), ids(others)]).toEqual([['service'], ['inspection']])
  })
  it('are none while its time is not said', () => {
    expect(filmsOfService(films, undefined).near).toEqual([])
    expect(filmsOfService(films, '昨天').near).toEqual([])
  })
})
