import type { FilmingWants } from '@liuhen/api/routes/field'
import { type CaseLaw, citationIn, groupOf } from '@liuhen/law/combine'
import type { LoadedPack } from '@liuhen/law/law'
import type { PackRecording } from '@liuhen/law/schema/pack-recording'

const citing = (pack: LoadedPack) => (clause: string | null) => {
  const citation = clause === null ? undefined : citationIn(pack, clause)
  return citation === undefined ? [] : [citation]
}
type Cite = ReturnType<typeof citing>

const interruptionOf = (r: PackRecording, cite: Cite): FilmingWants['interruption'] => {
  if (r.interruption === null) return []
  const { causes, voiceOnResume, report, statement } = r.interruption
  return [
    {
      causes,
      spoken: voiceOnResume !== null,
      ...(report && { reportTo: report.to }),
      ...(statement && { statement: statement.form }),
      citations: [
        ...cite(voiceOnResume),
        ...cite(report?.clause ?? null),
        ...cite(statement?.clause ?? null),
      ],
    },
  ]
}

const wantsOfOne = (pack: LoadedPack, r: PackRecording): FilmingWants => {
  const cite = citing(pack)
  const { notice, opening, continuity } = r
  return {
    notices:
      notice === null
        ? []
        : [
            {
              timing: notice.timing,
              ...(notice.wording !== null && { wording: notice.wording }),
              scenes: notice.scenes,
              ifPossible: notice.ifPossible,
              citations: cite(notice.clause),
            },
          ],
    opening: opening === null ? [] : [{ items: opening.items, citations: cite(opening.clause) }],
    keyContent: r.keyContent.map(({ code, label, clause }) => ({ code, label, citations: cite(clause) })),
    forbidden: r.prohibitions.map(({ label, clause }) => ({ label, citations: cite(clause) })),
    continuity:
      continuity === null
        ? []
        : [{ from: continuity.from, to: continuity.to, citations: cite(continuity.clause) }],
    interruption: interruptionOf(r, cite),
  }
}

const known = new WeakMap<CaseLaw, FilmingWants>()

/** What all texts of a case together want of whoever films. The same thing that two texts want stands there for each. */
export const filmingWants = (selected: CaseLaw): FilmingWants => {
  const before = known.get(selected)
  if (before !== undefined) return before
  const each = groupOf(selected, 'recording').map(({ pack, value }) => wantsOfOne(pack, value))
  const all: FilmingWants = {
    notices: each.flatMap((w) => w.notices),
    opening: each.flatMap((w) => w.opening),
    keyContent: each.flatMap((w) => w.keyContent),
    forbidden: each.flatMap((w) => w.forbidden),
    continuity: each.flatMap((w) => w.continuity),
    interruption: each.flatMap((w) => w.interruption),
  }
  known.set(selected, all)
  return all
}
