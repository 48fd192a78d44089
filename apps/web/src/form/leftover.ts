import { isSame } from '../compare/same.ts'
import type { FormData } from './draft-state.ts'
import type { Copy } from './local-copy.ts'

type OnServer = Readonly<{ revision: number; data: FormData }>

/**
 * What to do with what the browser kept: nothing is left that the server has not; it goes on where it stopped; or somebody
 * saved something else meanwhile, and a person looks at both.
 */
export type Leftover = 'nothing' | 'goes-on' | 'differs'

export function leftoverOf(copy: Copy | undefined, server: OnServer): Leftover {
  if (copy === undefined || isSame(copy.data, server.data)) return 'nothing'
  if (copy.revision === server.revision) return 'goes-on'
  // Our own saving arrived, and its answer did not.
  const arrived = copy.revision + 1 === server.revision && copy.sent && isSame(copy.sent, server.data)
  return arrived ? 'goes-on' : 'differs'
}
