import { useTranslation } from 'react-i18next'
import type { LibraryRow } from '@liuhen/api/routes/library'

const CHIPS = [
  ['disposed', (r) => r.destroyed, 'off'],
  ['not-arrived', (r) => r.status === 'registered', 'soon'],
  ['broken', (r) => r.verdict === 'broken', 'late'],
  ['to-be-disposed', (r) => r.disposing, 'soon'],
  ['untagged', (r) => r.status !== 'registered' && (r.caseId === undefined || !r.labelled), 'soon'],
  ['evidence', (r) => r.evidence, 'done'],
  ['not-looked-at', (r) => r.status !== 'registered' && !r.destroyed && !r.looked, 'plain'],
] as const satisfies readonly (readonly [string, (r: LibraryRow) => boolean, string])[]

/** What is the matter with a recording, the gravest first: the same words as the filter. */
export function StateChips({ row, most }: Readonly<{ row: LibraryRow; most: number }>) {
  const { t } = useTranslation('library')
  return (
    <span className="library-chips">
      {CHIPS.filter(([, holds]) => holds(row))
        .slice(0, most)
        .map(([state, , look]) => (
          <span key={state} className={`library-chip library-chip-${look}`}>
            {t(`state.${state}`)}
          </span>
        ))}
    </span>
  )
}
