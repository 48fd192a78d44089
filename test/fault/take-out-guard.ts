import { registerHooks } from 'node:module'
import type { Cut } from './log-guards.ts'

/**
 * Loaded before a process of the product: hands it its own source with a guard taken out. So the product needs no switch
 * for it, and a guard whose text has changed stops the process instead of being left in.
 */
const cuts: readonly Cut[] = JSON.parse(process.env['LIUHEN_TAKE_OUT'] ?? '[]')

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const mine = cuts.filter(({ file }) => url.endsWith(`/apps/server/src/${file}`))
    if (mine.length === 0) return loaded
    const text = loaded.source
    if (text === undefined || text === null) throw new Error(`${url} has no source`)
    let source = typeof text === 'string' ? text : new TextDecoder().decode(text)
    for (const { file, from, to } of mine) {
      if (!source.includes(from)) throw new Error(`${file} does not say: ${from}`)
      source = source.replace(from, () => to)
    }
    return { ...loaded, source }
  },
})
