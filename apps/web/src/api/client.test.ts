import { describe, expect, it } from 'vitest'
import { urlOf } from './client.ts'
import { newId } from './new-id.ts'
import { problemOf } from './problem.ts'

describe('the client', () => {
  it('fills in path parameters and leaves out what is empty in the query', () => {
    const input = { params: { id: 'a/b' }, query: { q: '', limit: 20, mine: undefined, status: 'open' } }
    expect(urlOf({ path: '/cases/:id' }, input)).toBe('/api/cases/a%2Fb?limit=20&status=open')
  })

  it('takes a number as a path parameter, also nought', () => {
    expect(urlOf({ path: '/prints/:n' }, { params: { n: 0 } })).toBe('/api/prints/0')
  })

  it('asserts a path parameter that is missing', () => {
    expect(() => urlOf({ path: '/cases/:id' }, {})).toThrow('id')
  })

  it('makes ids that are UUIDs of version 4, each another', () => {
    const [a, b] = [newId(), newId()]
    expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(a).not.toBe(b)
  })

  it('keeps the reasons of a problem, and makes a problem of an answer that is none', async () => {
    const reason = { code: 'x', effect: 'refuse', message: 'm', todo: 't', citations: [] }
    const body = { type: 'about:blank', title: 'no', status: 409, code: 'law-gate', reasons: [reason] }
    const refused = await problemOf(Response.json(body, { status: 409 }))
    expect(refused).toMatchObject({ status: 409, code: 'law-gate', title: 'no', reasons: [reason] })
    const broken = await problemOf(new Response('<html>', { status: 502 }))
    expect(broken).toMatchObject({ status: 502, code: 'http-502', reasons: [] })
    expect(broken.title).toBeUndefined()
  })
})
