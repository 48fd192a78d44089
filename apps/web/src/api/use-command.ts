import { useRef } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import type { ResponseOf, Route } from '@liuhen/api/route'
import { call } from './client.ts'
import type { InputOf } from './client.ts'
import { newId } from './new-id.ts'

type CommandOptions<T extends Route> = Readonly<{
  /** Said when it is done. */
  done?: string
  onDone?: (answer: ResponseOf<T>) => void
}>

/**
 * The one way to write. The same input sent again after a failure carries the same Idempotency-Key,
 * so that a lost answer never makes a second act. Everything read is read again afterwards.
 */
export function useCommand<T extends Route>(route: T, options: CommandOptions<T> = {}) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const attempt = useRef({ said: '', key: '' })
  return useMutation({
    mutationFn: async (input: InputOf<T>) => {
      const said = JSON.stringify(input)
      if (attempt.current.said !== said) attempt.current = { said, key: newId() }
      return await call(route, input, { key: attempt.current.key })
    },
    onSuccess: async (answer) => {
      attempt.current = { said: '', key: '' }
      if (options.done !== undefined) void message.success(options.done)
      await client.invalidateQueries()
      options.onDone?.(answer)
    },
  })
}
