import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import type { Affected, InventoryFinding, RestoreFault, StoreVerdict } from '@liuhen/domain/stores/events'
import { readConfig } from '../../server/src/config/config.ts'
import {
  inventoryInstallation,
  moveByCommand,
  rehearseInstallation,
  scrubInstallation,
  tryLocksOf,
} from '../../server/src/stores/by-command.ts'
import type { LockFound, LockTrial } from '@liuhen/domain/stores/lock'
import type { LockReport } from '../../server/src/stores/lock-probe.ts'
import type { InventoryReport } from '../../server/src/stores/inventory.ts'
import type { MoveRun } from '../../server/src/stores/move-store.ts'
import { EXIT } from './exit.ts'
import { startProgress } from './progress.ts'

const VERDICT: Readonly<Record<StoreVerdict, string>> = {
  pass: '通过',
  fail: '不通过',
  'not-checked': '未验证',
}
const STORE = { first: '主存储', second: '第二存储', backup: '备份' } as const
const KIND: Readonly<Record<InventoryFinding['kind'], string>> = {
  unregistered: '记录中有，登记中没有',
  missing: '文件不见了',
  'wrong-size': '文件大小不对',
  unowned: '存储中多出来的文件，没有登记',
  covered: '被他人覆盖或者标记删除过，原件还在',
  'not-copied': '还没有复制到第二存储',
  'not-in-backup': '备份里没有',
  'only-in-backup': '只有备份里有',
}
/** What came back of a file that is not as the record has it. */
const FOUND: Readonly<Record<RestoreFault, string>> = {
  altered: '内容与入库时不一致',
  missing: '文件不见了',
  unreadable: '读不出来',
  'wrong-size': '文件大小不对',
}

export const sayFault = ({ sha256, found }: Readonly<{ sha256: string; found: RestoreFault }>): string =>
  `✗ ${FOUND[found]} ${sha256}`

/** Whatever was not checked is an error to a script: nothing may be built on it. */
const exitOf = (verdict: StoreVerdict): number =>
  verdict === 'pass' ? EXIT.ok : verdict === 'fail' ? EXIT.fails : EXIT.broken

const sayVerdict = (verdict: StoreVerdict, why: readonly string[]): void => {
  for (const line of why) console.log(`· ${line}`)
  console.log(`结论：${VERDICT[verdict]}。`)
}

const hits = ({ cases, recordings, documents, aside = [] }: Affected): string => {
  const parts = [
    ...(cases.length > 0 ? [`案件 ${cases.map((c) => c.caseNo).join('、')}`] : []),
    ...(recordings.length > 0 ? [`音像 ${recordings.map((r) => r.fileName).join('、')}`] : []),
    ...(documents.length > 0 ? [`文书 ${documents.map((d) => d.number ?? d.type).join('、')}`] : []),
  ]
  if (aside.length > 0) parts.push(`采集时另存的文件 ${aside.map((a) => a.path).join('、')}`)
  return parts.join('；')
}

const sayFinding = (f: InventoryReport['findings'][number]): void => {
  const where = f.store === undefined ? '' : `${STORE[f.store]}：`
  console.log(`✗ ${where}${KIND[f.kind]} ${f.what}`)
  for (const [agency, affected] of f.agencies) console.log(`  机关 ${agency} ${hits(affected)}`)
}

/** Every finding with the cases that it hits. */
export const inventoryCommand = async (backup: string | undefined, json: boolean): Promise<number> => {
  const report = await inventoryInstallation(
    readConfig(process.env),
    backup === undefined ? undefined : resolve(backup),
  )
  if (json) {
    const findings = report.findings.map((f) => ({ ...f, agencies: Object.fromEntries(f.agencies) }))
    console.log(JSON.stringify({ ...report, findings }))
    return exitOf(report.verdict)
  }
  const held = report.held.map((h) => `${STORE[h.store]} ${h.files}`).join('，')
  console.log(`记录所指 ${report.named}，登记 ${report.registered}，${held}，待复制 ${report.waiting}`)
  for (const f of report.findings) sayFinding(f)
  sayVerdict(report.verdict, report.why)
  return exitOf(report.verdict)
}

export const scrubCommand = async (share: boolean, json: boolean): Promise<number> => {
  const report = await scrubInstallation(readConfig(process.env), share)
  if (report === undefined) {
    console.error('另一次巡检正在进行，请等它结束后再试。')
    return EXIT.broken
  }
  if (json) console.log(JSON.stringify(report))
  else {
    for (const r of report.readings)
      console.log(`${STORE[r.store]}：读了 ${r.files} 个文件、${r.bytes} 字节，坏的 ${r.faults} 个`)
    sayVerdict(report.verdict, report.why)
  }
  return exitOf(report.verdict)
}

