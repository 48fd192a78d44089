import { hash, verify } from '@node-rs/argon2'

/** Argon2id as OWASP recommends at least: 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), COST)

/** A hash of nothing that anybody knows: checking against it takes as long as against a real one. */
const NOBODY = hash(crypto.randomUUID(), COST)

/** False when there is no account either, after the same work. */
export const isPassword = async (stored: string | undefined, password: string): Promise<boolean> => {
  const matches = await verify(stored ?? (await NOBODY), password.normalize('NFKC'))
  return stored !== undefined && matches
}

const COMMON = ['password', '12345678', 'qwerty', 'abcdefg', 'liuhen', 'admin', '00000000', '11111111']

/** Why a password may not be chosen; undefined when it may. */
export const passwordFault = (password: string, login: string): string | undefined => {
  const text = password.normalize('NFKC')
  const lower = text.toLowerCase()
  if (text.length < 10) return '口令至少 10 位。'
  if (new Set(text).size < 5) return '口令里不同的字符太少，请至少用 5 种。'
  if (lower.includes(login.toLowerCase())) return '口令里不能包含登录名。'
  if (COMMON.some((word) => lower.startsWith(word) && text.length < word.length + 6))
    return '口令太常见，请换一个。'
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(text)).length
  return kinds >= 2 ? undefined : '口令请至少用两类字符：大写字母、小写字母、数字、其他。'
}
