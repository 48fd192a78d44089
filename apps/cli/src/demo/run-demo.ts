import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { caseTimeline } from '@liuhen/api/routes/cases'
import { listDue } from '@liuhen/api/routes/disposals'
import { logState } from '@liuhen/api/routes/log'
import { setupState } from '@liuhen/api/routes/setup'
import type { StoreVerdict } from '@liuhen/domain/stores/events'
import { type Config, readConfig } from '../../../server/src/config/config.ts'
import { serve } from '../../../server/src/processes/serve.ts'
import { tendStores } from '../../../server/src/stores/by-command.ts'
import { openSession } from '../api-session.ts'
import { EXIT } from '../exit.ts'
import { type Progress, startProgress } from '../progress.ts'
import { untilStopped } from '../until-stopped.ts'
import { DEMO_AGENCIES } from './agencies.ts'
import { crewLogins } from './crews.ts'
import { DEMO_PASSWORD, DEMO_PEOPLE } from './people.ts'
import { fillAgencies, fillCrews, fillPeople, signInAll } from './people-sign-in.ts'
import { type Play, as, workspace } from './play.ts'
import { keepDevices } from './story-devices.ts'
import { checkPerformance, decide, disclose, finish, serveDecision } from './story-decision.ts'
import { intake, investigate, registerReport } from './story-investigation.ts'
import { openMoreCases } from './story-open-cases.ts'
import { disposeOfPatrol, patrol } from './story-patrol.ts'
import { takePackage, untilRendered } from './take-package.ts'

/** The autumn before the case: films of then are due by now. It never reaches a year whose calendar is not known. */
export const DEMO_BEGINS = '2025-09-15T09:00:00+08:00'

export type DemoResult = Readonly<{
  caseNo: string
  events: number
  documents: number
  recordings: number
  refusals: number
  /** What of recordings may be disposed of by now. */
  due: number
  package: string
  verify: 'PASS' | 'FAIL'
  treeSize: number
  seconds: number
}>

const carryCase = async (p: Play): Promise<void> => {
  await intake(p)
  await investigate(p)
  await disposeOfPatrol(p)
  const decision = await decide(p)
  await serveDecision(p, decision)
  await disclose(p)
  await checkPerformance(p)
  await untilRendered(p)
  await finish(p)
  await untilRendered(p)
}

/** Fills an empty demonstration and carries one case through the public API to a verified package. */
export const playDemo = async (baseUrl: string, dir: string, progress: Progress): Promise<DemoResult> => {
  const started = performance.now()
  progress.step('〇 机关和人员')
  const admin = await fillAgencies(baseUrl, progress)
  const ids = await fillPeople(admin)
  await fillCrews(baseUrl, progress)
  const people = await signInAll(baseUrl)
  const crew = { people, ids, progress, refusals: [] }
  await patrol(crew)
  const play: Play = { ...crew, caseId: await registerReport(crew) }
  await carryCase(play)
  progress.step('⑥ 导出并核验')
  const taken = await takePackage(play, dir)
  const found = await workspace(play)
  progress.step('⑦ 另外几件在办案件')
  await openMoreCases(crew)
  await keepDevices(crew)
  const { entries } = await as(play, 'officer').call(caseTimeline, { params: { id: play.caseId } })
  const due = await as(play, 'custodian').call(listDue, { query: { limit: 50 } })
  const log = await admin.call(logState)
  return {
    caseNo: found.caseNo ?? found.leadNo,
    events: entries.length,
    documents: found.documents.length,
    recordings: found.recordings.length,
    refusals: play.refusals.length,
    due: due.items.length,
    package: taken.path,
    verify: taken.verdict,
    treeSize: log.size,
    seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
  }
}

const holds = (r: DemoResult): boolean =>
  r.verify === 'PASS' &&
  r.treeSize > r.events &&
  r.documents >= 20 &&
  r.recordings === 5 &&
  r.refusals >= 8 &&
  r.due === 1

const announce = (url: string, portal: string | undefined): void => {
  console.log(`\n留痕演示：${url}\n公示门户：${portal ?? '未启动'}\n口令都是 ${DEMO_PASSWORD}`)
  for (const person of Object.values(DEMO_PEOPLE))
    console.log(`  ${person.login?.padEnd(12)} ${person.name} ${person.position ?? ''}`)
  const last = DEMO_AGENCIES.length
  console.log(`  admin        系统管理员\n其他机关（登录名后面的数字是机关序号）：`)
  for (const [i, { name }] of DEMO_AGENCIES.entries()) if (i > 0) console.log(`  ${i + 1}  ${name}`)
  for (const line of crewLogins(last)) console.log(`  ${line}`)
  console.log(`  admin2…${last}     系统管理员\n按 Ctrl+C 停止。`)
}

/** Beside the first store, so that the storage page shows a second one at work; it says itself that this is no off-site copy. */
const secondStoreIn = (dir: string): string => join(dir, 'second-store')

const demoConfig = (once: boolean, dir: string): Config => {
  const free = once ? { LIUHEN_PORT: '0', LIUHEN_PORTAL_PORT: '0' } : {}
  return readConfig({
    LIUHEN_LOG: 'warn',
    LIUHEN_ORIGIN: 'demo.liuhen.invalid/log/1',
    LIUHEN_SM2_LINE: 'on',
    LIUHEN_SECOND_STORE: secondStoreIn(dir),
    ...process.env,
    ...free,
    LIUHEN_DATA: dir,
  })
}

/** What the worker would do in the course of the next days, so that nobody is greeted by what was never done. */
const tend = async (config: Config, progress: Progress): Promise<StoreVerdict> => {
  progress.step('⑧ 第二存储：复制、读回、盘点、恢复演练')
  const { copied, scrub, inventory, rehearsal } = await tendStores(config, tmpdir())
  const isWhole = copied.stopped === undefined && copied.faults === 0
  const runs = [scrub?.verdict ?? 'not-checked', inventory.verdict, rehearsal.verdict]
  return isWhole ? (runs.find((verdict) => verdict !== 'pass') ?? 'pass') : 'not-checked'
}

/** `npm run demo`; with `once` in a throw-away directory, one JSON line last, 0 only if all of it held. */
export const runDemo = async (o: { once: boolean }): Promise<number> => {
  const dir = o.once
    ? await mkdtemp(join(tmpdir(), 'liuhen-demo-'))
    : (process.env['LIUHEN_DATA'] ?? './demo-data')
  const progress = startProgress(process.stderr, false)
  progress.step('启动：PostgreSQL、签名、后台、接口、门户')
  const config = demoConfig(o.once, dir)
  if (config.storage.secondStore === resolve(secondStoreIn(dir)))
    await mkdir(secondStoreIn(dir), { recursive: true })
  const running = await serve(config, { demonstrationAt: DEMO_BEGINS })
  try {
    const state = await openSession(running.url).call(setupState)
    if (!o.once && !state.needed) {
      announce(running.url, running.portalUrl)
      await untilStopped()
      return EXIT.ok
    }
    const result = await playDemo(running.url, dir, progress)
    const stores = await tend(config, progress)
    console.log(JSON.stringify({ ...result, stores }))
    if (!o.once) {
      announce(running.url, running.portalUrl)
      await untilStopped()
    }
    return holds(result) && stores === 'pass' ? EXIT.ok : EXIT.fails
  } finally {
    await running.stop()
    if (o.once) await rm(dir, { recursive: true, force: true })
  }
}
