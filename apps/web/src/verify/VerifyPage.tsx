import { useEffect, useState } from 'react'
import { InboxOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Collapse, Input, Progress, Upload } from 'antd'
import { useTranslation } from 'react-i18next'
import { whoAmI } from '@liuhen/api/routes/session'
import { useRoute } from '../api/use-route.ts'
import { sizeOf } from '../recording/size.ts'
import { isHere } from '../session/here.ts'
import { Frame } from '../shell/Shell.tsx'
import { Wordmark } from '../shell/Wordmark.tsx'
import { ReportView } from './ReportView.tsx'
import { useVerify } from './use-verify.ts'
import type { Verification } from './use-verify.ts'
import './verify.css'

/** For somebody who does not trust us: picks a package, and this page alone checks it. Who is signed in keeps their rooms. */
export function VerifyPage() {
  const { t } = useTranslation('verify')
  const me = useRoute(whoAmI, {}, { enabled: isHere() })
  useEffect(() => {
    document.title = t('title')
  }, [t])
  if (me.data)
    return (
      <Frame me={me.data}>
        <div className="page page-narrow">
          <Verify />
        </div>
      </Frame>
    )
  return (
    <div className="verify">
      <header className="verify-head">
        <Link to="/" aria-label={t('home')}>
          <Wordmark size={26} />
        </Link>
      </header>
      <main className="page page-narrow" id="main">
        <Verify />
      </main>
    </div>
  )
}

function Verify() {
  const { t } = useTranslation('verify')
  const [policy, setPolicy] = useState('')
  const { verification, start, cancel } = useVerify()
  return (
    <>
      <h1>{t('title')}</h1>
      <p className="explain">{t('note')}</p>
      <Upload.Dragger
        accept=".tar"
        maxCount={1}
        showUploadList={false}
        disabled={verification.state === 'running'}
        beforeUpload={(file) => {
          start(file, policy)
          return false
        }}
      >
        <p className="drop-icon">
          <InboxOutlined />
        </p>
        <p>{t('drop')}</p>
        <p className="faint">{t('dropHint')}</p>
      </Upload.Dragger>
      <Collapse
        ghost
        items={[
          {
            key: 'policy',
            label: t('policy'),
            children: (
              <>
                <p className="explain">{t('policyNote')}</p>
                <Input.TextArea
                  value={policy}
                  onChange={(e) => setPolicy(e.target.value)}
                  className="mono"
                  aria-label={t('policy')}
                  placeholder="log <vkey>"
                  autoSize={{ minRows: 2 }}
                />
              </>
            ),
          },
        ]}
      />
      <Outcome
        verification={verification}
        onCancel={cancel}
        onAgain={(file, key) => {
          setPolicy(key)
          start(file, key)
        }}
      />
    </>
  )
}

type OutcomeProps = Readonly<{
  verification: Verification
  onCancel: () => void
  onAgain: (file: File, key: string) => void
}>

function Outcome({ verification, onCancel, onAgain }: OutcomeProps) {
  const { t } = useTranslation('verify')
  switch (verification.state) {
    case 'idle':
      return null
    case 'running': {
      const percent = Math.min(99, Math.floor((verification.done / Math.max(1, verification.of)) * 100))
      return (
        <section className="panel" aria-live="polite">
          <p>
            {t('running', {
              name: verification.name,
              done: sizeOf(verification.done),
              of: sizeOf(verification.of),
            })}
          </p>
          <Progress percent={percent} aria-label={t('progress')} />
          <Button onClick={onCancel}>{t('cancel')}</Button>
        </section>
      )
    }
    case 'broken':
      return <Alert type="error" showIcon title={t('broken')} description={t('brokenNext')} />
    case 'done':
      return (
        <ReportView
          name={verification.name}
          report={verification.report}
          onAgain={(key) => onAgain(verification.file, key)}
        />
      )
  }
}
