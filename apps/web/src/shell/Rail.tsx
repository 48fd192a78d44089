import { useState } from 'react'
import { AppstoreOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Badge, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { useMe } from '../session/me.ts'
import { EXACTLY, isHere, navItems } from './nav-items.tsx'
import { useRoom } from './use-room.ts'
import { Wordmark } from './Wordmark.tsx'

type Items = ReturnType<typeof navItems>

/** Desktop navigation: narrow, because the work needs the width. */
export function Rail({ waiting }: Readonly<{ waiting: number }>) {
  const { t } = useTranslation('shell')
  const items = navItems(useMe().roles)
  const keeping = items.filter((item) => item.keeping === true)
  const last = items.filter((item) => item.key === 'verify')
  const main = items.filter((item) => item.keeping !== true && item.key !== 'verify')
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <Link to="/" className="rail-mark" aria-label={t('nav.home')}>
        <Wordmark tone="light" compact />
      </Link>
      <ul>
        <RailLinks items={main} waiting={waiting} />
        <li>
          <Keeping items={keeping} />
        </li>
        <RailLinks items={last} waiting={0} />
      </ul>
    </nav>
  )
}

function RailLinks({ items, waiting }: Readonly<{ items: Items; waiting: number }>) {
  const { t } = useTranslation('shell')
  const room = useRoom()
  return items.map(({ key, to, icon }) => (
    <li key={key} className={key === 'verify' ? 'rail-last' : undefined}>
      <Link
        to={to}
        activeOptions={EXACTLY}
        className="rail-item"
        aria-current={isHere(to, room) ? 'page' : undefined}
      >
        <Badge count={key === 'approvals' ? waiting : 0} size="small" offset={[4, -2]}>
          <span className="rail-icon">{icon}</span>
        </Badge>
        <span>{t(`nav.${key}`)}</span>
      </Link>
    </li>
  ))
}

/** What keeps the house: opened beside the rail. */
function Keeping({ items }: Readonly<{ items: Items }>) {
  const { t } = useTranslation('shell')
  const room = useRoom()
  const [open, setOpen] = useState(false)
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="right"
      content={
        <ul className="rail-keeping">
          {items.map(({ key, to, icon }) => (
            <li key={key}>
              <Link
                to={to}
                activeOptions={EXACTLY}
                aria-current={isHere(to, room) ? 'page' : undefined}
                onClick={() => setOpen(false)}
              >
                {icon} {t(`nav.${key}`)}
              </Link>
            </li>
          ))}
        </ul>
      }
    >
      <button
        type="button"
        className="rail-item"
        aria-expanded={open}
        data-here={items.some(({ to }) => isHere(to, room))}
      >
        <span className="rail-icon">
          <AppstoreOutlined />
        </span>
        <span>{t('nav.keeping')}</span>
      </button>
    </Popover>
  )
}
