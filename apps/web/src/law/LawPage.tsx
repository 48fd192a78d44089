import { useEffect, useRef } from 'react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PageHead } from '../shell/PageHead.tsx'
import { LAW_TABS } from '../paths.ts'
import { Comparison } from './Comparison.tsx'
import { Conflicts } from './Conflicts.tsx'
import { DefinitionList } from './DefinitionList.tsx'
import { PackShelf } from './PackShelf.tsx'
import { ProcedureList } from './ProcedureList.tsx'
import './law.css'

/** The law as the system reads it: packs and their clauses, procedures, documents. */
export function LawPage() {
  const { t } = useTranslation('law')
  const { tab = 'packs' } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  // On a phone the tabs are wider than the window.
  const here = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // Newer browsers answer with a promise, which is nothing to clean up.
    here.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [tab])
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      <nav className="law-tabs" aria-label={t('title')}>
        {LAW_TABS.map((key) => (
          <button
            key={key}
            type="button"
            ref={key === tab ? here : undefined}
            aria-current={key === tab ? 'page' : undefined}
            onClick={() => void navigate({ search: (old) => ({ ...old, tab: key }) })}
          >
            {t(`tab.${key}`)}
          </button>
        ))}
      </nav>
      {tab === 'packs' && <PackShelf />}
      {tab === 'compare' && <Comparison />}
      {tab === 'conflicts' && <Conflicts />}
      {tab === 'procedures' && <ProcedureList />}
      {tab === 'documents' && <DefinitionList />}
    </div>
  )
}
