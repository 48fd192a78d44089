import type { FilmingWants } from '@liuhen/api/routes/field'
import type { NoteField } from '@liuhen/law/event-fields'

/** The words of one case: what its procedure, packs and documents call things. The law room makes them. */
export type CaseTerms = Readonly<{
  /** `decision` and `opening`: the paper that decides, and the one whose number the case has. */
  procedure: Readonly<{ id: string; name: string; act: string; decision?: string; opening?: string }>
  stages: readonly Readonly<{ id: string; name: string }>[]
  packs: Readonly<{
    base: string
    baseTitle: string
    overlays: readonly Readonly<{ id: string; title: string }>[]
  }>
  stepName: (id: string) => string
  /** With what its form says, where a paper may have several names. */
  documentName: (type: string, data?: Readonly<Record<string, unknown>>) => string
  /** How a paper ends the matter, in one line; nothing where it does not. */
  resultOf: (type: string, data: Readonly<Record<string, unknown>>) => string | undefined
  sceneName: (code: string) => string
  flagName: (flag: string) => string
  /** Marks that the procedure knows. */
  flags: readonly string[]
  factName: (name: string) => string
  /** Facts that an officer may note, with the steps in which they happen. */
  notes: readonly Readonly<{
    name: string
    title: string
    step?: string
    /** The matter of law that it belongs to. */
    subject: string
    fields: readonly NoteField[]
    about: readonly string[]
    /** Rules of duties that it fulfils. */
    fulfils: readonly string[]
    officers?: number
    span?: boolean
    /** The heading under which a register has it. */
    group?: string
    means?: string
    sends?: string
    while?: readonly string[]
    afterArchiving?: boolean
  }>[]
  /** What the texts of the case want said on its recordings, beside case, party and handler. */
  labelFields: readonly Readonly<{ key: string; label: string; help?: string }>[]
  /** What the texts of the case want of whoever films. */
  filming: FilmingWants
  /** What somebody who has watched a recording of a scene says of it, where a text wants that. */
  checks: readonly Readonly<{ scene: string; key: string; label: string }>[]
  /** The body that makes decisions public where that is not the agency itself. */
  publishedBy?: string
}>
