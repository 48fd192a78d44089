import { useTranslation } from 'react-i18next'
import type { DeviceRow } from '@liuhen/api/routes/devices'

/** How far the clock of a device was off when it was last measured, and how sure that is. */
export function Clock({ reading }: Readonly<{ reading: DeviceRow['clock'] }>) {
  const { t } = useTranslation('device')
  if (reading === undefined) return <p className="faint">{t('clockUnknown')}</p>
  const seconds = (ms: number): string => (Math.abs(ms) / 1000).toFixed(1)
  const way = t(reading.offsetMs < 0 ? 'slow' : 'fast')
  return <p>{t('clock', { way, s: seconds(reading.offsetMs), u: seconds(reading.uncertaintyMs) })}</p>
}
