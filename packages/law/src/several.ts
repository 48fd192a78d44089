/** Several options of one setting stand in one text: 行政处罚、行政检查. */
const BETWEEN = '、'

export const optionsIn = (value: unknown): readonly string[] =>
  typeof value === 'string' && value !== '' ? value.split(BETWEEN) : []

/** Nothing chosen is nothing set. */
export const optionsAsValue = (options: readonly string[]): string | null =>
  options.length === 0 ? null : options.join(BETWEEN)
