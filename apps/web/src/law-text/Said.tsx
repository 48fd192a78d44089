import { useTranslation } from 'react-i18next'
import type { Reason } from '@liuhen/law/evaluation'

type Props = Readonly<{ reason: Readonly<{ message: string; facts?: Reason['facts'] | undefined }> }>

/** A reason in words, and who of several has not received the paper: names stand beside its message, which is kept, and never in it. */
export function Said({ reason: { message, facts } }: Props) {
  const { t } = useTranslation('words')
  return facts?.['wanting'] === undefined ? message : t('wanting', { message, wanting: facts['wanting'] })
}
