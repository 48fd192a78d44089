import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { paths } from '../paths.ts'
import { useTitle } from '../recording/use-title.ts'
import { groupKept } from './group-kept.ts'
import { Kept } from './Kept.tsx'
import './keeping.css'

/** How long the file and each recording are kept, what is kept alike said once. */
export function KeepingCard({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('keeping')
  const { t: w } = useTranslation('words')
  const groups = groupKept(file.evaluation.keeping)
  return (
    <section className="panel">
      <h2>{t('title')}</h2>
      {groups.length === 0 && <p className="faint">{t('none')}</p>}
      <ul className="keeping-list">
        {groups.map(({ items, kept }) => (
          <li key={items[0]}>
            <div className="keeping-items">
              {items.map((item, n) => (
                <Fragment key={item}>
                  {n > 0 && w('comma')}
                  <Item id={item} file={file} />
                </Fragment>
              ))}
            </div>
            <div>
              <Kept of={kept} />
            </div>
          </li>
        ))}
      </ul>
      <p className="faint explain">{t('later')}</p>
    </section>
  )
}

/** The case file by its name, a recording by its title with the way to it. */
function Item({ id, file }: Readonly<{ id: string; file: CaseWorkspace }>) {
  const { t } = useTranslation('keeping')
  const titleOf = useTitle(file)
  const recording = file.recordings.find((r) => r.id === id)
  if (recording === undefined) return id === 'case-file' ? t('caseFile') : t('otherRecording')
  return (
    <Link {...paths.caseFile(file.id, { tab: 'recordings', f: recording.id })}>{titleOf(recording)}</Link>
  )
}

/** The same of one recording, beside its player. */
export function RecordingKept({ file, id }: Readonly<{ file: CaseWorkspace; id: string }>) {
  const { t } = useTranslation('keeping')
  const kept = file.evaluation.keeping.find((k) => k.item === id)
  if (kept === undefined) return null
  return (
    <section className="panel">
      <h2>{t('title')}</h2>
      <Kept of={kept} />
    </section>
  )
}
