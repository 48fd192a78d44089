type Element = Readonly<{ label: string; clause: string }>

const isElement = (value: object): value is Element =>
  'label' in value && typeof value.label === 'string' && 'clause' in value && typeof value.clause === 'string'

/** The elements that a condition asks for one by one, each under the clause that names it. */
export const elementsOf = (condition: unknown): readonly Element[] => {
  if (typeof condition !== 'object' || condition === null) return []
  if (isElement(condition)) return [{ label: condition.label, clause: condition.clause }]
  return Object.values(condition).flatMap(elementsOf)
}
