import { Button, Modal, Typography } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{ name: string; login: string; password: string; onClose: () => void }>

/** Shown once, to be handed over. It is closed by saying so, not by a click beside it. */
export function OneTimePassword({ name, login, password, onClose }: Props) {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  const copy = (text: string) => ({ text, tooltips: [w('copy'), w('copied')] })
  return (
    <Modal
      open
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={t('oneTime.title', { name })}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('oneTime.close')}
        </Button>
      }
    >
      <dl className="facts">
        <dt>{t('oneTime.login')}</dt>
        <dd className="mono">{login}</dd>
        <dt>{t('oneTime.password')}</dt>
        <dd>
          <Typography.Text strong className="mono one-time" copyable={copy(password)}>
            {password}
          </Typography.Text>
        </dd>
      </dl>
      <p className="explain">{t('oneTime.note')}</p>
    </Modal>
  )
}
