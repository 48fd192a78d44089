import { useTranslation } from 'react-i18next'
import { isInstant, readDay } from './china.ts'

const ruleOf = (holds: (text: string) => boolean, message: string) => ({
  validator: async (_: unknown, value: unknown) => {
    if (typeof value === 'string' && value !== '' && !holds(value)) throw new Error(message)
  },
})

/** Rules of a field for a day and for a moment: what was typed must be one. */
export function useReal() {
  const { t } = useTranslation('words')
  return {
    day: ruleOf((text) => readDay(text) !== undefined, t('noSuchDay')),
    moment: ruleOf(isInstant, t('noSuchTime')),
  }
}
