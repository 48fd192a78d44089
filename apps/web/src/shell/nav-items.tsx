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
  ProfileOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  TeamOutlined,
  UsbOutlined,
  VideoCameraOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'

export type NavKey =
  | 'desk'
  | 'cases'
  | 'approvals'
  | 'recordings'
  | 'dockings'
  | 'devices'
  | 'field'
  | 'registers'
  | 'law'
  | 'people'
  | 'settings'
  | 'log'
  | 'stores'
  | 'disposals'
  | 'verify'
type NavItem = Readonly<{ key: NavKey; to: string; icon: ReactNode }>

/** The rooms of the product. The first four fit the phone's bottom bar; the others are under "more". */
export const NAV_ITEMS: readonly NavItem[] = [
  { key: 'desk', to: '/', icon: <DesktopOutlined /> },
  { key: 'cases', to: '/cases', icon: <FolderOpenOutlined /> },
  { key: 'approvals', to: '/approvals', icon: <AuditOutlined /> },
  { key: 'recordings', to: '/recordings', icon: <VideoCameraOutlined /> },
  { key: 'dockings', to: '/dockings', icon: <UsbOutlined /> },
  { key: 'field', to: '/field-sessions', icon: <MobileOutlined /> },
  { key: 'devices', to: '/devices', icon: <CameraOutlined /> },
  { key: 'registers', to: '/registers', icon: <ProfileOutlined /> },
  { key: 'law', to: '/law', icon: <BookOutlined /> },
  { key: 'people', to: '/people', icon: <TeamOutlined /> },
  { key: 'settings', to: '/settings', icon: <SettingOutlined /> },
  { key: 'log', to: '/log-state', icon: <LinkOutlined /> },
  { key: 'stores', to: '/stores', icon: <DatabaseOutlined /> },
  { key: 'disposals', to: '/disposals', icon: <DeleteOutlined /> },
  { key: 'verify', to: '/verify', icon: <SafetyCertificateOutlined /> },
]

export const isHere = (to: string, pathname: string): boolean =>
  to === '/' ? pathname === '/' : pathname === to || pathname.startsWith(`${to}/`)

/** The router marks a link by its address alone; the room that the page stands in is said by us. */
export const EXACTLY = { exact: true } as const

/** A register has the address of a case, and stands in the room of the registers. */
export const roomOf = (pathname: string, isRegister: boolean): string =>
  isRegister ? pathname.replace(/^\/cases\//, '/registers/') : pathname
