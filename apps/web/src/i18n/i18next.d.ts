import type { zhCN } from './zh-cn.ts'

/** A key that no resource file holds does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'words'
    resources: typeof zhCN
  }
}
