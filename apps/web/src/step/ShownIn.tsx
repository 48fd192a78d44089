import { CheckOutlined } from '@ant-design/icons'
import { Button, Dropdown, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { noteFact } from '@liuhen/api/routes/cases'
import { RECORDING_SHOWS } from '@liuhen/domain/case/words'
import { useCommand } from '../api/use-command.ts'
import { whyOf } from '../document/why-of.ts'
import { useTitle } from '../recording/use-title.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaClock, chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import type { StepProps } from './StepPanel.tsx'

type Props = StepProps & Readonly<{ scene: string; sceneName: string }>

/** A moment that a recording of the whole step already shows: said in one click, not recorded a second time. */
export function ShownIn({ file, step, scene, sceneName }: Props) {
  const { t } = useTranslation('case')
  const { t: w } = useTranslation('words')
  const now = useNow()
  const titleOf = useTitle(file)
  const say = useCommand(noteFact, { done: t('step.shownDone', { scene: sceneName }) })
  const films = file.recordings.filter((r) => r.step === step.id && r.scene !== scene)
  const note = file.notes.find((n) => n.name === RECORDING_SHOWS)
  if (films.length === 0 || note === undefined) return null
  const why = whyOf(note.can ?? true, (reason) => w('whyNot', reason))
  const choose = (about: string): void =>
    say.mutate({
      params: { id: file.id },
      body: { name: RECORDING_SHOWS, at: now, step: step.id, about, data: { scene } },
    })
  const items = films.map((film) => ({
    key: film.id,
    label: `${titleOf(film)} ${chinaShort(film.from, now)}–${chinaClock(film.to)}`,
    onClick: () => choose(film.id),
  }))
  return (
    <>
      <Tooltip title={why}>
        <Dropdown
          trigger={['click']}
          disabled={why !== undefined}
          placement="bottomRight"
          menu={{ items: [{ type: 'group', label: t('step.shownIn'), children: items }] }}
        >
          <Button icon={<CheckOutlined />} disabled={why !== undefined} loading={say.isPending}>
            {t('step.shown')}
          </Button>
        </Dropdown>
      </Tooltip>
      {say.error && <ProblemView error={say.error} route={noteFact} compact />}
    </>
  )
}
