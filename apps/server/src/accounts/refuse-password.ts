import { refuse, type Refusal } from '@liuhen/domain/refusal'
import { passwordFault } from '../auth/password.ts'

/** A password that somebody would guess is refused with what to change. */
export const refusePassword = (password: string, login: string): Refusal | undefined => {
  const fault = passwordFault(password, login)
  return fault === undefined ? undefined : refuse('incomplete', fault, '请换一个口令。')
}
