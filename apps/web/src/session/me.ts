import { createContext, useContext } from 'react'
import type { Access } from '@liuhen/api/route'
import type { Me } from '@liuhen/api/routes/session'

type Role = Me['roles'][number]

export const MeContext = createContext<Me | undefined>(undefined)

/** Who is signed in. Only pages inside the shell ask. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe outside the signed-in shell')
  return me
}

/** Whether one of these roles is held; the server decides, this only says so beforehand. */
export const hasRole = (me: Me, roles: readonly string[]): boolean =>
  roles.length === 0 || me.roles.some((role: Role) => roles.includes(role))

/** The posts that a route is kept for; none when it is open to everybody signed in. */
export const rolesOf = (access: Access): readonly Role[] => (typeof access === 'string' ? [] : access)
