import { Skeleton } from 'antd'
import { useTranslation } from 'react-i18next'

/** Something is being read. Says so to a screen reader; shows the shape of what comes. */
export function Waiting({ whole = false, rows = 5 }: Readonly<{ whole?: boolean; rows?: number }>) {
  const { t } = useTranslation('shell')
  return (
    <div className={whole ? 'waiting waiting-whole' : 'waiting'} role="status" aria-label={t('waiting')}>
      <Skeleton active paragraph={{ rows }} />
    </div>
  )
}
