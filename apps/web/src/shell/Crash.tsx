import { Button } from 'antd'
import { ProblemView } from './ProblemView.tsx'
import { useTranslation } from 'react-i18next'

/** A fault of the program itself. Never a stack on the screen. */
export function Crash({ error }: Readonly<{ error: unknown }>) {
  const { t } = useTranslation('problem')
  return (
    <div className="page">
      <ProblemView error={error} />
      <Button href="/" style={{ marginTop: 16 }}>
        {t('toDesk')}
      </Button>
    </div>
  )
}
