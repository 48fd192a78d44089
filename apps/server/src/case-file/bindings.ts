import * as routes from '@liuhen/api/routes/case-file'
import { isRefusal } from '@liuhen/domain/refusal'
import { bind, type Binding } from '../http/binding.ts'
import { archiveCase } from './archive-case.ts'
import { assembleFile } from './assemble-file.ts'
import { type BindDeps, bindFile } from './bind-file.ts'
import { getFile } from './get-file.ts'

export const caseFileBindings = (deps: BindDeps): readonly Binding[] => [
  bind(routes.assembleFile, ({ command }, { params, body }) =>
    assembleFile(deps, { ...command, caseId: params.id }, body.reason),
  ),
  bind(routes.getFile, ({ actor }, { params }) => getFile(deps, actor, params.id)),
  bind(routes.boundFile, async ({ actor }, { params, query }) => {
    const wanted = query.volume === 'whole' ? (['main', 'sub'] as const) : [query.volume]
    const bound = await bindFile(deps, actor, params.id, wanted)
    return isRefusal(bound) ? bound : { bytes: bound.bytes, sizeBytes: bound.bytes.length }
  }),
  bind(routes.archiveCase, ({ command }, { params, body }) =>
    archiveCase(deps, { ...command, caseId: params.id }, body.reason),
  ),
]
