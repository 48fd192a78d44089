import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { type Named, titleOf } from './look-of.ts'

/** What it is called, leading to it: whoever decides about it can look at it first. */
export function ItemName({ item }: Readonly<{ item: Named }>) {
  const { t } = useTranslation('disposal')
  const to = 'caseFile' in item ? paths.caseFile(item.caseFile) : paths.openRecording(item.recordingId)
  return (
    <Link {...to}>
      <strong>{titleOf(item, (caseNo) => t('file.name', { caseNo }))}</strong>
    </Link>
  )
}
