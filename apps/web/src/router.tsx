import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router'
import { z } from 'zod'
import { LibrarySearch } from './library/search.ts'
import { FORCES, LAW_TABS, WORKSPACE_TABS } from './paths.ts'
import { parseSearch, stringifySearch } from './plain-search.ts'
import { NotFound } from './shell/NotFound.tsx'
import { Crash } from './shell/Crash.tsx'
import { Shell } from './shell/Shell.tsx'

const optional = z.string().optional().catch(undefined)
const number = z.coerce.number().optional().catch(undefined)

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: z.object({ to: optional }),
  component: lazyRouteComponent(() => import('./session/SignInPage.tsx'), 'SignInPage'),
})
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./session/SetupPage.tsx'), 'SetupPage'),
})
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  component: lazyRouteComponent(() => import('./verify/VerifyPage.tsx'), 'VerifyPage'),
})

const field = createRoute({
  getParentRoute: () => root,
  path: '/field',
  component: lazyRouteComponent(() => import('./field/FieldPage.tsx'), 'FieldPage'),
})

const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })

const desk = createRoute({
  getParentRoute: () => shell,
  path: '/',
  validateSearch: z.object({ scope: z.enum(['mine', 'agency']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./desk/DeskPage.tsx'), 'DeskPage'),
})
const password = createRoute({
  getParentRoute: () => shell,
  path: '/password',
  component: lazyRouteComponent(() => import('./session/PasswordPage.tsx'), 'PasswordPage'),
})
const cases = createRoute({
  getParentRoute: () => shell,
  path: '/cases',
  validateSearch: z.object({
    q: optional,
    status: z.enum(['open', 'closed', 'archived']).optional().catch(undefined),
    stage: optional,
    mine: z.enum(['true', 'false']).optional().catch(undefined),
    overdue: z.enum(['true', 'false']).optional().catch(undefined),
    cursor: optional,
    new: z.enum(['lead']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./case-list/CaseListPage.tsx'), 'CaseListPage'),
})
const caseRoute = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id',
  validateSearch: z.object({
    tab: z.enum(WORKSPACE_TABS).optional().catch(undefined),
    step: optional,
    f: optional,
    t: number,
    cams: z.literal('on').optional().catch(undefined),
    zoom: optional,
    duty: optional,
  }),
  component: lazyRouteComponent(() => import('./case/CasePage.tsx'), 'CasePage'),
})
const form = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id/forms/$type',
  validateSearch: z.object({ step: z.string().catch(''), documentId: optional, about: optional }),
  component: lazyRouteComponent(() => import('./form/FormPage.tsx'), 'FormPage'),
})
const document = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id/documents/$documentId',
  component: lazyRouteComponent(() => import('./document/DocumentPage.tsx'), 'DocumentPage'),
})
const versions = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id/documents/$documentId/versions',
  validateSearch: z.object({
    a: z.int().optional().catch(undefined),
    b: z.int().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./document/VersionsPage.tsx'), 'VersionsPage'),
})
const approvals = createRoute({
  getParentRoute: () => shell,
  path: '/approvals',
  validateSearch: z.object({ d: optional }),
  component: lazyRouteComponent(() => import('./approval/ApprovalsPage.tsx'), 'ApprovalsPage'),
})
const recordings = createRoute({
  getParentRoute: () => shell,
  path: '/recordings',
  validateSearch: LibrarySearch,
  component: lazyRouteComponent(() => import('./library/LibraryPage.tsx'), 'LibraryPage'),
})
const playback = createRoute({
  getParentRoute: () => shell,
  path: '/playback',
  validateSearch: z.object({
    tab: z.enum(['queue', 'register']).optional().catch(undefined),
    f: optional,
    from: optional,
    to: optional,
  }),
  component: lazyRouteComponent(() => import('./playback/PlaybackPage.tsx'), 'PlaybackPage'),
})
const dockings = createRoute({
  getParentRoute: () => shell,
  path: '/dockings',
  validateSearch: z.object({ d: optional, state: optional }),
  component: lazyRouteComponent(() => import('./docking/DockingsPage.tsx'), 'DockingsPage'),
})
const devices = createRoute({
  getParentRoute: () => shell,
  path: '/devices',
  validateSearch: z.object({ d: optional, state: optional }),
  component: lazyRouteComponent(() => import('./device/DevicesPage.tsx'), 'DevicesPage'),
})
const fieldSessions = createRoute({
  getParentRoute: () => shell,
  path: '/field-sessions',
  validateSearch: z.object({ state: optional }),
  component: lazyRouteComponent(() => import('./field-sessions/FieldSessionsPage.tsx'), 'FieldSessionsPage'),
})
const registers = createRoute({
  getParentRoute: () => shell,
  path: '/registers',
  component: lazyRouteComponent(() => import('./register/RegistersPage.tsx'), 'RegistersPage'),
})
const law = createRoute({
  getParentRoute: () => shell,
  path: '/law',
  validateSearch: z.object({
    tab: z.enum(LAW_TABS).optional().catch(undefined),
    pack: optional,
    clause: optional,
    q: optional,
    force: z.enum(FORCES).optional().catch(undefined),
    rules: z.enum(['with', 'without']).optional().catch(undefined),
    left: optional,
    right: optional,
    same: z.enum(['shown']).optional().catch(undefined),
    all: z.enum(['true']).optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./law/LawPage.tsx'), 'LawPage'),
})
const numbers = createRoute({
  getParentRoute: () => shell,
  path: '/numbers',
  component: lazyRouteComponent(() => import('./numbers/NumbersPage.tsx'), 'NumbersPage'),
})
const standIns = createRoute({
  getParentRoute: () => shell,
  path: '/approvals/stand-ins',
  component: lazyRouteComponent(() => import('./stand-in/StandInsPage.tsx'), 'StandInsPage'),
})
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/PeoplePage.tsx'), 'PeoplePage'),
})
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/SettingsPage.tsx'), 'SettingsPage'),
})
const log = createRoute({
  getParentRoute: () => shell,
  path: '/log-state',
  component: lazyRouteComponent(() => import('./log/LogPage.tsx'), 'LogPage'),
})
const stores = createRoute({
  getParentRoute: () => shell,
  path: '/stores',
  component: lazyRouteComponent(() => import('./stores/StoresPage.tsx'), 'StoresPage'),
})
const disposals = createRoute({
  getParentRoute: () => shell,
  path: '/disposals',
  validateSearch: z.object({ view: z.enum(['batches', 'due', 'blocked']).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./disposal/DisposalsPage.tsx'), 'DisposalsPage'),
})
const disposal = createRoute({
  getParentRoute: () => shell,
  path: '/disposals/$id',
  component: lazyRouteComponent(() => import('./disposal/BatchPage.tsx'), 'BatchPage'),
})

const spot = createRoute({
  getParentRoute: () => shell,
  path: '/spot',
  component: lazyRouteComponent(() => import('./spot/SpotPage.tsx'), 'SpotPage'),
})

const inside = [
  desk,
  password,
  cases,
  caseRoute,
  form,
  document,
  versions,
  approvals,
  standIns,
  recordings,
  playback,
  dockings,
  devices,
  fieldSessions,
  registers,
  law,
  numbers,
  people,
  settings,
  log,
  stores,
  disposals,
  disposal,
  spot,
]

export const router = createRouter({
  routeTree: root.addChildren([signIn, setup, verify, field, shell.addChildren(inside)]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  parseSearch,
  stringifySearch,
  defaultErrorComponent: Crash,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
