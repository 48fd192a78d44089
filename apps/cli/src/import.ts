import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { listPeople } from '@liuhen/api/routes/people'
import { linkRecording, registerRecording } from '@liuhen/api/routes/recordings'
import { signIn } from '@liuhen/api/routes/session'
import { type Session, openSession } from './api-session.ts'
import { EXIT } from './exit.ts'
import { extensionOf, MEDIA_FORMATS } from '@liuhen/domain/recording/formats'
import { startProgress } from './progress.ts'
import { describeFile, uploadFile } from './upload-client.ts'

export type ImportFlags = Readonly<{
  case: string
  step: string
  scene: string
  officer: string
  device: string
  surveillance: boolean
  explosionProof: boolean
  url: string
  login: string
}>

const mediaOf = (path: string) => {
  const found = MEDIA_FORMATS[extensionOf(path)]
  if (found === undefined)
    throw new Error(`不认识的音像格式：${path}。可以导入：${Object.keys(MEDIA_FORMATS).join('、')}`)
  return found
}

const officerNamed = async (session: Session, personId: string): Promise<string> => {
  const { items } = await session.call(listPeople, { query: { limit: 200 } })
  const found = items.find((person) => person.id === personId)
  if (found === undefined) throw new Error(`没有编号为 ${personId} 的人员，请从人员名单中核对`)
  return found.name
}

/** A file without recorded times counts as made when it was last written; the file's own time stays visible in the record. */
const importOne = async (
  session: Session,
  path: string,
  o: ImportFlags,
  name: string,
  quiet: boolean,
): Promise<string> => {
  const media = mediaOf(path)
  const { mtime, birthtime } = await stat(path)
  const from = birthtime < mtime ? birthtime : mtime
  const done = await session.call(registerRecording, {
    body: {
      ...(await describeFile(path)),
      ...media,
      fileName: basename(path),
      ...(o.surveillance && media.medium === 'video' && { medium: 'surveillance' as const }),
      device: { id: o.device, ...(o.explosionProof && { explosionProof: true }) },
      officer: { personId: o.officer, name },
      madeFrom: from.toISOString(),
      madeTo: mtime.toISOString(),
      suggestion: { caseId: o.case, step: o.step, scene: o.scene },
    },
  })
  if (done.id === undefined) throw new Error(`${path} 没有登记成功`)
  const progress = startProgress(process.stderr, quiet)
  const headers = { cookie: session.cookie(), origin: o.url }
  await uploadFile({
    baseUrl: o.url,
    headers,
    recordingId: done.id,
    path,
    onProgress: (sent, total) => progress.bar(basename(path), sent, total),
  })
  progress.end()
  const body = { caseId: o.case, step: o.step, scene: o.scene }
  await session.call(linkRecording, { params: { id: done.id }, body })
  return done.id
}

/** `liuhen import`: registers, uploads and links each file; an interrupted one can be imported again. */
export const importFiles = async (
  files: readonly string[],
  o: ImportFlags,
  json: boolean,
): Promise<number> => {
  const password = process.env['LIUHEN_PASSWORD']
  if (password === undefined) {
    console.error('请在环境变量 LIUHEN_PASSWORD 中给出口令')
    return EXIT.usage
  }
  const session = openSession(o.url)
  await session.call(signIn, { body: { login: o.login, password } })
  const name = await officerNamed(session, o.officer)
  const imported: { file: string; recordingId: string }[] = []
  for (const file of files)
    imported.push({ file, recordingId: await importOne(session, file, o, name, json) })
  if (json) console.log(JSON.stringify({ imported }))
  else for (const i of imported) console.log(`${i.file} → ${i.recordingId}`)
  return EXIT.ok
}
