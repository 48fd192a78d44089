import { useState } from 'react'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageHead } from '../shell/PageHead.tsx'
import { BookletsTab } from './BookletsTab.tsx'
import { RegisterTab } from './RegisterTab.tsx'
import './numbers.css'

/** 文号登记簿: every number and what became of it; the booklets of numbered blanks. */
export function NumbersPage() {
  const { t } = useTranslation('numbers')
  const [tab, setTab] = useState('register')
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      <Tabs
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: 'register', label: t('tab.register'), children: <RegisterTab /> },
          { key: 'booklets', label: t('tab.booklets'), children: <BookletsTab /> },
        ]}
      />
    </div>
  )
}
