import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { NAMESPACES, zhCN } from './zh-cn.ts'

/** Chinese is the only language so far; a second one is a second folder and nothing else. */
export const startI18n = (): void => {
  void i18next.use(initReactI18next).init({
    lng: 'zh-CN',
    fallbackLng: 'zh-CN',
    defaultNS: 'words',
    ns: [...NAMESPACES],
    resources: { 'zh-CN': zhCN },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
}
