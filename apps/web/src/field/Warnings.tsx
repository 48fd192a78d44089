import { useEffect } from 'react'
import { Alert } from 'antd'
import { useTranslation } from 'react-i18next'
import { useObserved } from './observed.ts'
import { phoneMs } from './phone-clock.ts'
import { isOnlyHere, warningDay } from './take.ts'
import { takes } from './takes.ts'

/** What lies on this phone alone, louder after one, three and five days; and as a number on the phone's own icon. */
export function Warnings() {
  const { t } = useTranslation('field')
  const all = useObserved(takes)
  const only = all.filter(isOnlyHere)
  const count = only.length
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return
    void (count === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(count)).catch(() => undefined)
  }, [count])
  if (count === 0) return null
  const day = warningDay(only, phoneMs())
  const type = day === undefined ? 'info' : day === 1 ? 'warning' : 'error'
  return (
    <Alert
      type={type}
      showIcon
      title={t('only.title', { n: count })}
      description={day === undefined ? t('only.hint') : t(`only.day${day}`)}
    />
  )
}
