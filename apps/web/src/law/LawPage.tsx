import { useNavigate, useSearch } from '@tanstack/react-router'
import { Tabs } from 'antd'
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
  const choose = (key: string): void => {
    const next = LAW_TABS.find((k) => k === key) ?? 'packs'
    void navigate({ search: (old) => ({ ...old, tab: next }) })
  }
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={choose}
        items={LAW_TABS.map((key) => ({ key, label: t(`tab.${key}`) }))}
      />
      {tab === 'packs' && <PackShelf />}
      {tab === 'compare' && <Comparison />}
      {tab === 'conflicts' && <Conflicts />}
      {tab === 'procedures' && <ProcedureList />}
      {tab === 'documents' && <DefinitionList />}
    </div>
  )
}
