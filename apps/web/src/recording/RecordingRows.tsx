import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RecordingRow } from '@liuhen/api/routes/recordings'
import { listProcedures } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { chinaClock, chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { PlayableTag } from './PlayableTag.tsx'
import { sizeOf } from './size.ts'
import { sceneNames } from './scene-names.ts'
import { useTitle } from './use-title.ts'

type Props = Readonly<{ rows: readonly RecordingRow[]; onOpen: (id: string) => void }>

export function RecordingRows({ rows, onOpen }: Props) {
  const { t } = useTranslation('recording')
  const now = useNow()
  const sceneName = sceneNames()
  const procedures = useRoute(listProcedures, { query: {} })
  const titleOf = useTitle({ evaluation: { steps: procedures.data?.items.flatMap((p) => p.steps) ?? [] } })
  return (
    <ul className="recording-rows panel">
      {rows.map((row) => (
        <li key={row.id}>
          <div>
            <button type="button" className="text-button" onClick={() => onOpen(row.id)}>
              {row.fileName}
            </button>
            <p className="faint">
              {row.officerName} · {row.deviceId} · {sizeOf(row.sizeBytes)}
            </p>
          </div>
          <span className="mono">
            {chinaShort(row.madeFrom, now)}–{chinaClock(row.madeTo)}
          </span>
          <span>
            {row.caseId === undefined ? (
              <span className="strength strength-must">{t('notLinked')}</span>
            ) : (
              <Link {...paths.caseFile(row.caseId, { tab: 'recordings', f: row.id })}>
                {titleOf({ step: row.step ?? '', sceneName: sceneName(row.scene ?? '') })}
              </Link>
            )}
          </span>
          {row.status === 'registered' ? (
            <span className="play-chip play-chip-not-checked">{t('unfinished')}</span>
          ) : (
            <PlayableTag playable={row.verdict} />
          )}
        </li>
      ))}
    </ul>
  )
}
