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
  if (done.shredded > 0)
    console.log(`备份里还有 ${done.shredded} 个部分的内容，记录已登记依法销毁，已再次销毁。`)
  console.log('做备份以后才依法销毁的内容，会随备份回来：请对照其后出具的销毁证明，从“可以销毁”里重新办理。')
  console.log(`启动前请设置 LIUHEN_ORIGIN=${done.origin}；新的验证公钥 ${done.vkey} 应当重新公布。`)
  return EXIT.ok
}
