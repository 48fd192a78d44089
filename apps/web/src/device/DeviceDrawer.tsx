import { useState } from 'react'
import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { useTranslation } from 'react-i18next'
import { getCase } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DeviceRow } from '@liuhen/api/routes/devices'
import { listDockings } from '@liuhen/api/routes/dockings'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { Entry } from '../register/Entry.tsx'
import { WorkRows } from '../register/NoteButtons.tsx'
import { hasRole, rolesOf, useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useWide } from '../shell/use-wide.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { NoteDialog } from '../step/NoteDialog.tsx'
import { notesBySubject } from '../step/notes-by-subject.ts'
import { chinaMinute } from '../time/china.ts'
import { Clock } from './Clock.tsx'

type Props = Readonly<{ device: DeviceRow | undefined; onClose: () => void }>

export function DeviceDrawer({ device, onClose }: Props) {
  const wide = useWide(760)
  const { t } = useTranslation('device')
  return (
    <Drawer
      open={device !== undefined}
      onClose={onClose}
      size={wide ? 720 : '100%'}
      title={device && t('drawerTitle', { number: device.number, type: device.deviceType })}
      destroyOnHidden
    >
      {device && <OneDevice device={device} />}
    </Drawer>
  )
}

function OneDevice({ device }: Readonly<{ device: DeviceRow }>) {
  const register = useRoute(getCase, { params: { id: device.registerId } })
  return (
    <div className="recording-main">
      <Facts device={device} />
      {register.isPending && <Waiting rows={4} />}
      {register.error && <ProblemView error={register.error} route={getCase} />}
      {register.data && <Work file={register.data} device={device} />}
      <Readings number={device.number} />
      {register.data && <History file={register.data} device={device} />}
    </div>
  )
}

function Facts({ device }: Readonly<{ device: DeviceRow }>) {
  const { t } = useTranslation('device')
  const { standing, unit, keeper, out, fault, check, registeredAt } = device
  const rows: [string, string | undefined][] = [
    [t('fact.standing'), t(`standing.${standing}`)],
    [t('fact.out'), out && t('outSince', { by: out.by, at: chinaMinute(out.since) })],
    [t('fact.fault'), fault && t('faultSince', { what: fault.what, at: chinaMinute(fault.foundAt) })],
    [t('fact.reported'), fault?.reportedTo],
    [t('fact.repair'), fault?.repairBy],
    [t('fact.unit'), unit],
    [t('fact.keeper'), keeper],
    [t('fact.check'), check && chinaMinute(check.at)],
    [t('fact.battery'), check?.battery === undefined ? undefined : t('percent', { n: check.battery })],
    [t('fact.storage'), check?.storage === undefined ? undefined : t('gigabytes', { n: check.storage })],
    [t('fact.registered'), chinaMinute(registeredAt)],
  ]
  return (
    <section className="panel">
      <dl className="facts device-facts">
        {rows.map(([label, value]) =>
          value === undefined ? null : (
            <div key={label} className="contents">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
        <dt>{t('fact.clock')}</dt>
        <dd>
          <Clock reading={device.clock} />
        </dd>
      </dl>
    </section>
  )
}

type OfRegister = Readonly<{ file: CaseWorkspace; device: DeviceRow }>

type Note = CaseWorkspace['notes'][number]

/** What belongs to another standing is shown and says so; what happened earlier is noted in the register itself. */
const standingAt =
  (standing: DeviceRow['standing'], why: Readonly<{ message: string; todo: string }>) =>
  (n: Note): Note =>
    (n.can ?? true) === true && n.while?.includes(standing) === false
      ? { ...n, can: [{ code: 'wrong-state', effect: 'refuse', ...why, citations: [] }] }
      : n

/** What may be registered of this device, in the order of its work. */
function Work({ file, device }: OfRegister) {
  const { t } = useTranslation('device')
  const [note, setNote] = useState<CaseWorkspace['notes'][number] | undefined>()
  const notes = [...new Map(file.notes.map((n) => [n.name, n])).values()].map(
    standingAt(device.standing, {
      message: t('notNow', { standing: t(`standing.${device.standing}`) }),
      todo: t('notNowHint'),
    }),
  )
  const own = notesBySubject(
    notes.filter((n) => n.about.includes('device-registered') && n.group !== undefined),
    '',
  )
  return (
    <section className="panel">
      <h2>{t('work')}</h2>
      <WorkRows groups={own} onPick={setNote} />
      {note && (
        <NoteDialog
          file={file}
          step={undefined}
          note={note}
          about={device.ref}
          onClose={() => setNote(undefined)}
        />
      )}
    </section>
  )
}

/** How far its clock was off at each station that measured it, as far as the one who looks sees dockings. */
function Readings({ number }: Readonly<{ number: string }>) {
  const { t } = useTranslation('device')
  const sees = hasRole(useMe(), rolesOf(listDockings.access))
  const dockings = useRoute(listDockings, { query: { deviceId: number, limit: 20 } }, { enabled: sees })
  const rows = dockings.data?.items ?? []
  if (rows.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('readings')}</h2>
      <ul className="device-readings">
        {rows.map((row) => (
          <li key={row.id}>
            <Link {...paths.docking(row.id)}>{chinaMinute(row.begunAt)}</Link>
            <span className="faint">{row.station}</span>
            <Clock reading={row.clock} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** All that was registered of it, the latest first. */
function History({ file, device }: OfRegister) {
  const { t } = useTranslation('device')
  const entries = file.noted.filter((n) => n.ref === device.ref || n.about === device.ref)
  return (
    <section className="panel">
      <h2>{t('history')}</h2>
      <ul className="entries">
        {entries.map((noted) => (
          <Entry key={noted.ref} noted={noted} />
        ))}
      </ul>
    </section>
  )
}
