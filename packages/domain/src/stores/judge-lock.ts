import type { LockFound, LockReading } from './lock.ts'
import { canBypass, canExtend, isBrokenInParts } from './lock.ts'

export type LockStanding = Readonly<{
  place: 'folder' | 'bucket'
  /** Absent: never tried. */
  tried?: Readonly<{ at: string; found: LockFound; reading: LockReading }>
}>

export type LockState = Readonly<{
  now: string
  /** Those that are configured. */
  stores: readonly Readonly<{ name: string; lock: LockStanding }>[]
  /** The shortest period after which a text lets something go, with that text. */
  shortest?: Readonly<{ days: number; title: string }>
}>

/** Whose hands it wants: those that reach the machine and its settings, or whoever keeps the recordings. */
export type Hand = 'machine' | 'keeper'

/** `told`: nothing was promised, so nothing is wrong; it is said, and not shown as good. */
export type LockJudgement = Readonly<{ ok: boolean; told?: true; message: string; todo?: string; by: Hand }>

const DAY_MS = 86_400_000
const WITHIN_DAYS = 2

const UNLOCKED: LockJudgement = {
  ok: true,
  told: true,
  message: '没有防删除锁：能登录服务器或者持有存储密钥的人可以删除文件。',
  todo: '需要防删除的，请把第二存储放在启用了对象锁的桶里，并设置 LIUHEN_S3_LOCK 和 LIUHEN_S3_LOCK_DAYS。',
  by: 'machine',
}

const bad = (message: string, todo: string): LockJudgement => ({
  ok: false,
  message,
  todo,
  by: 'machine',
})

const consequence = (s: LockState, reading: LockReading): string => {
  const days = (reading.asked ?? reading.byDefault)?.days
  if (days === undefined) return ''
  const { shortest } = s
  const said = `每个文件自存入起锁定 ${days} 天，到期之前依法销毁也要等。`
  if (shortest === undefined || days <= shortest.days) return said
  return `${said}这比最短的保存期限（《${shortest.title}》，约 ${shortest.days} 天）还长，请确认这是有意的，否则缩短锁定天数。`
}

/**
 * A name that is removed leaves its locked versions: a key that may delete is allowed that, whatever is locked. Where even
 * that is refused, a refusal to delete a version tells of the key and not of the lock.
 */
const couldDelete = ({ trials }: LockReading): boolean =>
  trials.some((trial) => trial.what === 'delete-name' && trial.answer === 'OK')

const UNEXTENDED = '锁定期不能延长：中断后隔了很久才续传的大文件，只从开始上传时起锁定。'

const holding = (s: LockState, name: string, reading: LockReading, found: LockFound): LockJudgement => {
  const todo = `${consequence(s, reading)}${canExtend(reading) ? '' : UNEXTENDED}`
  // What follows from a lock that holds is for whoever keeps the recordings to know, too.
  const more = { by: 'keeper', ...(todo !== '' && { todo }) } as const
  if (found !== 'compliance' && canBypass(reading))
    return bad(
      `${name}：治理模式的锁，本系统的密钥就能绕过它删除文件。`,
      '请换一把没有 BypassGovernanceRetention 权限的密钥，或者改用合规模式。',
    )
  if (!couldDelete(reading))
    return {
      ok: true,
      message: `${name}：存储说明文件已锁定。本系统的密钥没有删除权限，删除是因为没有权限被拒绝，锁本身没有试出来。`,
      todo: `要试出锁是否有效，请桶的管理员用有删除权限的密钥运行 liuhen try-lock。${todo}`,
      by: 'machine',
    }
  if (found === 'compliance')
    return { ok: true, message: `${name}：合规模式的锁实测有效，到期之前谁也不能删除。`, ...more }
  return {
    ok: true,
    message: `${name}：治理模式的锁实测有效，本系统的密钥不能删除；桶的管理员仍然可以绕过。`,
    ...more,
  }
}

const judgeOne = (s: LockState, name: string, lock: LockStanding): LockJudgement => {
  if (lock.place === 'folder') return UNLOCKED
  const { tried } = lock
  if (tried === undefined)
    return bad(`${name}：还没有试过锁是否有效。`, '后台每天自动试一次；也可以运行 liuhen try-lock。')
  if (Date.parse(s.now) - Date.parse(tried.at) > (WITHIN_DAYS + 1) * DAY_MS)
    return bad(`${name}：最近一次试锁已超过 ${WITHIN_DAYS} 天。`, '请运行 liuhen try-lock，按提示处理。')
  const { found, reading } = tried
  if (found === 'not-checked')
    return bad(
      `${name}：试锁没有做完，锁是否有效未验证。${reading.why ?? ''}`,
      '请检查网络和密钥的权限，再运行 liuhen try-lock。',
    )
  if (found === 'broken' && isBrokenInParts(reading))
    return bad(
      `${name}：分片存入的大文件没有锁住，只有小文件锁住了。`,
      '不要把它当作防删除的存储。请联系供应商，并换到实测有效的存储。',
    )
  if (found === 'broken')
    return bad(
      `${name}：锁拦不住，试验文件被删除、覆盖或者解锁了。`,
      '不要把它当作防删除的存储。请联系供应商，并换到实测有效的存储。',
    )
  if (found !== 'none') return holding(s, name, reading, found)
  if (reading.asked !== undefined)
    return bad(
      `${name}：要求了锁定，存储没有照办。`,
      '对象锁只能在建桶时启用。请新建启用了对象锁的桶，再迁移过去。',
    )
  return { ...UNLOCKED, message: `${name}：${UNLOCKED.message}` }
}

/** What really protects the stores from deletion. One lock that is promised and does not hold is the answer. */
export const judgeLocks = (s: LockState): LockJudgement => {
  const all = s.stores.map(({ name, lock }) => judgeOne(s, name, lock))
  const wrong = all.find((j) => !j.ok)
  const held = all.find((j) => j.ok && j.told !== true)
  const found = wrong ?? held ?? all.at(-1) ?? UNLOCKED
  // A folder beside a locked bucket is no surprise; two folders are told as what they are.
  return found
}
