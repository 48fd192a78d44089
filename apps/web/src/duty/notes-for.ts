import type { CaseWorkspace } from '@liuhen/api/routes/cases'

type File = Pick<CaseWorkspace, 'notes' | 'status' | 'evaluation'>

/** The facts that fulfil a duty and may be registered now: each once, in the first step of its own that is open. */
export function notesFor({ rule }: Readonly<{ rule: string }>, file: File): CaseWorkspace['notes'] {
  const archived = file.status === 'archived'
  const open = new Set(
    file.evaluation.steps.filter((s) => s.status === 'begun' || s.status === 'possible').map((s) => s.id),
  )
  const here = file.notes
    .filter((n) => n.fulfils.includes(rule))
    .filter((n) => (archived ? n.afterArchiving === true : n.step === undefined || open.has(n.step)))
  return here.filter((n, i) => here.findIndex((one) => one.name === n.name) === i)
}
