import { useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { listCases } from '@liuhen/api/routes/cases'
import { useRoute } from '../api/use-route.ts'
import { useMe } from '../session/me.ts'
import { navItems } from './nav-items.tsx'

type Target = Readonly<{ key: string; label: string; note?: string | undefined; to: string }>

/** Ctrl+K: to any page, to any case by number, party or title. */
export function CommandPalette({ open, onClose }: Readonly<{ open: boolean; onClose: () => void }>) {
  const { t } = useTranslation('shell')
  return (
    <Modal
      open={open}
      onCancel={onClose}
      footer={null}
      closable={false}
      width={560}
      destroyOnHidden
      title={t('search.title')}
    >
      <Palette onClose={onClose} />
    </Modal>
  )
}

function Palette({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useTranslation('shell')
  const navigate = useNavigate()
  const [q, setQ] = useState('')
  const [at, setAt] = useState(0)
  const targets = useTargets(q)
  const chosen = Math.min(at, Math.max(0, targets.length - 1))
  const go = (target: Target | undefined): void => {
    if (!target) return
    onClose()
    void navigate({ to: target.to })
  }
  const onKey = (event: React.KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, targets.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0))
    else if (event.key === 'Enter') go(targets[chosen])
    else return
    event.preventDefault()
  }
  return (
    <div className="palette">
      <Input
        autoFocus
        size="large"
        value={q}
        onChange={(e) => {
          setQ(e.target.value)
          setAt(0)
        }}
        onKeyDown={onKey}
        placeholder={t('search.hint')}
        aria-label={t('search.title')}
        role="combobox"
        aria-expanded
        aria-controls="palette-list"
        aria-activedescendant={targets[chosen] ? `palette-${targets[chosen].key}` : undefined}
      />
      <ul id="palette-list" role="listbox" aria-label={t('search.results')}>
        {targets.map((target, i) => (
          <li
            key={target.key}
            id={`palette-${target.key}`}
            role="option"
            aria-selected={i === chosen}
            onClick={() => go(target)}
            onKeyDown={onKey}
            onMouseMove={() => setAt(i)}
          >
            <span>{target.label}</span>
            <span className="faint">{target.note}</span>
          </li>
        ))}
      </ul>
      {targets.length === 0 && <p className="faint">{t('search.none')}</p>}
    </div>
  )
}

function useTargets(q: string): readonly Target[] {
  const { t } = useTranslation('shell')
  const me = useMe()
  const asked = q.trim()
  const found = useRoute(listCases, { query: { q: asked, limit: 8 } }, { enabled: asked !== '', keep: true })
  const pages = navItems(me.roles).map(({ key, to }) => ({
    key,
    to,
    label: t(`nav.${key}`),
    note: t('search.page'),
  }))
  if (asked === '') return pages
  const cases = (found.data?.items ?? []).map((row) => ({
    key: row.id,
    to: `/cases/${row.id}`,
    label: row.title,
    note: row.caseNo ?? row.leadNo,
  }))
  return [...cases, ...pages.filter((page) => page.label.includes(asked))]
}
