import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { useTranslation } from 'react-i18next'
import { renewCertificate } from '@liuhen/api/routes/people'
import type { PersonView } from '@liuhen/api/routes/people'
import { whyOf } from '../document/why-of.ts'
import { useRoleGate } from '../session/use-role-gate.ts'

export const CHANGES = ['changeRoles', 'openAccount', 'resetPassword', 'deactivate', 'reactivate'] as const
export type Change = (typeof CHANGES)[number]

type Props = Readonly<{ person: PersonView; onRenew: () => void; onChange: (change: Change) => void }>

/** What an administrator keeps of a person. What cannot be done now says why; of two opposites only one is shown. */
export function KeepMenu({ person, onRenew, onChange }: Props) {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  const gate = useRoleGate(renewCertificate)
  const { can } = person
  const shown = CHANGES.filter((change) => {
    if (change === 'deactivate') return person.active
    if (change === 'reactivate') return !person.active
    return (
      change === (person.login === undefined ? 'openAccount' : 'resetPassword') || change === 'changeRoles'
    )
  })
  const items = [
    { key: 'renew', label: t('can.renew'), onClick: onRenew },
    ...shown.map((change) => {
      const why = can && whyOf(can[change], (r) => w('whyNot', r))
      return {
        key: change,
        danger: change === 'deactivate',
        disabled: why !== undefined,
        label: <span title={why}>{t(`can.${change}`)}</span>,
        onClick: () => onChange(change),
      }
    }),
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight" disabled={gate !== undefined}>
      <Button size="small" title={gate} aria-label={t('keepOf', { name: person.name })}>
        {t('keep')} <DownOutlined />
      </Button>
    </Dropdown>
  )
}
