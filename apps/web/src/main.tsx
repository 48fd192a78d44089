import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { asProblem } from './api/problem.ts'
import { startI18n } from './i18n/start.ts'
import { router } from './router.tsx'
import { theme } from './theme.ts'
import './app.css'
import './reasons.css'
import './desk/desk.css'
import './screens.css'
import './shell/shell.css'
import './session/entrance.css'
import './shell/phone.css'

startI18n()

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // What the server refused stays refused; only an outage is worth a second try.
      retry: (count, error) => count < 2 && [0, 502, 503, 504].includes(asProblem(error).status),
    },
  },
})

const root = document.getElementById('root')
if (!root) throw new Error('no #root in the page')
// Controls that wait for the end of a motion that never runs would stay where nobody sees them.
const motion = !window.matchMedia('(prefers-reduced-motion: reduce)').matches
createRoot(root).render(
  <StrictMode>
    <ConfigProvider
      locale={zhCN}
      theme={{ ...theme, token: { ...theme.token, motion } }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <App message={{ maxCount: 2, top: 4 }}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>
  </StrictMode>,
)
