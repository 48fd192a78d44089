import { resolve } from 'node:path'
import { backupInstallation } from '../../server/src/backup/upkeep.ts'
import { readConfig } from '../../server/src/config/config.ts'
import { EXIT } from './exit.ts'
import { startProgress } from './progress.ts'

export const backupCommand = async (target: string, json: boolean): Promise<number> => {
  const progress = startProgress(process.stderr, json)
  const folder = resolve(target)
  const made = await backupInstallation(readConfig(process.env), folder, (what, done, total) =>
    progress.bar(what, done, total ?? done),
  )
  progress.end()
  if (json) console.log(JSON.stringify({ target: folder, ...made }))
  else {
    console.log(
      `已备份到 ${folder}：事件 ${made.events}，日志 ${made.treeSize} 条，文件 ${made.blobs} 个（${made.bytes} 字节）。`,
    )
    console.log(
      '备份内没有签名私钥；含有个人信息和口令摘要，请按内部资料保管。核对：sha256sum -c manifest-sha256.txt',
    )
  }
  return EXIT.ok
}
