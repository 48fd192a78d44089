import { useState } from 'react'
import { MenuOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge, Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/me.ts'
import { EXACTLY, isHere, navItems } from './nav-items.tsx'
import { useRoom } from './use-room.ts'

const UNDER_THE_THUMB = 4

/** Phone navigation: four rooms under the thumb, the rest in a drawer. */
export function PhoneNav({ waiting }: Readonly<{ waiting: number }>) {
  const { t } = useTranslation('shell')
  const room = useRoom()
  const [open, setOpen] = useState(false)
  const items = navItems(useMe().roles)
  const [first, more] = [items.slice(0, UNDER_THE_THUMB), items.slice(UNDER_THE_THUMB)]
  const inMore = more.some(({ to }) => isHere(to, room))
  return (
    <nav className="phone-nav" aria-label={t('nav.label')}>
      {first.map(({ key, to, icon }) => (
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
          {more.map(({ key, to, icon }) => (
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
