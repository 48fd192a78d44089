import { readFile } from 'node:fs/promises'
import { keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import { parsePolicy } from '@liuhen/ledger/package/policy'
import { serveWitness } from '../../server/src/witness/serve-witness.ts'
import { openWitness } from '../../server/src/witness/witness.ts'
import { EXIT } from './exit.ts'
import { untilStopped } from './until-stopped.ts'

export type WitnessFlags = Readonly<{
  data: string
  name: string
  logs: string
  host: string
  port: string
}>

/** `liuhen witness`: another body's process, key and memory. It needs no database and nothing of the agency. */
export const witnessCommand = async (flags: WitnessFlags): Promise<number> => {
  const policy = parsePolicy(await readFile(flags.logs, 'utf8'))
  if (!policy.ok) {
    console.error(`${flags.logs}：${policy.why}。每行写一个日志：log <机关公布的公钥>`)
    return EXIT.usage
  }
  const witness = await openWitness({ folder: flags.data, name: flags.name, logs: policy.value.logs })
  const served = await serveWitness(witness, { host: flags.host, port: Number(flags.port) }, (error) =>
    console.error(error),
  )
  const key = parseVkey(witness.vkey)
  console.log(`见证方 ${flags.name} 已启动：${served.url}`)
  console.log(`公钥：${witness.vkey}`)
  if (key !== undefined) console.log(`公钥指纹：${keyFingerprint(key)}`)
  for (const log of policy.value.logs) console.log(`见证的日志：${log.name}`)
  await untilStopped()
  await served.close()
  return EXIT.ok
}
