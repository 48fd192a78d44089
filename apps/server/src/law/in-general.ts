/** What a rule fills in for a case, in words for whoever reads the rule and no case. */
const IN_GENERAL: Readonly<Record<string, string>> = {
  missing: '应有的内容',
  left: '若干',
  right: '规定的数',
  short: '所差的数',
  count: '若干',
  given: '所填的内容',
  allowed: '规定的范围',
  names: '有关人员',
  rank: '应当先签署的负责人',
  step: '该环节',
  gaps: '所缺的时段',
  until: '期满之日',
  day: '规定的日期',
  why: '有关的理由',
  medium: '所填的方式',
  basis: '登记的依据',
}

/** The words of a rule where there is no case that fills them: no braces reach a reader. */
export const inGeneral = (text: string): string =>
  text.replaceAll(/\{([a-zA-Z]+)\}/g, (_, key: string) => IN_GENERAL[key] ?? '……')
