import { randomInt } from 'node:crypto'
import { isRefusal } from '@liuhen/domain/refusal'
import { resetAdministrator } from '../../server/src/backup/upkeep.ts'
import { readConfig } from '../../server/src/config/config.ts'
import { EXIT } from './exit.ts'

/** Without what is mistaken for something else when it is read from a note. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz'
const DIGITS = '23456789'
const some = (of: string, n: number): string =>
  Array.from({ length: n }, () => of[randomInt(of.length)] ?? '').join('')

/** `liuhen reset-admin <login>`: a password for one sign-in, for a sole administrator who forgot theirs. */
export const resetAdminCommand = async (login: string, reason: string, json: boolean): Promise<number> => {
  const password = `${some(LETTERS, 4)}-${some(LETTERS, 4)}-${some(DIGITS, 4)}`
  const done = await resetAdministrator(readConfig(process.env), { login, password, reason })
  if (isRefusal(done)) {
    for (const { message, todo } of done.reasons) console.error(`${message}${todo}`)
    return EXIT.fails
  }
  if (json) console.log(JSON.stringify({ login, password }))
  else
    console.log(
      `登录名 ${login}\n一次性口令 ${password}\n首次登录时须改为自己的口令。这次重置已记入该人员的记录。`,
    )
  return EXIT.ok
}
