import { expect, it } from 'vitest'
import { ROLES } from '@liuhen/domain/event'
import { realLaw } from './law/real-law.ts'

it('gives every step and every event to posts that exist', () => {
  const posts = new Set<string>(ROLES)
  const unknown = realLaw().procedures.flatMap((procedure) => [
    ...procedure.steps.flatMap((step) =>
      step.by.filter((post) => !posts.has(post)).map((post) => `${procedure.id} ${step.id}: ${post}`),
    ),
    ...procedure.events.flatMap((event) =>
      (event.by ?? [])
        .map((post) => (typeof post === 'string' ? post : post.role))
        .filter((post) => !posts.has(post))
        .map((post) => `${procedure.id} ${event.name}: ${post}`),
    ),
  ])
  expect(unknown).toEqual([])
})
