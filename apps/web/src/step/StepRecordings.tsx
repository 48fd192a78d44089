import { useState } from 'react'
import { CloudUploadOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { Cites } from '../law-text/Cites.tsx'
import { paths } from '../paths.ts'
import { nameOfNoted } from '../document/about.ts'
import { labelsFor } from '../recording/labels-for.ts'
import { PlayableTag } from '../recording/PlayableTag.tsx'
import { sceneNames } from '../recording/scene-names.ts'
import { UploadDrawer } from '../recording/UploadDrawer.tsx'
import { useMe } from '../session/me.ts'
import { useCan } from '../session/use-can.ts'
import { chinaClock, chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { ShownIn } from './ShownIn.tsx'
import type { StepProps } from './StepPanel.tsx'

/** What must, may or must not be recorded in this step, and what was. */
export function StepRecordings({ file, step }: StepProps) {
  const { t } = useTranslation('case')
  const { t: w } = useTranslation('words')
  const now = useNow()
  const me = useMe()
  const can = useCan(file)
  const sceneName = sceneNames(file.recordings)
  const [scene, setScene] = useState<string | undefined>()
  if (step.recordings.length === 0) return null
  const early = step.status === 'begun' || step.status === 'done' ? undefined : t('step.uploadLater')
  const why = can.takeRecording ?? early
  return (
    <section className="panel">
      <h3>{t('step.recordings')}</h3>
      <ul className="need-list">
        {step.recordings.map((need) => (
          <li key={need.scene} className="need" data-done={need.done}>
            <div className="need-line">
              <span className="need-name">
                {sceneName(need.scene)}
                <span className={`strength strength-${need.strength}`}>
                  {t(need.ahead ? `strengthAhead.${need.strength}` : `strength.${need.strength}`)}
                </span>
              </span>
              {need.part && !need.done && (
                <ShownIn file={file} step={step} scene={need.scene} sceneName={sceneName(need.scene)} />
              )}
              {need.strength !== 'must-not' && (
                <Tooltip title={why}>
                  <Button
                    icon={<CloudUploadOutlined />}
                    type={need.strength === 'must' && !need.done ? 'primary' : 'default'}
                    ghost={need.strength === 'must' && !need.done && why === undefined}
                    disabled={why !== undefined}
                    onClick={() => setScene(need.scene)}
                  >
                    {t('step.upload')}
                  </Button>
                </Tooltip>
              )}
            </div>
            <Cites of={need.citations} />
            {file.recordings
              .filter((r) => r.step === step.id && (r.scene === need.scene || r.shows.includes(need.scene)))
              .map((r) => (
                <div key={r.id} className="made">
                  <Link {...paths.caseFile(file.id, { tab: 'recordings', f: r.id })}>
                    {t('step.recorded', { from: chinaShort(r.from, now), to: chinaClock(r.to) })}
                  </Link>
                  <PlayableTag playable={r.playable} />
                </div>
              ))}
          </li>
        ))}
      </ul>
      <UploadDrawer
        open={scene !== undefined}
        onClose={() => setScene(undefined)}
        target={
          scene === undefined
            ? undefined
            : {
                caseId: file.id,
                step: step.id,
                scene,
                sceneName: sceneName(scene),
                shows: file.register ? file.noted.map((n) => ({ value: n.ref, label: nameOfNoted(n) })) : [],
                labels: labelsFor(file, {
                  comma: w('comma'),
                  agency: me.agency.name,
                  sceneName: sceneName(scene),
                }),
              }
        }
      />
    </section>
  )
}
