import {
  checkNote,
  ED25519,
  formatVkey,
  parseNote,
  parseVkey,
  type NoteKey,
  type VerifyEd25519,
} from '../note.ts'
import { parseTreeSize } from '../merkle.ts'

/** The log changes its key: the old one says so, and the new one shows that whoever asks has it. */
export type KeyRotation = Readonly<{
  kind: 'rotation'
  /** Name of the log, which is the name of both keys too. */
  origin: string
  /** RFC 3339 in whole seconds of UTC. */
  at: string
  from: NoteKey
  to: NoteKey
}>

/** A key is not to be believed any more; said by the key that the log has now. */
export type KeyRevocation = Readonly<{
  kind: 'revocation'
  origin: string
  at: string
  key: NoteKey
  by: NoteKey
  /** From when on the key may have been in other hands. */
  since: string
  /** The largest checkpoint that the log itself had signed before that time. */
  size: number
}>

export type KeyChange = KeyRotation | KeyRevocation

const ROTATION = 'liuhen.key-rotation.v1'
const REVOCATION = 'liuhen.key-revocation.v1'

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
export const isKeyTime = (text: string): boolean => TIME.test(text) && !Number.isNaN(Date.parse(text))

const linesOf = (c: KeyChange): string[] =>
  c.kind === 'rotation'
    ? [ROTATION, `log ${c.origin}`, `at ${c.at}`, `from ${formatVkey(c.from)}`, `to ${formatVkey(c.to)}`]
    : [
        REVOCATION,
        `log ${c.origin}`,
        `at ${c.at}`,
        `key ${formatVkey(c.key)}`,
        `by ${formatVkey(c.by)}`,
        `since ${c.since}`,
        `size ${c.size}`,
      ]

/** Text to be signed. No checkpoint can be read from it: a checkpoint's second line is a number, here it is a name. */
export const formatKeyChange = (change: KeyChange): string => {
  const text = `${linesOf(change).join('\n')}\n`
  if (!parseKeyChange(text)) throw new RangeError('not a change of keys')
  return text
}

const logKey = (vkey: string, origin: string): NoteKey | undefined => {
  const key = parseVkey(vkey)
  return key?.type === ED25519 && key.name === origin ? key : undefined
}

/** Strict; undefined for anything that formatKeyChange does not write. */
export const parseKeyChange = (text: string): KeyChange | undefined => {
  const [header, ...rest] = text.slice(0, -1).split('\n')
  const said = new Map(rest.map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]))
  const word = (name: string): string => said.get(name) ?? ''
  const [origin, at] = [word('log'), word('at')]
  const change = header === ROTATION ? rotationIn(word, origin, at) : revocationIn(word, origin, at)
  // Whatever is written in another way than ours, be it a line too many, is none.
  return change && isKeyTime(at) && `${linesOf(change).join('\n')}\n` === text ? change : undefined
}

type Words = (name: string) => string

const rotationIn = (word: Words, origin: string, at: string): KeyRotation | undefined => {
  const [from, to] = [logKey(word('from'), origin), logKey(word('to'), origin)]
  const changes = from && to && formatVkey(from) !== formatVkey(to)
  return changes ? { kind: 'rotation', origin, at, from, to } : undefined
}

const revocationIn = (word: Words, origin: string, at: string): KeyRevocation | undefined => {
  const [key, by, size] = [
    logKey(word('key'), origin),
    logKey(word('by'), origin),
    parseTreeSize(word('size')),
  ]
  const since = word('since')
  if (!key || !by || size === undefined || !isKeyTime(since) || formatVkey(key) === formatVkey(by))
    return undefined
  return { kind: 'revocation', origin, at, key, by, since, size }
}

/** Who has to sign a change, and nobody else. */
export const signersOf = (change: KeyChange): readonly NoteKey[] =>
  change.kind === 'rotation' ? [change.from, change.to] : [change.by]

/** The change in a signed note, if everybody who has to signed it. Whether they may is for whoever trusts one of the keys. */
export const readKeyChange = (source: string, verify?: VerifyEd25519): KeyChange | undefined => {
  const note = parseNote(source)
  const change = note && parseKeyChange(note.text)
  if (!note || !change) return undefined
  const signers = signersOf(change)
  const holds =
    note.signatures.length === signers.length &&
    signers.every((key) => checkNote(note, key, verify) === 'verified')
  return holds ? change : undefined
}
