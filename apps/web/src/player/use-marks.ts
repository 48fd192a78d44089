import { useTranslation } from 'react-i18next'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import type { Mark } from './Lane.tsx'

/** What is worth a look: marked points, where a reason is spoken, gaps and breaks that the check found. */
export function useMarks(
  view: RecordingView | undefined,
  names?: ReadonlyMap<string, string>,
): readonly Mark[] {
  const { t } = useTranslation('player')
  if (view === undefined) return []
  const points = view.points.flatMap(({ atSeconds, code }, i) =>
    atSeconds === undefined
      ? []
      : [{ at: atSeconds, kind: 'point' as const, label: names?.get(code) ?? t('markPoint', { n: i + 1 }) }],
  )
  const spoken = view.interruptions.flatMap(({ spokenAtSeconds: at }) =>
    at === undefined ? [] : [{ at, kind: 'point' as const, label: t('markSpoken') }],
  )
  const gaps = (view.check?.gaps ?? []).map((g) => ({
    at: g.atSeconds,
    kind: 'gap' as const,
    label: t(g.sound ? 'markSilence' : 'markGap'),
  }))
  const breaks = (view.check?.breaks ?? []).map((b) => ({
    at: b.atSeconds,
    kind: 'break' as const,
    label: t('markBreak'),
  }))
  return [...points, ...spoken, ...gaps, ...breaks].toSorted((a, b) => a.at - b.at)
}
