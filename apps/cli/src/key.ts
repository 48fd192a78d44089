import { formatVkey, keyFingerprint, parseVkey } from '@liuhen/ledger/note'
import type { KeyChange } from '@liuhen/ledger/keys/change'
import { instantOfMs } from '@liuhen/law/civil-date'
import { changeKey, createKey, keyStatus, takeKeyBack } from '../../server/src/backup/key-life.ts'
import { readConfig } from '../../server/src/config/config.ts'
import { EXIT } from './exit.ts'

const fingerprintOf = (vkey: string): string => {
  const key = parseVkey(vkey)
  return key === undefined ? '' : keyFingerprint(key)
}

const sayKey = (vkey: string): void => {
  console.log(`公钥：${vkey}`)
  console.log(`公钥指纹：${fingerprintOf(vkey)}`)
}

/** The agency's own time with its offset; policies and `--json` keep UTC, as they are signed. */
const localTime = (at: string): string =>
  instantOfMs(Math.floor(Date.parse(at) / 1000) * 1000)
    .replace('T', ' ')
    .replace('+', ' +')

/** `file:<name>` in the signer's folder, or `token:<id>`. */
const sayPlace = (place: string): void => console.log(`所在：${place}`)

/** The line that readers put into their policy, and that the agency makes known. */
const policyLine = (change: KeyChange): string =>
  change.kind === 'rotation'
    ? `log ${formatVkey(change.to)}`
    : `revoked ${formatVkey(change.key)} ${change.size} ${change.since}`

const told = (change: KeyChange) => ({ change: change.kind, at: change.at, policy: policyLine(change) })

const sayChange = (change: KeyChange): void => {
  if (change.kind === 'rotation') {
    console.log('换钥已入账。现用的密钥：')
    sayKey(formatVkey(change.to))
    console.log('请公布新公钥和指纹，并通知各见证方把下面一行加入它的日志名单：')
  } else {
    console.log(`吊销已入账。自 ${localTime(change.since)} 起不再相信：`)
    sayKey(formatVkey(change.key))
    console.log('请公布下面一行，核验人把它写入信任策略：')
  }
  console.log(policyLine(change))
}

/** What was asked for is the last; what had been begun before it was finished first, and is to be made known too. */
const sayChanges = (changes: readonly KeyChange[], json: boolean, place?: string): number => {
  const [asked, ...finished] = changes.toReversed()
  if (json) {
    const before = finished.length > 0 && { finished: finished.map(told) }
    console.log(JSON.stringify({ ...(asked && told(asked)), ...(place && { place }), ...before }))
    return EXIT.ok
  }
  if (finished.length > 0) console.log('先做完了上一次没有做完的：')
  for (const change of changes) sayChange(change)
  if (place) sayPlace(place)
  return EXIT.ok
}

/** `liuhen key create` */
export const createKeyCommand = async (o: { token?: string }, json: boolean): Promise<number> => {
  const { vkey, place } = await createKey(readConfig(process.env), o.token)
  if (json) console.log(JSON.stringify({ vkey, fingerprint: fingerprintOf(vkey), place }))
  else {
    console.log('下一把密钥已准备好，换钥（key rotate）以前不签名：')
    sayKey(vkey)
    sayPlace(place)
  }
  return EXIT.ok
}

/** `liuhen key rotate` */
export const rotateKeyCommand = async (
  o: { reason: string; token?: string },
  json: boolean,
): Promise<number> => {
  const config = readConfig(process.env)
  const { reason, token } = o
  const { changes, place } = await changeKey(config, {
    reason,
    overlapDays: config.keyOverlapDays,
    ...(token !== undefined && { tokenKey: token }),
  })
  return sayChanges(changes, json, place)
}

/** `liuhen key revoke` */
export const revokeKeyCommand = async (
  key: string,
  o: { reason: string; since?: string },
  json: boolean,
): Promise<number> => sayChanges(await takeKeyBack(readConfig(process.env), { key, ...o }), json)

const STATES = {
  prepared: '已准备，未启用',
  introduced: '正在启用：与现用的同时签名，换钥尚未入账',
  current: '现用',
  retiring: '同时签名至',
  revoked: '已吊销',
} as const

/** `liuhen key status` */
export const keyStatusCommand = async (json: boolean): Promise<number> => {
  const status = await keyStatus(readConfig(process.env))
  if (json) {
    console.log(JSON.stringify(status))
    return status.isUnfinished ? EXIT.fails : EXIT.ok
  }
  console.log(`日志名称：${status.origin}；已签署至第 ${status.size} 条`)
  for (const { vkey, fingerprint, state, until, place } of status.keys) {
    const signsUntil = state === 'retiring' ? until : undefined
    const isOver = signsUntil !== undefined && Date.parse(signsUntil) <= Date.now()
    const lasts = signsUntil === undefined ? '' : ` ${localTime(signsUntil)}`
    console.log(isOver ? `■ 已停用（私钥可以销毁）` : `■ ${STATES[state]}${lasts}`)
    console.log(`  公钥：${vkey}\n  指纹：${fingerprint}\n  所在：${place}`)
  }
  if (status.isUnfinished) console.log('有一次换钥或者吊销没有做完，请把原来的命令再运行一次。')
  return status.isUnfinished ? EXIT.fails : EXIT.ok
}
