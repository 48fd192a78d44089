import { Button } from 'antd'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Me } from '@liuhen/api/routes/session'
import { paths } from '../paths.ts'
import { useObserved } from './observed.ts'
import { line } from './send/queue.ts'

type Props = Readonly<{ me: Me; isSignedIn: boolean; onAgain: () => void }>

/** Who is here, and whether the server can be reached. */
export function LineState({ me, isSignedIn, onAgain }: Props) {
  const { t } = useTranslation('field')
  const { is } = useObserved(line)
  const shown = is === 'signed-out' || !isSignedIn ? (is === 'away' ? 'away' : 'signed-out') : is
  const state = !isSignedIn && is !== 'signed-out' ? 'away' : shown
  return (
    <p className="field-line" data-line={state} role="status">
      <strong>{me.name}</strong>
      <span>{t(`line.${state}`)}</span>
      {state === 'signed-out' && <Link {...paths.signIn('/field')}>{t('nobody.enter')}</Link>}
      {state === 'away' && (
        <Button size="small" onClick={onAgain}>
          {t('line.again')}
        </Button>
      )}
    </p>
  )
}
