import { CheckOutlined, LoadingOutlined, WarningOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import { chinaSecond } from '../time/china.ts'
import type { DraftState } from './draft-state.ts'

/** Whether what is on the screen is safe, said all the time. */
export function SavedLine({ state }: Readonly<{ state: DraftState }>) {
  const { t } = useTranslation('document')
  const at = state.savedAt === undefined ? '' : chinaSecond(state.savedAt)
  switch (state.status) {
    case 'clean':
      return (
        <span className="saved-line" role="status">
          <CheckOutlined aria-hidden /> {at === '' ? t('saved.never') : t('saved.at', { at })}
        </span>
      )
    case 'dirty':
    case 'saving':
      return (
        <span className="saved-line" role="status">
          <LoadingOutlined aria-hidden /> {t('saved.saving')}
        </span>
      )
    case 'failed':
    case 'refused':
    case 'conflict':
      return (
        <span className="saved-line saved-line-bad" role="status">
          <WarningOutlined aria-hidden /> {t(`saved.${state.status}`)}
        </span>
      )
  }
}
