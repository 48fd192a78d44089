import {
  AuditOutlined,
  BookOutlined,
  CameraOutlined,
  DatabaseOutlined,
  DeleteOutlined,
  DesktopOutlined,
  MobileOutlined,
  FolderOpenOutlined,
  LinkOutlined,
  NumberOutlined,
  PlayCircleOutlined,
  ProfileOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  TeamOutlined,
  UsbOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import { NUMBER_READERS } from '@liuhen/domain/booklet/booklet'
import { DISPOSAL_READERS } from '@liuhen/domain/disposal/can'
import { STORE_KEEPERS } from '@liuhen/domain/stores/can'

export type NavKey =
  | 'desk'
  | 'cases'
  | 'approvals'
  | 'recordings'
  | 'playback'
  | 'dockings'
  | 'devices'
  | 'field'
  | 'registers'
  | 'law'
  | 'numbers'
  | 'people'
  | 'settings'
  | 'log'
  | 'stores'
  | 'disposals'
  | 'verify'
type NavItem = Readonly<{
  key: NavKey
  to: string
  icon: ReactNode
  /** Posts that may open it; absent: everybody. */
  for?: readonly string[]
  /** Opened less often: the rail folds these under one entry, so that a small laptop shows all of it. */
  keeping?: true
}>

/** The rooms of the product. The first four fit the phone's bottom bar; the others are under "more". */
const NAV_ITEMS: readonly NavItem[] = [
  { key: 'desk', to: '/', icon: <DesktopOutlined /> },
  { key: 'cases', to: '/cases', icon: <FolderOpenOutlined /> },
  { key: 'approvals', to: '/approvals', icon: <AuditOutlined /> },
  { key: 'recordings', to: '/recordings', icon: <VideoCameraOutlined /> },
  { key: 'playback', to: '/playback', icon: <PlayCircleOutlined /> },
  { key: 'dockings', to: '/dockings', icon: <UsbOutlined /> },
  { key: 'field', to: '/field-sessions', icon: <MobileOutlined /> },
  { key: 'devices', to: '/devices', icon: <CameraOutlined /> },
  { key: 'registers', to: '/registers', icon: <ProfileOutlined /> },
  { key: 'law', to: '/law', icon: <BookOutlined /> },
  { key: 'numbers', to: '/numbers', icon: <NumberOutlined />, for: NUMBER_READERS, keeping: true },
  { key: 'people', to: '/people', icon: <TeamOutlined />, keeping: true },
  { key: 'settings', to: '/settings', icon: <SettingOutlined />, keeping: true },
  { key: 'log', to: '/log-state', icon: <LinkOutlined />, keeping: true },
  { key: 'stores', to: '/stores', icon: <DatabaseOutlined />, for: STORE_KEEPERS, keeping: true },
  { key: 'disposals', to: '/disposals', icon: <DeleteOutlined />, for: DISPOSAL_READERS, keeping: true },
  { key: 'verify', to: '/verify', icon: <SafetyCertificateOutlined /> },
]

/** The rooms that these posts may enter. */
export const navItems = (roles: readonly string[]): readonly NavItem[] =>
  NAV_ITEMS.filter((item) => item.for === undefined || roles.some((role) => item.for?.includes(role)))

export const isHere = (to: string, pathname: string): boolean =>
  to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)

/** The router marks a link by its address alone; the room that the page stands in is said by us. */
export const EXACTLY = { exact: true } as const

/** A register has the address of a case, and stands in the room of the registers. */
export const roomOf = (pathname: string, isRegister: boolean): string =>
  isRegister ? pathname.replace(/^\/cases\//, '/registers/') : pathname
