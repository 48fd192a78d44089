import type { ReactNode } from 'react'
import { useEffect, useRef, useState } from 'react'
import { Navigate, Outlet, useLocation, useNavigate, useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { myApprovals } from '@liuhen/api/routes/approvals'
import { whoAmI } from '@liuhen/api/routes/session'
import type { Me } from '@liuhen/api/routes/session'
import { asProblem } from '../api/problem.ts'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { isHere, leave } from '../session/here.ts'
import { MeContext, useMe } from '../session/me.ts'
import { CommandPalette } from './CommandPalette.tsx'
import { HelpDialog } from './HelpDialog.tsx'
import { PhoneNav } from './PhoneNav.tsx'
import { ProblemView } from './ProblemView.tsx'
import { Rail } from './Rail.tsx'
import { TopBar } from './TopBar.tsx'
import { useKeys } from './use-keys.ts'
import { Waiting } from './Waiting.tsx'

/** Everything behind the sign-in: asks once who is here, then shows the page in its frame. */
export function Shell() {
  const here = isHere()
  const me = useRoute(whoAmI, {}, { every: 60_000, enabled: here })
  const { href } = useLocation()
  if (!here) return <ToSignIn from={href} />
  if (me.data)
    return (
      <Frame me={me.data}>
        <Outlet />
      </Frame>
    )
  if (me.isPending) return <Waiting whole />
  if (asProblem(me.error).status === 401) return <ToSignIn from={href} />
  return <ProblemView error={me.error} onRetry={() => void me.refetch()} />
}

/** To the sign-in, once: the address changes while that page is on its way, and must not be followed again. */
function ToSignIn({ from }: Readonly<{ from: string }>) {
  const navigate = useNavigate()
  const [to] = useState(from)
  useEffect(() => {
    leave()
    void navigate({ ...paths.signIn(to), replace: true })
  }, [navigate, to])
  return <Waiting whole />
}

type FrameProps = Readonly<{ me: Me; children: ReactNode }>

/** The rooms of the product around a page. */
export function Frame({ me, children }: FrameProps) {
  const { t } = useTranslation('shell')
  const { pathname } = useLocation()
  // The address runs ahead of what is drawn: a page that may not be shown yet must not ask for its data.
  const shown = useRouterState({ select: (state) => state.matches.at(-1)?.pathname })
  const [open, setOpen] = useState<'search' | 'help' | undefined>()
  useKeys({ 'ctrl+k': () => setOpen('search'), '?': () => setOpen('help') })
  useFocusOnNavigation(pathname)
  if (me.mustChangePassword && shown !== '/password')
    return pathname === '/password' ? <Waiting whole /> : <Navigate to="/password" />
  return (
    <MeContext value={me}>
      <a className="skip-link" href="#main">
        {t('skip')}
      </a>
      <div className="frame">
        <WithWaiting>{(n) => <Rail waiting={n} />}</WithWaiting>
        <div className="frame-body">
          <TopBar onSearch={() => setOpen('search')} onHelp={() => setOpen('help')} />
          <main id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
        <WithWaiting>{(n) => <PhoneNav waiting={n} />}</WithWaiting>
      </div>
      <CommandPalette open={open === 'search'} onClose={() => setOpen(undefined)} />
      <HelpDialog open={open === 'help'} onClose={() => setOpen(undefined)} />
    </MeContext>
  )
}

/** Nothing but the change of password is answered to whoever has yet to choose their own. */
function WithWaiting({ children }: Readonly<{ children: (n: number) => ReactNode }>) {
  const { mustChangePassword } = useMe()
  const approvals = useRoute(myApprovals, {}, { every: 60_000, enabled: !mustChangePassword })
  return children(approvals.data?.items.length ?? 0)
}

/** A screen reader hears the new page: focus goes to it, except on the first load. */
function useFocusOnNavigation(pathname: string): void {
  const shown = useRef(pathname)
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    document.getElementById('main')?.focus({ preventScroll: true })
  }, [pathname])
}
