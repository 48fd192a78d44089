/** An element with its attributes, its text, and what lies in it. */
export type Node = Readonly<{
  name: string
  attributes: Readonly<Record<string, string>>
  inner: Node[]
  text: string
}>

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const plain = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')

/** Reads what a validator has already found to be well-formed: elements and text, no more. */
export function readXml(xml: string): Node {
  const root: Node = { name: '', attributes: {}, inner: [], text: '' }
  const open: { name: string; attributes: Record<string, string>; inner: Node[]; text: string }[] = [root]
  for (const [, closing, name = '', rest = '', empty, text] of xml.matchAll(
    /<(\/?)(?:ofd:)?([A-Za-z]+)((?:\s+[\w:]+="[^"]*")*)\s*(\/?)>|([^<]+)/g,
  )) {
    if (text !== undefined) {
      const last = open.at(-1)
      if (last !== undefined) last.text += plain(text)
    } else if (closing === '/') open.pop()
    else {
      const attributes = Object.fromEntries(
        [...rest.matchAll(/([\w:]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, plain(value)]),
      )
      const node = { name, attributes, inner: [], text: '' }
      open.at(-1)?.inner.push(node)
      if (empty !== '/') open.push(node)
    }
  }
  return root.inner[0] ?? root
}

/** All elements of a name, in order, however deep. */
export const all = (node: Node, name: string): readonly Node[] =>
  node.inner.flatMap((one) => [...(one.name === name ? [one] : []), ...all(one, name)])

export const first = (node: Node, name: string): Node => {
  const [found] = all(node, name)
  if (found === undefined) throw new Error(`no ${name} in ${node.name}`)
  return found
}

export const numbers = (text = ''): readonly number[] =>
  text
    .split(' ')
    .filter((one) => one !== '')
    .map(Number)
