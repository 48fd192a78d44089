import { readFile } from 'node:fs/promises'
import { parseVkey } from '@liuhen/ledger/note'
import { compareCheckpoints } from '@liuhen/ledger/witness/weigh-checkpoint'
import { EXIT } from './exit.ts'
import { nodePrimitives } from './node-primitives.ts'

const SAID = {
  same: '一致：两份检查点说的是同一棵树。',
  split: '分叉：同一个公钥对同样的条数签过两个不同的根。这两份检查点就是证据，请一并保全。',
  undecided: '不能判定：两份检查点条数不同，只凭它们比不出；请用 check-log 核对日志，或者取得一致性证明。',
  unsigned: '不能比较：至少一份不是这个公钥签名的检查点。',
} as const

/** `liuhen compare-checkpoints <a> <b> <vkey>`: the two notes, from wherever they were kept. */
export const compareCommand = async (a: string, b: string, vkey: string): Promise<number> => {
  const key = parseVkey(vkey)
  if (key === undefined) {
    console.error('公钥（vkey）格式不对，应为：名称+8位十六进制+base64')
    return EXIT.usage
  }
  const [one, other] = await Promise.all([readFile(a, 'utf8'), readFile(b, 'utf8')])
  const found = compareCheckpoints(one, other, key, nodePrimitives.verifyEd25519)
  console.log(SAID[found])
  return { same: EXIT.ok, split: EXIT.fails, undecided: EXIT.broken, unsigned: EXIT.broken }[found]
}
