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
export function MakeButton({ file, step, type, name, urgent, another, why }: Props) {
  const { t } = useTranslation('case')
  const navigate = useNavigate()
  const now = useNow()
  const definitions = useDefinitions()
  const subjects = subjectsFor(definitions.get(type), file, definitions)
  const open = (about?: string): void =>
    void navigate(paths.form(file.id, type, { step: step.id, ...(about && { about }) }))
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
    label: [subject.name, subject.at && chinaShort(subject.at, now)].filter(Boolean).join(' '),
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
