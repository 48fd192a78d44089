import { useState } from 'react'
import { ClockCircleOutlined, DownOutlined, UpOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Alert, Button, Dropdown, Tag, Tooltip } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { paths } from '../paths.ts'
import { useMe } from '../session/me.ts'
import { useCan } from '../session/use-can.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { useWide } from '../shell/use-wide.ts'
import { chinaDay } from '../time/china.ts'
import { FlagsDialog } from './FlagsDialog.tsx'
import { HandlersDialog } from './HandlersDialog.tsx'
import { flagWord } from './flag-word.ts'
import { PartyDialog } from './PartyDialog.tsx'

type Dialog = 'party' | 'handlers' | 'flags'

export function CaseHeader({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('case')
  const [dialog, setDialog] = useState<Dialog | undefined>()
  const close = (): void => setDialog(undefined)
  const wide = useWide(700)
  const [told, setTold] = useState(false)
  const can = useCan(file)
  const why = { party: can.handle, handlers: can.assign, flags: can.mark }
  const keys = file.register ? (['flags'] as const) : (['party', 'handlers', 'flags'] as const)
  const items = keys.map((key) => ({
    key,
    label: (
      <>
        {t(key === 'party' && file.party !== undefined ? 'action.partyAgain' : `action.${key}`)}
        {why[key] !== undefined && <small className="menu-why">{why[key]}</small>}
      </>
    ),
    disabled: why[key] !== undefined,
    onClick: () => setDialog(key),
  }))
  return (
    <div className="case-header">
      <PageHead
        title={file.title}
        note={
          wide || told ? (
            <Facts
              file={file}
              why={why}
              onParty={() => setDialog('party')}
              onHandlers={() => setDialog('handlers')}
            />
          ) : (
            <span className="mono">{numberOf(file, t)}</span>
          )
        }
        actions={
          file.shredded === undefined &&
          (!file.register || file.marks.length > 0) && (
            <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
              <Button>
                {t(file.register ? 'action.registerMenu' : 'action.menu')} <DownOutlined />
              </Button>
            </Dropdown>
          )
        }
      />
      {file.shredded && (
        <Alert
          type="info"
          showIcon
          title={t('shredded', { number: file.shredded.number, at: chinaDay(file.shredded.at) })}
        />
      )}
      {(wide || told) && <Chips file={file} />}
      {!wide && (
        <button
          type="button"
          className="text-button case-header-more"
          aria-expanded={told}
          onClick={() => setTold(!told)}
        >
          {t(told ? 'header.less' : file.register ? 'header.moreRegister' : 'header.more')}{' '}
          {told ? <UpOutlined /> : <DownOutlined />}
        </button>
      )}
      {dialog === 'party' && <PartyDialog file={file} onClose={close} />}
      {dialog === 'handlers' && <HandlersDialog file={file} onClose={close} />}
      {dialog === 'flags' && <FlagsDialog file={file} onClose={close} />}
    </div>
  )
}

const numberOf = (file: CaseWorkspace, t: TFunction<'case'>): string =>
  file.caseNo ?? (file.register ? file.leadNo : t('leadNo', { no: file.leadNo }))

type FactsProps = Readonly<{
  file: CaseWorkspace
  why: Readonly<Record<'party' | 'handlers', string | undefined>>
  onParty: () => void
  onHandlers: () => void
}>

function Facts({ file, why, onParty, onHandlers }: FactsProps) {
  const { t } = useTranslation('case')
  return (
    <span className="case-facts">
      <span className="mono">{numberOf(file, t)}</span>
      {!file.register && file.shredded === undefined && (
        <Taking file={file} why={why} onParty={onParty} onHandlers={onHandlers} />
      )}
      <span>
        <span className="faint">{t('fact.procedure')}</span>
        {file.procedure.name}
      </span>
    </span>
  )
}

/** Who takes part: the party, and those who handle the case. */
function Taking({ file, why, onParty, onHandlers }: FactsProps) {
  const { t } = useTranslation('case')
  const { t: w } = useTranslation('words')
  const comma = w('comma')
  return (
    <>
      <span>
        <span className="faint">{t('fact.party')}</span>
        {file.party?.name ?? <Missing label={t('fact.partyMissing')} why={why.party} onFill={onParty} />}
      </span>
      <span>
        <span className="faint">{t('fact.handlers')}</span>
        {file.handlers.length > 0 ? (
          file.handlers.map((p) => p.name ?? p.personId).join(comma)
        ) : (
          <Missing label={t('fact.handlersMissing')} why={why.handlers} onFill={onHandlers} />
        )}
      </span>
    </>
  )
}

type MissingProps = Readonly<{ label: string; why: string | undefined; onFill: () => void }>

/** What nobody has said yet. Whoever may not say it reads why not, also without a mouse. */
function Missing({ label, why, onFill }: MissingProps) {
  const button = (
    <button
      type="button"
      className="text-button"
      aria-disabled={why !== undefined}
      onClick={why === undefined ? onFill : undefined}
    >
      {label}
    </button>
  )
  if (why === undefined) return button
  return (
    <Tooltip title={why} trigger={['hover', 'focus', 'click']}>
      {button}
    </Tooltip>
  )
}

function Chips({ file }: Readonly<{ file: CaseWorkspace }>) {
  const { t } = useTranslation('case')
  const { clock } = useMe()
  return (
    <div className="case-chips">
      <Tag className={`status status-${file.status}`}>
        {file.register ? t('register') : t(`status.${file.status}`)}
      </Tag>
      <Link className="pack-chip" {...paths.law(file.law.base)}>
        {file.law.baseTitle}
      </Link>
      {file.law.overlays.map((pack) => (
        <Link key={pack.id} className="pack-chip" {...paths.law(pack.id)}>
          {pack.title}
        </Link>
      ))}
      {file.flags.map((flag) => (
        <Tag key={flag} className="flag">
          {flagWord(flag) ?? t('flags.gone')}
        </Tag>
      ))}
      {clock.kind === 'simulated' && (
        <Tag className="simulated" icon={<ClockCircleOutlined />}>
          {t('simulated')}
        </Tag>
      )}
    </div>
  )
}
