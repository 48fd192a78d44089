import type { ReactNode } from 'react'
import { App } from 'antd'
import { useTranslation } from 'react-i18next'

type Question = Readonly<{ title: string; text?: ReactNode; ok: string; danger?: boolean }>

/** The one way to ask before something that cannot be taken back. Resolves to what was answered. */
export function useConfirm(): (question: Question) => Promise<boolean> {
  const { modal } = App.useApp()
  const { t } = useTranslation('shell')
  return async ({ title, text, ok, danger = false }) =>
    await modal.confirm({
      title,
      content: text,
      okText: ok,
      cancelText: t('cancel'),
      okButtonProps: { danger },
      centered: true,
    })
}
