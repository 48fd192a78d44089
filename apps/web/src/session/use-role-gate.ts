import { useTranslation } from 'react-i18next'
import type { Route } from '@liuhen/api/route'
import { hasRole, rolesOf, useMe } from './me.ts'

/** Why this person may not call this route: who may. Undefined when they may ask. */
export function useRoleGate(route: Route): string | undefined {
  const me = useMe()
  const { t } = useTranslation('words')
  const roles = rolesOf(route.access)
  if (hasRole(me, roles)) return undefined
  return t('onlyRoles', { roles: roles.map((role) => t(`role.${role}`)).join(t('comma')) })
}
