import { useState } from 'react'
import { CheckOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FieldCase } from '@liuhen/api/routes/field'
import { InterruptDialog } from './InterruptDialog.tsx'
import { useObserved } from './observed.ts'
import { explained, finish, interrupt, mark } from './record/recording.ts'
import type { Busy } from './RecordingScreen.tsx'
import { Spoken } from './Spoken.tsx'
import { takes } from './takes.ts'
import { keyContentOf } from './wants.ts'

type Props = Readonly<{ now: Extract<Busy, { is: 'running' }>; file: FieldCase | undefined }>

export function RunningControls({ now, file }: Props) {
  const { t } = useTranslation('field')
  const [isAsking, setAsking] = useState(false)
  const all = useObserved(takes)
  const codes = all.filter((x) => x.session === now.session).flatMap((x) => x.marks.map((m) => m.code))
  const moments = codes.filter((code) => code === 'moment').length
  const marked = new Set(codes)
  return (
    <div className="recorder-controls">
      {now.mustExplain && (
        <Alert
          type="warning"
          showIcon
          title={t('speak.title')}
          description={t('speak.hint')}
          action={
            <Button size="large" type="primary" onClick={() => void explained()}>
              {t('speak.done')}
            </Button>
          }
        />
      )}
      {file && <Spoken file={file} marked={marked} />}
      <div className="marks" role="group" aria-label={t('act.marks')}>
        {(file ? keyContentOf(file) : []).map(({ code, label }) => (
          <Button
            key={code}
            size="large"
            icon={marked.has(code) ? <CheckOutlined /> : undefined}
            data-marked={marked.has(code)}
            onClick={() => void mark(code)}
          >
            {label}
          </Button>
        ))}
        <Button size="large" onClick={() => void mark('moment')}>
          {t(moments === 0 ? 'act.mark' : 'act.markAgain', { n: moments })}
        </Button>
      </div>
      <div className="recorder-two">
        <Button size="large" className="field-big" onClick={() => setAsking(true)}>
          {t('act.interrupt')}
        </Button>
        <Button size="large" className="field-big" type="primary" onClick={() => void finish()}>
          {t('act.finish')}
        </Button>
      </div>
      {isAsking && (
        <InterruptDialog
          title={t('act.interrupt')}
          onClose={() => setAsking(false)}
          onSay={(cause) => {
            setAsking(false)
            void interrupt(cause)
          }}
        />
      )}
    </div>
  )
}
