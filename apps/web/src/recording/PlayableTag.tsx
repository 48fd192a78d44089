import { useTranslation } from 'react-i18next'

/** What the check said. What was not checked is never shown as good. */
export function PlayableTag({
  playable,
}: Readonly<{ playable: 'playable' | 'broken' | 'not-checked' | undefined }>) {
  const { t } = useTranslation('recording')
  const state = playable ?? 'not-checked'
  return <span className={`play-chip play-chip-${state}`}>{t(`playable.${state}`)}</span>
}
