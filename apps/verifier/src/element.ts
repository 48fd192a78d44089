export type Content = Node | string

/** An element with text and elements inside; text is never read as HTML. */
export const el = (tag: string, className: string, ...content: readonly Content[]): HTMLElement => {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  for (const part of content) made.append(part)
  return made
}

export const find = <E extends HTMLElement>(id: string, kind: new () => E): E => {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new Error(`#${id} is not there`)
  return found
}
