import { useTranslation } from 'react-i18next'
import type { RecordingView } from '@liuhen/api/routes/recordings'
import { chinaMinute, clockOf } from '../time/china.ts'
import { PlayableTag } from './PlayableTag.tsx'

type Check = NonNullable<RecordingView['check']>
const MOST = 6

/** What the machine found in the file: whether it plays, and what speaks against its being whole. */
export function CheckSaid({ check }: Readonly<{ check: Check | undefined }>) {
  const { t } = useTranslation('recording')
  const { t: w } = useTranslation('words')
  const list = (times: readonly number[]): string => {
    const named = times.slice(0, MOST).map((at) => clockOf(at))
    return `${named.join(w('comma'))}${times.length > MOST ? w('andMore') : ''}`
  }
  const gaps = check?.gaps ?? []
  const kinds = [
    ['gaps', gaps.filter((g) => g.sound !== true)],
    ['silences', gaps.filter((g) => g.sound === true)],
    ['breaks', check?.breaks ?? []],
  ] as const
  return (
    <>
      <PlayableTag playable={check?.verdict} />
      {check?.durationSeconds !== undefined && <span> {clockOf(check.durationSeconds)}</span>}
      {check?.video && (
        <span className="faint">
          {' '}
          {check.video.codec} {check.video.width}×{check.video.height}
        </span>
      )}
      {check?.note !== undefined && <p className="faint">{check.note}</p>}
      {kinds.map(
        ([kind, found]) =>
          found.length > 0 && (
            <p key={kind} className="field-problem">
              {t(kind, { n: found.length, list: list(found.map((f) => f.atSeconds)) })}
            </p>
          ),
      )}
      {check?.clockDiffers && (
        <p className="field-problem">{t('fileSays', { at: chinaMinute(check.clockDiffers.fileSays) })}</p>
      )}
      {check?.photo?.latitude !== undefined && check.photo.longitude !== undefined && (
        <p className="faint">
          {t('photoPlace', { at: `${check.photo.latitude}, ${check.photo.longitude}` })}
        </p>
      )}
    </>
  )
}

/** Files of the same device before and behind: numbers or minutes that are missing, a clock that was set back. */
export function SequenceSaid({ sequence }: Readonly<{ sequence: RecordingView['sequence'] }>) {
  const { t } = useTranslation('recording')
  return sequence.map(({ kind, otherId, otherName, from, to, seconds }) => (
    <p key={`${kind}${otherId ?? ''}${from ?? ''}${seconds ?? ''}`} className="field-problem">
      {t(`sequence.${kind}`, {
        name: otherName === undefined ? t('sequence.another') : t('sequence.named', { name: otherName }),
        numbers: from === to ? from : `${from}–${to}`,
        length: clockOf(seconds ?? 0),
      })}
    </p>
  ))
}
