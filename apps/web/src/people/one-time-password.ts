/** Without what is mistaken for something else when it is read from a note: 0 o, 1 i l. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Three groups of four, good for one sign-in. Always with letters and digits, as the server's rule asks. */
export function oneTimePassword(random: (n: number) => Uint8Array = bytes): string {
  const text = Array.from(random(10), (b) => LETTERS[b % LETTERS.length] ?? '').join('')
  const [letter, digit] = [LETTERS[(random(1)[0] ?? 0) % 23] ?? 'a', `${2 + ((random(1)[0] ?? 0) % 8)}`]
  return `${text.slice(0, 4)}-${letter}${text.slice(4, 7)}-${digit}${text.slice(7)}`
}

const bytes = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
