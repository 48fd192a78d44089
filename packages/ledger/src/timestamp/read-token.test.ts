import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pureHashes, sha256 } from '../hashes.ts'
import { readToken } from './read-token.ts'

const at = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../../vectors/timestamp/${name}`, import.meta.url)))
const DATA = sha256(at('data.txt'))

/** Tokens that openssl made (vectors/timestamp/make.sh) and verifies. */
describe('time stamp (RFC 3161)', () => {
  it.each(['rsa.tsr', 'ec.tsr', 'rsa.token'])('reads %s', (name) => {
    const read = readToken(at(name), DATA, pureHashes)
    expect(read).toMatchObject({ fault: '', certificate: { organisation: 'Example', isTimeStamping: true } })
    expect(read.at).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    expect(read.authorities.map((a) => a.name)).toEqual(['Example Authority'])
    expect(read.nonce).toMatch(/^[0-9a-f]+$/)
  })

  it('is over these bytes and no others', () => {
    expect(readToken(at('rsa.tsr'), sha256(at('other.txt')), pureHashes).fault).toContain('不是这份检查点')
  })

  it.each(['refused.tsr', 'sha512.tsr', 'authority.pem', 'data.txt'])('refuses %s', (name) =>
    expect(readToken(at(name), DATA, pureHashes).fault).not.toBe(''),
  )

  it('refuses every byte that is changed, but for those that nothing signs', () => {
    const whole = at('ec.tsr')
    const read = readToken(whole, DATA, pureHashes)
    const survivors: number[] = []
    for (let i = 0; i < whole.length; i++) {
      const changed = readToken(whole.with(i, whole[i]! ^ 1), DATA, pureHashes)
      if (changed.fault === '' && changed.certificate?.fingerprint === read.certificate?.fingerprint)
        survivors.push(i)
    }
    // The status, versions, the issuer and serial that name the signer once more, the digest list, and the authority's certificate.
    expect(survivors.length).toBeLessThan(whole.length * 0.45)
    const { at: stated } = read
    for (const i of survivors)
      expect(readToken(whole.with(i, whole[i]! ^ 1), DATA, pureHashes).at).toBe(stated)
  })

  it('refuses what is cut off or added', () => {
    const whole = at('rsa.tsr')
    for (let end = 0; end < whole.length; end += 97)
      expect(readToken(whole.subarray(0, end), DATA, pureHashes).fault).not.toBe('')
    expect(readToken(Uint8Array.of(...whole, 0), DATA, pureHashes).fault).not.toBe('')
  })
})
