import type { Medium } from '../recording/events.ts'
import { placeOf } from '../recording/place-of.ts'
import type { KeptRecording } from '../recording/state.ts'
import type { Known } from './describe.ts'
import {
  type Act,
  actsAsKnown,
  agentsOf,
  archivalTime,
  type CaseOfObject,
  knownOfPlace,
  personIn,
  notesOf,
} from './known-case.ts'

/** A recording as it lies in the package. */
export type PackedRecording = Readonly<{
  /** Below data/media/. */
  name: string
  title: string
  recordingId: string
  sha256: string
  sizeBytes: number
  mime: string
  from: string
  to: string
}>

/** 档案门类代码, DA/T 13 and the schemes: 照片 ZP, 录音 LY, 录像 LX. */
const CATEGORIES: Readonly<Record<Medium, string>> = {
  photo: 'ZP',
  audio: 'LY',
  video: 'LX',
  surveillance: 'LX',
}

const clock = (seconds: number): string => {
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  return parts.map((n) => String(n).padStart(2, '0')).join(':')
}

const technical = (r: KeptRecording): Known => {
  if (r.status !== 'checked') return {}
  const { durationSeconds, container, video, audio, frames, photo, writtenBy } = r.check
  return {
    duration: durationSeconds === undefined ? undefined : clock(durationSeconds),
    frames: frames === undefined ? undefined : String(frames.read),
    container,
    videoCodec: video?.codec,
    resolution: video && `${video.width}×${video.height}`,
    width: video && String(video.width),
    height: video && String(video.height),
    frameRate: video?.fps === undefined ? undefined : String(video.fps),
    audioCodec: audio?.codec,
    camera: photo?.device,
    software: writtenBy,
  }
}

const position = (r: KeptRecording): Known => {
  const place = placeOf(r)
  if (place === undefined) return {}
  return {
    latitudeRef: place.latitude < 0 ? 'S' : 'N',
    latitude: String(Math.abs(place.latitude)),
    longitudeRef: place.longitude < 0 ? 'W' : 'E',
    longitude: String(Math.abs(place.longitude)),
  }
}

const deviceOf = ({ id, name }: KeptRecording['manifest']['device']): string =>
  name === undefined ? `设备编号：${id}` : `设备编号：${id}（${name}）`

/** Which words stand on it: case, party, handler, and the scene. */
const contentOf = ({ state }: CaseOfObject, r: KeptRecording, packed: PackedRecording): string =>
  [
    packed.title,
    ...(r.labels === undefined
      ? []
      : [
          `案号：${r.labels.caseNo}`,
          `承办人：${r.labels.handler}`,
          r.labels.party && `当事人：${r.labels.party}`,
        ]),
    ...(r.labels === undefined ? [state.title] : []),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('；')

/** What the record holds of a recording, by the names that a scheme of the archives asks for. */
export const knownOfRecording = (
  c: CaseOfObject,
  r: KeptRecording,
  packed: PackedRecording,
  acts: readonly Act[],
): Known => {
  const { state, agency } = c
  const { manifest: m, stored } = r
  const item = state.file?.find((i) => i.recordingId === packed.recordingId)
  const { officer } = m
  return {
    ...knownOfPlace(state, item, 'main'),
    ...technical(r),
    ...position(r),
    id: packed.recordingId,
    category: CATEGORIES[m.medium],
    agency: agency.name,
    agencyCode: agency.code,
    title: `${state.title}：${packed.title}`,
    caseTitle: state.title,
    caseNo: state.caseNo ?? state.leadNo,
    businessType: '行政执法',
    party: personIn(state),
    maker: officer.certNo === undefined ? officer.name : `${officer.name}（执法证号 ${officer.certNo}）`,
    describer: r.labels?.handler,
    madeFrom: archivalTime(packed.from),
    madeTo: archivalTime(packed.to),
    content: contentOf(c, r, packed),
    acquisition: m.docking === undefined ? '上传接收' : '采集站接收',
    originalName: m.docking?.path ?? m.fileName,
    format: packed.mime,
    fileName: packed.name,
    sizeBytes: String(packed.sizeBytes),
    path: `data/media/${packed.name}`,
    notes: notesOf([
      deviceOf(m.device),
      `SHA-256：${packed.sha256}`,
      stored.blob.sm3 === undefined ? undefined : `SM3：${stored.blob.sm3}`,
    ]),
    agents: agentsOf(c, acts),
    acts: actsAsKnown(acts, packed.recordingId),
  }
}
