import { useNavigate, useSearch } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageHead } from '../shell/PageHead.tsx'
import { DefinitionList } from './DefinitionList.tsx'
import { PackShelf } from './PackShelf.tsx'
import { ProcedureList } from './ProcedureList.tsx'
import './law.css'

const TABS = ['packs', 'procedures', 'documents'] as const
type Tab = (typeof TABS)[number]

/** The law as the system reads it: packs and their clauses, procedures, documents. */
export function LawPage() {
  const { t } = useTranslation('law')
  const { tab = 'packs' } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const choose = (key: string): void => {
    const next: Tab = TABS.find((k) => k === key) ?? 'packs'
    void navigate({ search: (old) => ({ ...old, tab: next }) })
  }
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      <Tabs activeKey={tab} onChange={choose} items={TABS.map((key) => ({ key, label: t(`tab.${key}`) }))} />
      {tab === 'packs' && <PackShelf />}
      {tab === 'procedures' && <ProcedureList />}
      {tab === 'documents' && <DefinitionList />}
    </div>
  )
}
