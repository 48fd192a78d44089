import { readConfig } from '../../server/src/config/config.ts'
import { serve as startAll } from '../../server/src/processes/serve.ts'
import { untilStopped } from './until-stopped.ts'

/** `npm start`: everything on this machine, until it is told to stop. */
export const serve = async (): Promise<void> => {
  // Asked to stop while it starts, it starts and then stops in order: nothing is left behind.
  const told = untilStopped().then(() => undefined)
  const running = await startAll(readConfig(process.env))
  console.log(`留痕已启动：${running.url}`)
  if (running.portalUrl !== undefined) console.log(`公示门户：${running.portalUrl}`)
  if (running.kind === 'demonstration') console.log('这是演示数据，时钟是模拟的。')
  const why = await Promise.race([told, running.ended])
  console.log('正在停止……')
  await running.stop()
  if (why !== undefined) throw new Error(`数据库停了，也启动不了，系统已全部停止：${why}`)
}
