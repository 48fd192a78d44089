import { useState } from 'react'
import { PlusOutlined } from '@ant-design/icons'
import { Alert, Button, Select, Table, Tooltip } from 'antd'
import type { TableColumnsType } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from '@tanstack/react-router'
import { ROLES } from '@liuhen/domain/event'
import type { Role } from '@liuhen/domain/event'
import { listPeople, registerPerson } from '@liuhen/api/routes/people'
import type { PersonView } from '@liuhen/api/routes/people'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { useMe } from '../session/me.ts'
import { useWide } from '../shell/use-wide.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { CertificateState } from './CertificateState.tsx'
import { isOnlyAdministrator } from './only-administrator.ts'
import { KeepDialog } from './KeepDialog.tsx'
import { KeepMenu } from './KeepMenu.tsx'
import type { Change } from './KeepMenu.tsx'
import { PersonDrawer } from './PersonDrawer.tsx'
import { RenewDialog } from './RenewDialog.tsx'

/** People of the agency, their posts and certificates. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const me = useMe()
  const [role, setRole] = useState<Role | undefined>()
  const [adding, setAdding] = useState(false)
  const [renewing, setRenewing] = useState<PersonView | undefined>()
  const people = useRoute(listPeople, { query: { role, limit: 200 } }, { keep: true })
  const [keeping, setKeeping] = useState<Keeping | undefined>()
  const columns = useColumns(setRenewing, setKeeping)
  return (
    <div className="page">
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={<Acts role={role} onRole={setRole} onAdd={() => setAdding(true)} />}
      />
      {people.error && (
        <ProblemView error={people.error} route={listPeople} onRetry={() => void people.refetch()} />
      )}
      {people.data && role === undefined && isOnlyAdministrator(me, people.data.items) && (
        <Alert type="warning" showIcon title={t('onlyAdmin.title')} description={t('onlyAdmin.hint')} />
      )}
      {people.isPending && <Waiting rows={8} />}
      {people.data?.items.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      {people.data && people.data.items.length > 0 && (
        <Table
          className="panel-table"
          rowKey="id"
          rowClassName={(p) => (p.active ? '' : 'row-inactive')}
          size="middle"
          columns={columns}
          dataSource={people.data.items}
          pagination={false}
        />
      )}
      {adding && <PersonDrawer onClose={() => setAdding(false)} />}
      {keeping && <KeepDialog {...keeping} onClose={() => setKeeping(undefined)} />}
      {renewing && <RenewDialog person={renewing} onClose={() => setRenewing(undefined)} />}
    </div>
  )
}

type ActsProps = Readonly<{ role: Role | undefined; onRole: (role?: Role) => void; onAdd: () => void }>

function Acts({ role, onRole, onAdd }: ActsProps) {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  const gate = useRoleGate(registerPerson)
  return (
    <>
      <Link {...paths.standIns()}>{t('standIns')}</Link>
      <Select
        allowClear
        className="role-filter"
        placeholder={t('allRoles')}
        aria-label={t('roles')}
        value={role}
        options={ROLES.map((value) => ({ value, label: w(`role.${value}`) }))}
        onChange={(value?: Role) => onRole(value)}
      />
      <Tooltip title={gate}>
        <Button type="primary" icon={<PlusOutlined />} disabled={gate !== undefined} onClick={onAdd}>
          {t('register')}
        </Button>
      </Tooltip>
    </>
  )
}

type Keeping = Readonly<{ person: PersonView; change: Change }>

function useColumns(
  onRenew: (person: PersonView) => void,
  onKeep: (keeping: Keeping) => void,
): TableColumnsType<PersonView> {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  return [
    { title: t('name'), key: 'name', render: (_, p) => <NameCell person={p} /> },
    {
      title: t('unitPosition'),
      key: 'unit',
      responsive: ['md'],
      render: (_, p) => [p.unit, p.position].filter(Boolean).join(' '),
    },
    {
      title: t('roles'),
      key: 'roles',
      responsive: ['md'],
      render: (_, p) => p.roles.map((r) => w(`role.${r}`)).join(w('comma')),
    },
    { title: t('certificate'), key: 'cert', render: (_, p) => <CertificateState person={p} /> },
    {
      title: <span className="sr-only">{t('keep')}</span>,
      key: 'keep',
      width: 96,
      render: (_, p) => (
        <KeepMenu
          person={p}
          onRenew={() => onRenew(p)}
          onChange={(change) => onKeep({ person: p, change })}
        />
      ),
    },
  ]
}

function NameCell({ person }: Readonly<{ person: PersonView }>) {
  const { t } = useTranslation('people')
  const { t: w } = useTranslation('words')
  const narrow = !useWide(768)
  const admin = useMe().roles.includes('system-admin')
  return (
    <div className="cell-case">
      <strong>{person.name}</strong>
      <span className="faint">
        {[
          narrow ? person.roles.map((r) => w(`role.${r}`)).join(w('comma')) : undefined,
          admin ? (person.login ?? t('noAccount')) : undefined,
          person.active ? undefined : t('inactive'),
          person.legalQualified ? t('legal') : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(' · ')}
      </span>
    </div>
  )
}
