import { useEffect } from 'react'
import { Link } from '@tanstack/react-router'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { MeContext } from '../session/me.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { Wordmark } from '../shell/Wordmark.tsx'
import { DeviceCard } from './DeviceCard.tsx'
import { keepPage } from './install.ts'
import { LineState } from './LineState.tsx'
import { NewRecording } from './NewRecording.tsx'
import { useRecording } from './use-recording.ts'
import { canRecord } from './record/camera.ts'
import { RecordingScreen } from './RecordingScreen.tsx'
import { TakeList } from './TakeList.tsx'
import { useField, type Field } from './use-field.ts'
import { Warnings } from './Warnings.tsx'
import './field.css'

/** The recorder that an officer carries: outside the frame of the other rooms, since it must open without a network. */
export function FieldPage() {
  const { t } = useTranslation('field')
  useEffect(() => {
    document.title = t('windowTitle')
    void keepPage()
  }, [t])
  return (
    <div className="field">
      <header className="field-head">
        <Wordmark size={24} />
        <h1>{t('title')}</h1>
        <ToDesk />
      </header>
      <main id="main" tabIndex={-1}>
        {canRecord() ? <Open /> : <Nothing title={t('unable.title')} hint={t('unable.hint')} />}
      </main>
    </div>
  )
}

/** Not while the camera runs: a touch beside the button would end the film. */
function ToDesk() {
  const { t } = useTranslation('field')
  const { is } = useRecording()
  return is === 'idle' ? <Link {...paths.desk()}>{t('toDesk')}</Link> : null
}

function Open() {
  const { t } = useTranslation('field')
  const [field, again] = useField()
  switch (field.is) {
    case 'opening':
      return <Waiting rows={6} />
    case 'elsewhere':
      return <Nothing title={t('elsewhere.title')} hint={t('elsewhere.hint')} />
    case 'broken':
      return <ProblemView error={field.error} />
    case 'nobody':
      return (
        <Nothing
          title={t('nobody.title')}
          hint={t('nobody.hint')}
          action={
            <Link {...paths.signIn('/field')}>
              <Button type="primary" size="large">
                {t('nobody.enter')}
              </Button>
            </Link>
          }
        />
      )
    case 'open':
      return (
        <MeContext value={field.me}>
          <Rooms field={field} onAgain={again} />
        </MeContext>
      )
  }
}

type OpenField = Extract<Field, { is: 'open' }>

function Rooms({ field, onAgain }: Readonly<{ field: OpenField; onAgain: () => void }>) {
  const { t } = useTranslation('field')
  const recording = useRecording()
  const isBusy = recording.is === 'ready' || recording.is === 'running' || recording.is === 'broken'
  if (isBusy) return <RecordingScreen now={recording} cases={field.work?.items ?? []} />
  if (!field.me.roles.includes('officer'))
    return <Nothing title={t('notOfficer.title')} hint={t('notOfficer.hint')} />
  return (
    <div className="field-rooms">
      <div>
        <LineState me={field.me} isSignedIn={field.isSignedIn} onAgain={onAgain} />
        <Warnings />
        {field.me.clock.kind === 'simulated' && <Alert type="info" showIcon title={t('simulated')} />}
        <NewRecording
          me={field.me}
          work={field.work}
          head={field.head}
          isOpening={recording.is === 'opening'}
        />
      </div>
      <div>
        <TakeList personId={field.me.personId ?? ''} />
        <DeviceCard me={field.me} isSignedIn={field.isSignedIn} />
      </div>
    </div>
  )
}
