import { describe, expect, it } from 'vitest'
import { ed25519NoteKey, formatVkey, noteKey } from '../note.ts'
import { sm2NoteKey } from '../sm2-line.ts'
import { isSatisfied, parsePolicy } from './policy.ts'

const seed = (n: number): Uint8Array => new Uint8Array(32).fill(n)
const log = formatVkey(ed25519NoteKey('log.example/1', seed(1)))
const witness = (n: number): string =>
  formatVkey(noteKey(`w${n}.example`, 4, ed25519NoteKey('w', seed(n)).key))
const sm2 = (name: string): string => formatVkey(sm2NoteKey(name, new Uint8Array(65).fill(4)))
const WITNESSES = [1, 2, 3].map((n) => `witness w${n} ${witness(n)} https://w${n}.example`).join('\n')

const policy = (text: string) => {
  const parsed = parsePolicy(text)
  if (!parsed.ok) throw new Error(parsed.why)
  return parsed.value
}

describe('policy (C2SP tlog-policy)', () => {
  it('reads logs, witnesses, groups and a quorum, with comments and empty lines', () => {
    const read = policy(`# whom we trust\n\nlog ${log}\n${WITNESSES}\ngroup g 2 w1 w2 w3\r\nquorum g\n`)
    expect(read.logs.map(formatVkey)).toEqual([log])
    expect(read.quorum).toBe('g')
    expect(isSatisfied(read, 'g', new Set(['w1', 'w3']))).toBe(true)
    expect(isSatisfied(read, 'g', new Set(['w2']))).toBe(false)
  })

  it('counts any, all and groups of groups', () => {
    const read = policy(`log ${log}\n${WITNESSES}\ngroup a any w1 w2\ngroup b all a w3\nquorum b\n`)
    expect(isSatisfied(read, 'b', new Set(['w2', 'w3']))).toBe(true)
    expect(isSatisfied(read, 'b', new Set(['w1', 'w2']))).toBe(false)
  })

  it('reads the shape of the example of the specification', () => {
    const lines = [1, 2, 3, 4, 5, 6].map((n) => `\twitness ${n < 4 ? 'X' : 'Y'}${n} ${witness(n)}  `)
    const groups = 'group X-witnesses 2 X1 X2 X3\ngroup Y-witnesses any Y4 Y5 Y6\n'
    const read = policy(
      `log ${log}\n${lines.join('\n')}\n${groups}group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n`,
    )
    expect(isSatisfied(read, 'X-and-Y', new Set(['X1', 'X3', 'Y5']))).toBe(true)
    expect(isSatisfied(read, 'X-and-Y', new Set(['X1', 'X2', 'X3']))).toBe(false)
    expect(isSatisfied(read, 'X-and-Y', new Set(['X1', 'Y4', 'Y5', 'Y6']))).toBe(false)
  })

  it('knows where witnesses are asked', () => {
    expect(policy(`log ${log}\n${WITNESSES}\n`).witnesses.get('w2')?.url).toBe('https://w2.example')
  })

  it('asks for no witness when the quorum is none or not stated', () => {
    expect(policy(`log ${log}\nquorum none\n`).quorum).toBeUndefined()
    expect(policy(`log ${log}\n`).quorum).toBeUndefined()
  })

  it('takes an SM2 key of a log that it names, wherever the lines stand', () => {
    expect(policy(`sm2 ${sm2('log.example/1')}\nlog ${log}\n`).sm2).toHaveLength(1)
  })

  it.each([
    ['nothing', ''],
    ['no log', WITNESSES],
    ['a damaged key', `log ${log.slice(0, -1)}\n`],
    ['a witness key as log', `log ${witness(1)}\n`],
    ['a log key as witness', `log ${log}\nwitness w ${log}\n`],
    ['an unknown word', `log ${log}\ntrust everybody\n`],
    ['a group of strangers', `log ${log}\ngroup g any x\n`],
    ['a group that needs more than it has', `log ${log}\n${WITNESSES}\ngroup g 4 w1 w2 w3\n`],
    ['a group that needs nobody', `log ${log}\n${WITNESSES}\ngroup g 0 w1\n`],
    ['an empty group', `log ${log}\ngroup g all\n`],
    ['a name given twice', `log ${log}\n${WITNESSES}\nwitness w1 ${witness(4)}\n`],
    ['a key under two names', `log ${log}\n${WITNESSES}\nwitness w4 ${witness(1)}\n`],
    ['a log given twice', `log ${log}\nlog ${log}\n`],
    ['a member named twice', `log ${log}\n${WITNESSES}\ngroup g 2 w1 w1 w2\n`],
    ['a member of two groups', `log ${log}\n${WITNESSES}\ngroup g any w1\ngroup h all g w1\n`],
    ['a group that names none', `log ${log}\n${WITNESSES}\ngroup g any none\n`],
    ['a quorum of strangers', `log ${log}\nquorum x\n`],
    ['an SM2 key of no log that it names', `log ${log}\nsm2 ${sm2('log.example/2')}\n`],
    ['two quorums', `log ${log}\n${WITNESSES}\nquorum w1\nquorum w2\n`],
  ])('refuses %s', (_, text) => expect(parsePolicy(text).ok).toBe(false))
})
