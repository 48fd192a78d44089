import type { PersonView } from '@liuhen/api/routes/people'
import type { Me } from '@liuhen/api/routes/session'

/** Nobody else could reset the password of the one who looks, or take the post over. */
export const isOnlyAdministrator = (
  { personId, roles }: Pick<Me, 'personId' | 'roles'>,
  people: readonly Pick<PersonView, 'id' | 'roles' | 'active' | 'login'>[],
): boolean =>
  roles.includes('system-admin') &&
  !people.some(
    (p) => p.id !== personId && p.active && p.login !== undefined && p.roles.includes('system-admin'),
  )
