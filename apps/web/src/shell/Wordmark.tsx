import { useTranslation } from 'react-i18next'

type Props = Readonly<{ tone?: 'light' | 'dark'; compact?: boolean; size?: number }>

/** The trace that stays: one line, and the point that it leads to. */
export function Wordmark({ tone = 'dark', compact = false, size = 28 }: Props) {
  const { t } = useTranslation('shell')
  return (
    <span className={`wordmark wordmark-${tone}${compact ? ' wordmark-compact' : ''}`}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <path
          d="M4 22c4.500 0 4-13 8.500-13s2.500 13 7 13 3.500-7 6-8"
          fill="none"
          stroke="currentColor"
          strokeWidth="2.600"
          strokeLinecap="round"
        />
        <circle cx="27" cy="13" r="2.600" fill="#d9a441" />
      </svg>
      <span className="wordmark-text">{t('product')}</span>
    </span>
  )
}
