import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { passwordFault } from '../auth/password.ts'

/** Login name and password come together; a password that somebody would guess is refused with what to change. */
export const refuseCredentials = (
  login: string | undefined,
  password: string | undefined,
): Refusal | undefined => {
  if (login === undefined && password === undefined) return undefined
  if (login === undefined || password === undefined)
    return refuse('incomplete', '登录名和口令须同时填写。', '请补填另一项；暂不开通账号的，两项都不填。')
  const fault = passwordFault(password, login)
  return fault === undefined ? undefined : refuse('incomplete', fault, '请换一个口令。')
}
