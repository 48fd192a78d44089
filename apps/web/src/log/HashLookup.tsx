import { useState } from 'react'
import { Alert, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { findByHash } from '@liuhen/api/routes/log'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'

/** Asks the log about a file by its digest, without sending the file. */
export function HashLookup() {
  const { t } = useTranslation('log')
  const [sha256, setSha256] = useState('')
  const [typed, setTyped] = useState('')
  const wrong = typed !== '' && !/^[0-9a-f]{64}$/.test(typed)
  const found = useRoute(findByHash, { params: { sha256 } }, { enabled: sha256 !== '' })
  return (
    <section className="panel">
      <h2>{t('lookup')}</h2>
      <p className="explain">{t('lookupNote')}</p>
      <Input.Search
        value={typed}
        onChange={(e) => setTyped(e.target.value.trim().toLowerCase())}
        onSearch={() => setSha256(wrong ? '' : typed)}
        status={wrong ? 'error' : ''}
        placeholder={t('lookupHint')}
        aria-label={t('lookupHint')}
        enterButton={t('lookupGo')}
        maxLength={64}
        className="mono"
      />
      {wrong && <p className="field-problem">{t('lookupWrong')}</p>}
      {found.error && <ProblemView error={found.error} compact />}
      {found.data && (
        <Alert
          className="lookup-answer"
          type={found.data.found ? 'success' : 'warning'}
          showIcon
          title={t(found.data.found ? 'found' : 'notFound')}
          description={[found.data.title, found.data.number, found.data.recordedAt]
            .filter(Boolean)
            .join(' · ')}
        />
      )}
    </section>
  )
}
