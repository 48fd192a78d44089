import { ClockCircleOutlined, QuestionCircleOutlined, SearchOutlined, UserOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { signOut } from '@liuhen/api/routes/session'
import { useCommand } from '../api/use-command.ts'
import { localCopy } from '../form/local-copy.ts'
import { leave as forget } from '../session/here.ts'
import { useMe } from '../session/me.ts'
import { chinaMinute } from '../time/china.ts'
import { paths } from '../paths.ts'
import { Wordmark } from './Wordmark.tsx'

type Props = Readonly<{ onSearch: () => void; onHelp: () => void }>

export function TopBar({ onSearch, onHelp }: Props) {
  const { t } = useTranslation('shell')
  const me = useMe()
  return (
    <header className="topbar">
      <span className="topbar-mark">
        <Wordmark size={24} />
      </span>
      <span className="topbar-agency">{me.agency.name}</span>
      <button type="button" className="topbar-search" onClick={onSearch} aria-label={t('search.open')}>
        <SearchOutlined />
        <span>{t('search.placeholder')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      {me.clock.kind === 'simulated' && (
        <Tooltip title={t('clock.explain')}>
          <span className="clock-chip">
            <ClockCircleOutlined aria-hidden />
            <span className="clock-word">{t('clock.simulated')}</span>
            <time dateTime={me.clock.now}>{chinaMinute(me.clock.now)}</time>
          </span>
        </Tooltip>
      )}
      <Button
        type="text"
        className="topbar-help"
        icon={<QuestionCircleOutlined />}
        aria-label={t('help.open')}
        onClick={onHelp}
      />
      <UserMenu />
    </header>
  )
}

function UserMenu() {
  const { t } = useTranslation('shell')
  const { t: w } = useTranslation('words')
  const me = useMe()
  const navigate = useNavigate()
  const leave = useCommand(signOut, {
    onDone: () => {
      forget()
      void localCopy.dropAll(me.userId).finally(() => location.assign('/sign-in'))
    },
  })
  const items = [
    {
      key: 'who',
      disabled: true,
      label: (
        <span className="who">
          <strong>{me.name}</strong>
          <span>{me.roles.map((role) => w(`role.${role}`)).join(w('comma'))}</span>
        </span>
      ),
    },
    { type: 'divider' as const },
    { key: 'password', label: t('user.password'), onClick: () => void navigate(paths.password()) },
    { key: 'leave', label: t('user.signOut'), onClick: () => leave.mutate({}) },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} aria-label={t('user.menu', { name: me.name })}>
        <span className="topbar-name">{me.name}</span>
      </Button>
    </Dropdown>
  )
}
