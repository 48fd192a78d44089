import { join } from 'node:path'
import { getCase } from '@liuhen/api/routes/cases'
import {
  confirmLegibility,
  labelRecording,
  linkRecording,
  registerRecording,
} from '@liuhen/api/routes/recordings'
import { describeFile, uploadFile } from '../upload-client.ts'
import { type Play, as, idsOf } from './play.ts'

const CLIPS = join(import.meta.dirname, '../../assets/demo')

export type Clip = Readonly<{
  clip: string
  step: string
  scene: string
  from: string
  to: string
  /** The custodian plays it back and confirms that title and face can be made out (zml-21-2). */
  legible?: boolean
  /** What the texts of the case want said beside case, party and handler. */
  details?: Readonly<Record<string, string>>
  /** A camera that is fixed to the room. */
  fixed?: boolean
  /** Number of the recorder; two at one time see from two sides. */
  device?: string
  /** The registered fact that it shows. */
  about?: string
}>

const OWN_LABELS: readonly string[] = ['caseNo', 'party', 'handler']

/** As from a docked recorder: registered with its hash, sent in checked chunks, linked to case and step, labelled (zml-25-3). */
export const record = async (p: Play, c: Clip): Promise<string> => {
  const device = c.device ?? '07'
  const path = join(CLIPS, `${c.clip}.mp4`)
  const officer = as(p, 'officer')
  const { handlers } = await officer.call(getCase, { params: { id: p.caseId } })
  const maker = handlers[0] ?? { personId: idsOf(p, ['officer'])[0] ?? '' }
  const registered = await officer.call(registerRecording, {
    body: {
      ...(await describeFile(path)),
      fileName: `${maker.certNo ?? '执法记录仪'}_BWC${device}_${c.clip}.mp4`,
      mime: 'video/mp4',
      medium: c.fixed ? 'surveillance' : 'video',
      device: { id: `BWC-${device}`, name: `执法记录仪${device}号`, clockOffsetMs: 400 },
      officer: { personId: maker.personId, name: maker.name ?? '' },
      madeFrom: c.from,
      madeTo: c.to,
      suggestion: { caseId: p.caseId, step: c.step, scene: c.scene },
    },
  })
  if (registered.id === undefined) throw new Error(`${c.clip} was registered without an id`)
  const params = { id: registered.id }
  await uploadFile({
    baseUrl: officer.baseUrl,
    headers: { cookie: officer.cookie(), origin: officer.baseUrl },
    recordingId: registered.id,
    path,
    onProgress: (sent, total) => p.progress.bar(`上传 ${c.clip}.mp4`, sent, total),
  })
  p.progress.end()
  await officer.call(linkRecording, {
    params,
    body: { caseId: p.caseId, step: c.step, scene: c.scene, ...(c.about && { about: c.about }) },
  })
  const found = await officer.call(getCase, { params: { id: p.caseId } })
  const labels = {
    caseNo: found.caseNo ?? found.leadNo,
    // A register has neither party nor handler.
    party: found.party?.name ?? '无',
    handler: found.handlers[0]?.name ?? '经办人',
    details: Object.fromEntries(
      found.labelFields
        .filter(({ key }) => !OWN_LABELS.includes(key))
        .map(({ key, label }) => [key, c.details?.[key] ?? label]),
    ),
  }
  await officer.call(labelRecording, { params, body: labels })
  if (c.legible === true)
    await as(p, 'custodian').call(confirmLegibility, { params, body: { title: true, face: true } })
  return registered.id
}
