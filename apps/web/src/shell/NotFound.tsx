import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Nothing } from './Nothing.tsx'

export function NotFound() {
  const { t } = useTranslation('problem')
  return (
    <main className="page" id="main">
      <Nothing
        title={t('not-found.title')}
        hint={t('not-found.next')}
        action={
          <Button type="primary" href="/">
            {t('toDesk')}
          </Button>
        }
      />
    </main>
  )
}
