import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'

/** The demonstration prints its accounts at the start; this only says where to look and under which clock it runs. */
export function DemoHint({ onPick }: Readonly<{ onPick: (fields: { login: string }) => void }>) {
  const { t } = useTranslation('session')
  const accounts = t('demo.accounts', { returnObjects: true })
  return (
    <Alert
      className="demo-hint"
      type="info"
      title={t('demo.title')}
      description={
        <>
          <p>{t('demo.text')}</p>
          <ul className="demo-accounts">
            {accounts.map(({ login, role }) => (
              <li key={login}>
                <button type="button" onClick={() => onPick({ login })}>
                  <code>{login}</code> {role}
                </button>
              </li>
            ))}
          </ul>
        </>
      }
    />
  )
}