const LOCK: Readonly<Record<LockFound, string>> = {
  compliance: '合规模式，实测有效',
  governance: '治理模式，实测有效，有特权的人可以绕过',
  none: '没有防删除锁',
  broken: '锁拦不住删除、覆盖或者解锁',
  'not-checked': '没有试成，未验证',
}
const TRIAL: Readonly<Record<LockTrial['what'], string>> = {
  'delete-name': '按名称删除',
  overwrite: '覆盖',
  shorten: '缩短锁定期',
  downgrade: '降为治理模式',
  'delete-version': '删除版本',
  bypass: '用特权删除',
  parts: '删除分片存入的文件',
  resumed: '删除续传存入的文件',
  extend: '延长锁定期',
}
const OUTCOME: Readonly<Record<LockTrial['outcome'], string>> = {
  held: '拦住',
  broken: '没拦住',
  'not-tried': '没试',
}

const EXTENDED: typeof OUTCOME = { held: '办成', broken: '没办成', 'not-tried': '没试' }
const outcomeOf = (t: LockTrial): string => (t.what === 'extend' ? EXTENDED : OUTCOME)[t.outcome]

const sayLock = ({ store, found, reading }: LockReport): void => {
  console.log(`${STORE[store]}：${LOCK[found]}`)
  for (const t of reading.trials) console.log(`  ${TRIAL[t.what]}：${outcomeOf(t)}（${t.answer}）`)
  if (reading.why !== undefined) console.log(`· ${reading.why}`)
  if (reading.probe !== undefined)
    console.log(
      `  试验文件 ${reading.probe.name} 留在桶里${reading.probe.until === undefined ? '' : `，${reading.probe.until} 之前删不掉`}`,
    )
}

/** No lock that nobody asked for is no error; one that was not tried, or does not hold, is. */
export const tryLockCommand = async (json: boolean): Promise<number> => {
  const reports = await tryLocksOf(readConfig(process.env))
  if (reports === undefined) {
    console.error('另一次试锁正在进行，请等它结束后再试。')
    return EXIT.broken
  }
  if (json) console.log(JSON.stringify(reports))
  else for (const report of reports) sayLock(report)
  const worst = (verdict: StoreVerdict) => reports.some((r) => r.verdict === verdict)
  return worst('fail') ? EXIT.fails : worst('not-checked') ? EXIT.broken : EXIT.ok
}

const STOPPED: Readonly<Record<NonNullable<MoveRun['stopped']>, string>> = {
  'no-move': '没有进行中的迁移。请系统管理员先在“存储健康”页面提出。',
  'no-next-store': '没有配置新存储，或者不是迁移所定的那一个。',
  away: '有存储不可用，恢复后再运行，会接着做。',
  'another-pass': '后台正在迁移，请稍后再试。',
  'no-room': '新存储的空间用完了。',
  time: '中途停止，再运行会接着做。',
}

/** Goes on with the move that was proposed on the page. Approval is a second person's, on the page. */
export const migrateStoreCommand = async (json: boolean): Promise<number> => {
  const progress = startProgress(process.stderr, json)
  const run = await moveByCommand(readConfig(process.env), (done, total) => progress.bar('迁移', done, total))
  progress.end()
  if (json) console.log(JSON.stringify(run))
  else {
    console.log(`复制并读回了 ${run.copied} 个文件，没有完好来源或者读回不符的 ${run.faults} 个`)
    if (run.stopped !== undefined) console.log(`· ${STOPPED[run.stopped]}${run.why ?? ''}`)
    if (run.checked !== undefined) {
      console.log(`新存储：${run.checked.files} 个文件（共 ${run.checked.ofFiles} 个），已逐个读回`)
      sayVerdict(run.checked.verdict, run.checked.why)
      if (run.checked.verdict === 'pass')
        console.log(
          '请第二人在“存储健康”页面批准，然后把 LIUHEN_SECOND_STORE 改为新存储并重新启动。旧存储里的文件不会删除。',
        )
    }
  }
  return exitOf(run.checked?.verdict ?? 'not-checked')
}

const sampleOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const files = Number(text)
  if (!Number.isInteger(files) || files < 1) throw new Error('--sample 应为大于0的整数')
  return files
}

export const rehearseCommand = async (
  o: Readonly<{ sample?: string; into?: string }>,
  json: boolean,
): Promise<number> => {
  const progress = startProgress(process.stderr, json)
  const sample = sampleOf(o.sample)
  const report = await rehearseInstallation(readConfig(process.env), {
    temporary: tmpdir(),
    ...(sample === undefined ? {} : { sample }),
    ...(o.into === undefined ? {} : { into: resolve(o.into) }),
    onFile: (done, total) => progress.bar('恢复', done, total),
  })
  progress.end()
  if (json) console.log(JSON.stringify(report))
  else {
    console.log(`恢复并核对了 ${report.files} 个文件（共 ${report.ofFiles} 个）、${report.bytes} 字节`)
    for (const fault of report.faults) console.log(sayFault(fault))
    sayVerdict(report.verdict, report.why)
  }
  return exitOf(report.verdict)
}
