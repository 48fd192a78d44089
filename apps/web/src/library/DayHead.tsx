import { useTranslation } from 'react-i18next'

const weekday = new Intl.DateTimeFormat('zh-CN', { weekday: 'long', timeZone: 'Asia/Shanghai' })

type Props = Readonly<{ day: string; n: number; top: number }>

export function DayHead({ day, n, top }: Props) {
  const { t } = useTranslation('library')
  return (
    <li className="library-head" style={{ top }}>
      <h2>
        <span className="mono">{day}</span> {weekday.format(new Date(`${day}T12:00:00+08:00`))}
        <span className="faint"> {t('dayCount', { n })}</span>
      </h2>
    </li>
  )
}
