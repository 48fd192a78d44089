/** A name, its attributes in double quotes, and whether the element is empty; or a closing name. */
const TAG = /<(?:\/([^\s<>/"=]+)|([^\s<>/"=!?]+)((?:\s+[^\s<>/"=]+="[^"<]*")*)(\/?))>/y
const TEXT = /(?:[^<&\uFFFE\uFFFF]|&(?:amp|lt|gt|quot|#39);)*/y
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/**
 * Reads XML that was made here as strictly as it is written: where it can no longer be read, as an offset; nothing when
 * all of it can. Looked at are nesting, names, attributes and entities.
 */
export const unreadableAt = (xml: string): number | undefined => {
  const open: string[] = []
  let at = xml.startsWith(DECLARATION) ? DECLARATION.length : 0
  do {
    TAG.lastIndex = at
    const [tag, closing, name, , empty] = TAG.exec(xml) ?? []
    if (tag === undefined) return at
    if (closing !== undefined && open.pop() !== closing) return at
    if (name !== undefined && empty !== '/') open.push(name)
    TEXT.lastIndex = at + tag.length
    at += tag.length + (TEXT.exec(xml)?.[0].length ?? 0)
  } while (open.length > 0)
  return xml.slice(at).trim() === '' ? undefined : at
}
