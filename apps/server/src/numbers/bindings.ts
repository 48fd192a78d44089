import * as routes from '@liuhen/api/routes/numbers'
import { isRefusal } from '@liuhen/domain/refusal'
import { bind, type Binding } from '../http/binding.ts'
import type { Renderer } from '../pdf/render.ts'
import { blankPdf } from './blank-pdf.ts'
import { drawBooklet, type NumberDeps, returnBooklet, voidBlank } from './change-booklet.ts'
import { listBooklets } from './list-booklets.ts'
import { listNumbers } from './list-numbers.ts'
import { numbersCsv } from './numbers-csv.ts'

type Deps = NumberDeps & Readonly<{ renderer: Pick<Renderer, 'render'> }>

export const numberBindings = (deps: Deps): readonly Binding[] => [
  bind(routes.listNumbers, ({ actor }, { query }) => listNumbers(deps.store, actor, query)),
  bind(routes.numbersCsv, async ({ actor }, { query }) => {
    const { items, cut } = await listNumbers(deps.store, actor, query)
    return { bytes: Buffer.from(numbersCsv(items, cut)), fileName: '文号登记簿.csv' }
  }),
  bind(routes.listBooklets, ({ actor }) => listBooklets(deps, actor)),
  bind(routes.drawBooklet, ({ command }, { body }) => drawBooklet(deps, command, body)),
  bind(routes.voidBlank, ({ command }, { params, body }) => voidBlank(deps, command, params, body)),
  bind(routes.returnBooklet, ({ command }, { params, body }) =>
    returnBooklet(deps, command, params.id, body),
  ),
  bind(routes.blankPdf, async ({ actor }, { params }) => {
    const bytes = await blankPdf(deps, actor, params)
    return isRefusal(bytes) ? bytes : { bytes, sizeBytes: bytes.length }
  }),
]
