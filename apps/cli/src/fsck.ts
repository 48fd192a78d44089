import { fsckInstallation, rebuildInstallation } from '../../server/src/backup/upkeep.ts'
import { readConfig } from '../../server/src/config/config.ts'
import { EXIT } from './exit.ts'
import { startProgress } from './progress.ts'

const secondsOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (!Number.isFinite(seconds) || seconds <= 0) throw new Error('--budget 应为大于0的秒数')
  return seconds
}

const print = (report: Awaited<ReturnType<typeof fsckInstallation>>): void => {
  const { checked: c } = report
  console.log(
    `事件 ${c.events}，日志叶 ${c.leaves}，文件 ${c.blobs}（${c.bytes} 字节），查询表 ${c.tables}，用时 ${report.seconds.toFixed(1)} 秒`,
  )
  if (c.shredded > 0) console.log(`依法销毁的内容 ${c.shredded} 个部分，各有登记，承诺仍可核验。`)
  for (const f of report.findings)
    console.log(`✗ ${f.what}：${f.message}${f.count > 1 ? `（同类共 ${f.count} 处）` : ''}`)
  for (const name of report.notChecked) console.log(`未核验：${name}`)
  if (report.next !== undefined) console.log(`下次从位置 ${report.next} 继续：--from ${report.next}`)
  if (report.findings.length > 0)
    console.log('结论：有不一致，请停止写入，保留现场，再从备份或第二份存储核对。')
  else console.log(report.complete ? '结论：全部一致。' : '结论：已核验的部分一致，其余未核验。')
}

/** Exit 0 only when everything was checked and everything holds. */
export const fsckCommand = async (
  budget: string | undefined,
  json: boolean,
  from?: string,
): Promise<number> => {
  const progress = startProgress(process.stderr, json)
  const budgetSeconds = secondsOf(budget)
  const report = await fsckInstallation(
    readConfig(process.env),
    {
      ...(budgetSeconds === undefined ? {} : { budgetSeconds }),
      ...(from === undefined ? {} : { from: Number(from) }),
    },
    (what, done) => progress.bar(what, done, done),
  )
  progress.end()
  if (json) console.log(JSON.stringify(report))
  else print(report)
  if (report.findings.length > 0) return EXIT.fails
  return report.complete ? EXIT.ok : EXIT.broken
}

export const rebuildCommand = async (json: boolean): Promise<number> => {
  const progress = startProgress(process.stderr, json)
  const events = await rebuildInstallation(readConfig(process.env), (what, done) =>
    progress.bar(what, done, done),
  )
  progress.end()
  console.log(json ? JSON.stringify({ events }) : `已由 ${events} 个事件重建全部查询表。`)
  return EXIT.ok
}
