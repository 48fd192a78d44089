import { useTranslation } from 'react-i18next'
import { recordingTitle } from './title-of.ts'

/** The title of a recording of this case. */
export function useTitle(file: Parameters<typeof recordingTitle>[0]) {
  const { t } = useTranslation('recording')
  return (recording: Parameters<typeof recordingTitle>[1]): string =>
    recordingTitle(file, recording, (step, scene) => t('titleOf', { step, scene }))
}
