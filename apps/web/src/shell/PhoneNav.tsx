import { useState } from 'react'
import { MenuOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { EXACTLY, isHere, NAV_ITEMS } from './nav-items.tsx'
import { useRoom } from './use-room.ts'

const FIRST = NAV_ITEMS.slice(0, 4)
const MORE = NAV_ITEMS.slice(4)

/** Phone navigation: four rooms under the thumb, the rest in a drawer. */
export function PhoneNav({ waiting }: Readonly<{ waiting: number }>) {
  const { t } = useTranslation('shell')
  const room = useRoom()
  const [open, setOpen] = useState(false)
  const inMore = MORE.some(({ to }) => isHere(to, room))
  return (
    <nav className="phone-nav" aria-label={t('nav.label')}>
      {FIRST.map(({ key, to, icon }) => (
        <Link key={key} to={to} activeOptions={EXACTLY} aria-current={isHere(to, room) ? 'page' : undefined}>
          <Badge count={key === 'approvals' ? waiting : 0} size="small" offset={[4, -2]}>
            <span className="rail-icon">{icon}</span>
          </Badge>
          <span>{t(`nav.${key}`)}</span>
        </Link>
      ))}
      <button type="button" onClick={() => setOpen(true)} aria-expanded={open} data-here={inMore}>
        <span className="rail-icon">
          <MenuOutlined />
        </span>
        <span>{t('nav.more')}</span>
      </button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="bottom" size="auto" title={t('nav.more')}>
        <ul className="phone-more">
          {MORE.map(({ key, to, icon }) => (
            <li key={key}>
              <Link to={to} onClick={() => setOpen(false)}>
                {icon} {t(`nav.${key}`)}
              </Link>
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  )
}
