import { Button, Modal } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{ open: boolean; onSettle: (whose: 'mine' | 'theirs') => Promise<void> }>

/** Two people wrote the same draft; a person decides, never the program. */
export function ConflictDialog({ open, onSettle }: Props) {
  const { t } = useTranslation('document')
  return (
    <Modal
      open={open}
      closable={false}
      title={t('conflict.title')}
      footer={[
        <Button key="theirs" onClick={() => void onSettle('theirs')}>
          {t('conflict.theirs')}
        </Button>,
        <Button key="mine" type="primary" onClick={() => void onSettle('mine')}>
          {t('conflict.mine')}
        </Button>,
      ]}
    >
      <p>{t('conflict.text')}</p>
    </Modal>
  )
}
