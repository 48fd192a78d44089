import { useState } from 'react'
import { Alert, Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FieldCase } from '@liuhen/api/routes/field'
import { Cites } from '../law-text/Cites.tsx'
import { useObserved } from './observed.ts'
import { abandon, resume } from './record/recording.ts'
import type { Busy } from './RecordingScreen.tsx'
import { takes } from './takes.ts'

type Props = Readonly<{ now: Extract<Busy, { is: 'broken' }>; file: FieldCase | undefined }>

/** Interrupted: it goes on, or somebody is told that it does not. */
export function Broken({ now, file }: Props) {
  const { t } = useTranslation('field')
  const all = useObserved(takes)
  const [reportedTo, setReportedTo] = useState('')
  const cut = all.find((take) => take.chain === now.chain)?.break
  const wants = file?.wants.interruption ?? []
  const [to = ''] = wants.flatMap((one) => one.reportTo ?? [])
  return (
    <div className="recorder-controls">
      <Alert
        type="warning"
        showIcon
        title={cut ? t('broken.title', { cause: t(`cause.${cut.cause}`) }) : t('broken.plain')}
        description={t('broken.hint')}
      />
      <Button type="primary" danger size="large" block className="field-big" onClick={() => void resume()}>
        {t('act.resume')}
      </Button>
      <section className="field-abandon">
        <h3>{t('broken.cannot')}</h3>
        {wants.map((one) => (
          <Cites key={one.causes.join()} of={one.citations} />
        ))}
        <Input
          size="large"
          aria-label={t('cause.reportedTo')}
          placeholder={to === '' ? t('cause.reportedTo') : to}
          value={reportedTo}
          onChange={(e) => setReportedTo(e.target.value)}
        />
        <Button
          size="large"
          block
          disabled={reportedTo.trim() === ''}
          onClick={() => void abandon(reportedTo.trim())}
        >
          {t('act.abandon')}
        </Button>
      </section>
    </div>
  )
}
