import { FileAddOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button, Dropdown, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { subjectsFor } from '../document/about.ts'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import type { StepProps } from './StepPanel.tsx'

type Props = StepProps &
  Readonly<{
    type: string
    name: string
    /** It is required and still missing. */
    urgent: boolean
    another: boolean
    /** Why it cannot be made now. */
    why: string | undefined
  }>

/** Opens the form of a paper. A paper about another paper or a recording asks first which one. */
export function MakeButton({ file, step, type, name, urgent, another, why: reason }: Props) {
  const { t } = useTranslation('case')
  const navigate = useNavigate()
  const now = useNow()
  const definitions = useDefinitions()
  const corrects = step.corrects === type
  const subjects = corrects
    ? file.documents.filter((d) => d.can.correct)
    : subjectsHere(step, file, subjectsFor(definitions.get(type), file, definitions))
  const why = reason ?? (corrects && subjects.length === 0 ? t('step.nothingToCorrect') : undefined)
  // A correction is written first; the paper that approves it takes the differences from there.
  const typeOf = (about?: string): string =>
    (corrects ? file.documents.find((d) => d.id === about)?.type : undefined) ?? type
  const open = (about?: string): void =>
    void navigate(paths.form(file.id, typeOf(about), { step: step.id, ...(about && { about }) }))
  const button = (
    <Button
      icon={<FileAddOutlined />}
      type={urgent ? 'primary' : 'default'}
      ghost={urgent && why === undefined}
      disabled={why !== undefined}
      aria-label={t('step.makeNamed', { name })}
      {...(subjects.length === 0 ? { onClick: () => open() } : {})}
    >
      {t(another ? 'step.makeAnother' : 'step.make')}
    </Button>
  )
  if (subjects.length === 0 || why !== undefined) return <Tooltip title={why}>{button}</Tooltip>
  const items = subjects.map((subject) => ({
    key: subject.id,
    label: labelOf(subject, now),
    onClick: () => open(subject.id),
  }))
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        className: 'long-menu',
        items: [{ type: 'group', label: t('step.aboutWhich'), children: items }],
      }}
    >
      {button}
    </Dropdown>
  )
}

type Subject = Readonly<{ name: string; number?: string | undefined; at?: string }>

const labelOf = ({ name, number, at }: Subject, now: string): string =>
  [name, number, at && chinaShort(at, now)].filter(Boolean).join(' ')

/** Where papers are corrected, whatever else is made there is about the paper that is being corrected. */
const subjectsHere = <S extends Subject & Readonly<{ id: string }>>(
  { corrects }: StepProps['step'],
  { documents }: StepProps['file'],
  found: readonly S[],
): readonly (Subject & Readonly<{ id: string }>)[] =>
  corrects === undefined || found.length > 0
    ? found
    : documents.filter(
        (d) => d.corrected === undefined && documents.some((a) => a.type === corrects && a.about === d.id),
      )
