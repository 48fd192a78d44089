import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Tag, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { listRegisters, openRegister } from '@liuhen/api/routes/registers'
import type { KeptRegister } from '@liuhen/api/routes/registers'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { OpenRegisterDialog } from './OpenRegisterDialog.tsx'
import './register.css'

/** The registers that the agency's texts want kept, each with those that are. */
export function RegistersPage() {
  const { t } = useTranslation('register')
  const registers = useRoute(listRegisters, {})
  const [opening, setOpening] = useState<KeptRegister | undefined>()
  return (
    <div className="page">
      <PageHead title={t('title')} note={t('note')} />
      {registers.error && (
        <ProblemView error={registers.error} route={listRegisters} onRetry={() => void registers.refetch()} />
      )}
      {registers.isPending && <Waiting rows={8} />}
      {registers.data?.items.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      <div className="registers">
        {registers.data?.items.map((kind) => (
          <RegisterKind key={kind.procedure} kind={kind} onOpen={() => setOpening(kind)} />
        ))}
      </div>
      {opening && <OpenRegisterDialog kind={opening} onClose={() => setOpening(undefined)} />}
    </div>
  )
}

function RegisterKind({ kind, onOpen }: Readonly<{ kind: KeptRegister; onOpen: () => void }>) {
  const { t } = useTranslation('register')
  const now = useNow()
  const gate = useRoleGate(openRegister)
  return (
    <section className="panel register-kind" aria-label={kind.name}>
      <header>
        <h2>{kind.name}</h2>
        <Tooltip title={gate}>
          <Button
            size="small"
            type={kind.opened.length === 0 ? 'primary' : 'default'}
            ghost={kind.opened.length === 0}
            icon={<PlusOutlined aria-hidden />}
            aria-label={t('openNamed', { name: kind.name })}
            disabled={gate !== undefined}
            onClick={onOpen}
          >
            {t(kind.opened.length === 0 ? 'open' : 'another')}
          </Button>
        </Tooltip>
      </header>
      {kind.purpose !== undefined && <p className="faint">{kind.purpose}</p>}
      {kind.opened.length === 0 && <p className="faint">{t('empty')}</p>}
      <ul>
        {kind.opened.map((register) => (
          <li key={register.id}>
            <Link {...paths.caseFile(register.id)}>
              <strong>{register.title}</strong>
              <span className="faint mono">{register.registerNo}</span>
            </Link>
            <span className="faint">
              {t('entries', { n: register.entries })}
              {register.entries > 0 && ` · ${t('updated', { at: chinaShort(register.updatedAt, now) })}`}
            </span>
            {register.overdue > 0 && <Tag color="error">{t('overdue', { n: register.overdue })}</Tag>}
          </li>
        ))}
      </ul>
    </section>
  )
}
