import { expect, it } from 'vitest'
import { readAnswer } from './read-answer.ts'

it('reads no further than its limit, however much comes', async () => {
  let given = 0
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      given += 1
      controller.enqueue(new Uint8Array(1000))
    },
  })
  await expect(readAnswer(new Response(endless), 5000)).rejects.toThrow('5000')
  expect(given).toBeLessThan(10)
  expect(await readAnswer(new Response('abc'), 3)).toEqual(Uint8Array.of(97, 98, 99))
  expect(await readAnswer(new Response(), 3)).toEqual(new Uint8Array())
})
