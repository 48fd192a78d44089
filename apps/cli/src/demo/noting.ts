import { noteFact } from '@liuhen/api/routes/cases'
import { type Carried, before } from './persist.ts'
import { as, idsOf, workspace } from './play.ts'
import { answerNote } from './type-form.ts'

type Said = Parameters<typeof answerNote>[1]
type More = Readonly<{
  step?: string
  about?: string
  reason?: string
  minutesAgo?: number
  from?: string
  to?: string
}>

/** Registers an event as its own form asks for it; what is not said is answered. Answers its `ref`. */
export const noteIn = async (
  p: Carried,
  who: string,
  name: string,
  said: Said = {},
  { minutesAgo = 0, ...more }: More = {},
): Promise<string> => {
  const { notes } = await workspace(p)
  const form = notes.find((n) => n.name === name)
  if (form === undefined) throw new Error(`nobody is offered to register ${name} here`)
  const body = {
    name,
    at: before(p, minutesAgo),
    data: answerNote(form.fields, said, p.clock.now),
    ...(form.officers === undefined ? {} : { officerIds: idsOf(p, ['officer', 'partner']) }),
    ...more,
  }
  await as(p, who).call(noteFact, { params: { id: p.caseId }, body })
  return (await workspace(p)).noted.find((n) => n.name === name)?.ref ?? ''
}
