import { resolve } from 'node:path'
import { restore } from '../../server/src/backup/restore.ts'
import { readConfig } from '../../server/src/config/config.ts'
import { settledConfig } from '../../server/src/processes/serve.ts'
import { EXIT } from './exit.ts'
import { startProgress } from './progress.ts'

export const restoreCommand = async (source: string, json: boolean): Promise<number> => {
  const progress = startProgress(process.stderr, json)
  const config = await settledConfig(readConfig(process.env))
  const done = await restore(config, resolve(source), (what, n, total) => progress.bar(what, n, total))
  progress.end()
  if (json) {
    console.log(JSON.stringify(done))
    return EXIT.ok
  }
  console.log(`已恢复到 ${config.dataDir}：事件 ${done.events}，文件 ${done.blobs} 个。`)
  console.log(`日志改名续接：${done.previousOrigin} → ${done.origin}，并已另造签名密钥。`)
  console.log(`启动前请设置 LIUHEN_ORIGIN=${done.origin}；新的验证公钥 ${done.vkey} 应当重新公布。`)
  return EXIT.ok
}
