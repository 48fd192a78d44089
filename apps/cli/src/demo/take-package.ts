import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { downloadPackage, exportPackage } from '@liuhen/api/routes/case-file'
import { logState } from '@liuhen/api/routes/log'
import { foldersOf } from '../../../server/src/config/config.ts'
import type { Session } from '../api-session.ts'
import { heldSeals } from '../seal.ts'
import { verifyCommand } from '../verify.ts'
import { type Play, as, workspace } from './play.ts'

const POLL_MS = 250
const PATIENCE_MS = 180_000

/** The archival PDFs are made by jobs after each issue; the package waits until all are there. */
export const untilRendered = async (p: Play): Promise<void> => {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const { documents } = await workspace(p)
    const issued = documents.filter((d) => d.state === 'issued' || d.state === 'served')
    const done = issued.filter((d) => d.pdf !== undefined).length
    p.progress.bar('生成存档 PDF', done, issued.length)
    if (done === issued.length) break
    if (performance.now() > end) throw new Error(`only ${done} of ${issued.length} documents were rendered`)
    await pause(POLL_MS)
  }
  p.progress.end()
}

export type Taken = Readonly<{
  path: string
  policyPath: string
  sizeBytes: number
  verdict: 'PASS' | 'FAIL'
}>

/** As a reader would write it from what agency and log make known: key of the log, its SM2 key, certificates of seals. */
const policyOf = async (session: Session, dir: string): Promise<string> => {
  const { vkey, sm2 } = await session.call(logState)
  const seals = await heldSeals(foldersOf(dir).seals)
  const lines = [
    `log ${vkey}`,
    ...(sm2 === undefined ? [] : [`sm2 ${sm2.vkey}`]),
    ...seals.map(({ fingerprint }) => `seal ${fingerprint}`),
  ]
  return `${lines.join('\n')}\n`
}

/** Exports the whole case for the court, downloads the package and verifies it offline, under a policy with what the installation in `dir` makes known. */
export const takePackage = async (p: Play, dir: string): Promise<Taken> => {
  const archivist = as(p, 'archivist')
  const body = {
    purpose: '演示：移送人民法院',
    recipient: '武汉市东西湖区人民法院',
    audience: 'whole' as const,
  }
  const done = await archivist.call(exportPackage, { params: { id: p.caseId }, body })
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    const made = (await workspace(p)).packages.find((x) => x.id === done.id)
    if (made?.state === 'ready') break
    if (made?.state === 'failed') throw new Error('案卷包没有做成')
    if (performance.now() > end) throw new Error('案卷包没有按时做成')
    await pause(POLL_MS)
  }
  const bytes = await archivist.bytes(downloadPackage, { params: { id: p.caseId, packageId: done.id ?? '' } })
  const path = join(dir, 'case-package.tar')
  const policyPath = join(dir, 'policy.txt')
  await writeFile(path, bytes)
  await writeFile(policyPath, await policyOf(archivist, dir))
  const code = await verifyCommand(
    path,
    { policy: policyPath },
    { out: () => undefined, err: (line) => console.error(line) },
  )
  return { path, policyPath, sizeBytes: bytes.length, verdict: code === 0 ? 'PASS' : 'FAIL' }
}
