import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'

const KEYS = [
  ['Ctrl K', 'palette'],
  ['?', 'help'],
  ['J / K', 'rows'],
  ['A', 'approve'],
  ['R', 'return'],
  ['Space', 'play'],
  [', / .', 'frame'],
  ['Enter', 'dialogue'],
  ['↑ / ↓', 'arrows'],
  ['/', 'phrase'],
  ['Alt 1–9', 'phraseNo'],
  ['Alt Enter', 'insert'],
  ['Alt S', 'split'],
  ['Alt ↑ / ↓', 'move'],
  ['Alt Del', 'remove'],
  ['Alt Z', 'restore'],
  ['Alt T', 'stamp'],
  ['Ctrl S', 'save'],
] as const

export function HelpDialog({ open, onClose }: Readonly<{ open: boolean; onClose: () => void }>) {
  const { t } = useTranslation('shell')
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('help.title')} width={480}>
      <dl className="keys">
        {KEYS.map(([key, what]) => (
          <div key={what}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.${what}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="faint">{t('help.note')}</p>
    </Modal>
  )
}
