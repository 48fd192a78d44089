/** The same object without the keys that hold nothing: canonical JSON knows no `undefined`. */
export const present = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T
