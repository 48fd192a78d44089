import { linkRecording, registerRecording } from '@liuhen/api/routes/recordings'
import { assignHandlers, registerLead } from '@liuhen/api/routes/cases'
import { listPeople } from '@liuhen/api/routes/people'
import type { Manifest } from '@liuhen/domain/recording/events'
import { describeFile, uploadFile } from '../../apps/cli/src/upload-client.ts'
import type { Session } from '../../apps/cli/src/api-session.ts'
import { corpusClip } from '../media-corpus.ts'
import { sessionOf } from './visit.ts'

const OFFICER = '李卫东'

const PARTNER = '王晓燕'

const idOf = async (session: Session, name: string): Promise<string> => {
  const { items } = await session.call(listPeople, { query: {} })
  const found = items.find((p) => p.name === name)
  if (found === undefined) throw new Error(`the demonstration has ${name}`)
  return found.id
}

/** A lead of the demonstration's officer, for films of its own. */
export const openLead = async (title: string): Promise<string> => {
  const head = await sessionOf('unitHead')
  const { id = '' } = await head.call(registerLead, {
    body: {
      procedure: 'penalty-ordinary',
      source: 'inspection',
      receivedAt: '2026-03-09T09:00:00+08:00',
      title,
      summary: '巡查发现占道经营。',
    },
  })
  const personIds = await Promise.all([OFFICER, PARTNER].map((name) => idOf(head, name)))
  await head.call(assignHandlers, { params: { id }, body: { personIds } })
  return id
}

type Film = Readonly<{ clip: string; from: string; to: string; device: Manifest['device'] }>

/** Taken in and filed under the case; answers the recording's id. */
export const fileFilm = async (caseId: string, film: Film): Promise<string> => {
  const officer = await sessionOf('officer')
  const path = await corpusClip(film.clip)
  const { id = '' } = await officer.call(registerRecording, {
    body: {
      ...(await describeFile(path)),
      fileName: `${film.device.id}.mp4`,
      mime: 'video/mp4',
      medium: 'video',
      device: film.device,
      officer: { personId: await idOf(officer, OFFICER), name: OFFICER, certNo: '42011201001' },
      madeFrom: film.from,
      madeTo: film.to,
    },
  })
  const headers = { cookie: officer.cookie(), origin: officer.baseUrl }
  await uploadFile({ baseUrl: officer.baseUrl, headers, recordingId: id, path })
  const body = { caseId, step: 'lead', scene: 'general-enforcement' }
  await officer.call(linkRecording, { params: { id }, body })
  return id
}
