import { useState } from 'react'
import { SearchOutlined } from '@ant-design/icons'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Segmented, Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { listDevices } from '@liuhen/api/routes/devices'
import type { DeviceRow } from '@liuhen/api/routes/devices'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaShort } from '../time/china.ts'
import { useNow } from '../time/use-now.ts'
import { DeviceDrawer } from './DeviceDrawer.tsx'
import { Clock } from './Clock.tsx'
import { QUEUES, type Queue, queueOf, TONES } from './queue.ts'
import { StandardFindings } from './StandardFindings.tsx'
import '../recording/recording.css'
import '../step/step.css'
import './device.css'

/** Every device of the agency: where it is, whether it may be used, what its clock and its films tell. */
export function DevicesPage() {
  const { t } = useTranslation('device')
  const { t: w } = useTranslation('words')
  const [sought, setSought] = useState('')
  const { d, state } = useSearch({ from: '/shell/devices' })
  const navigate = useNavigate({ from: '/devices' })
  const devices = useRoute(listDevices, {}, { keep: true })
  const queue: Queue = QUEUES.find((k) => k === state) ?? 'all'
  const items = devices.data?.items ?? []
  const shown = items.filter((one) => (queue === 'all' || queueOf(one) === queue) && fits(one, sought.trim()))
  const open = (number: string | undefined): void =>
    void navigate({ search: (old) => ({ ...old, d: number }) })
  return (
    <div className="page">
      <PageHead
        title={t('title')}
        note={t('note')}
        actions={
          <Link {...paths.registers()}>
            <Button>{t('registers')}</Button>
          </Link>
        }
      />
      {devices.error && (
        <ProblemView error={devices.error} route={listDevices} onRetry={() => void devices.refetch()} />
      )}
      {devices.isPending && <Waiting rows={8} />}
      {devices.data?.registers.map(({ id }) => (
        <StandardFindings key={id} registerId={id} />
      ))}
      {devices.data && (
        <div className="device-filters">
          <Segmented<Queue>
            aria-label={w('view')}
            className="queue"
            value={queue}
            options={QUEUES.map((value) => ({
              value,
              label: t('queueCount', { name: t(`queue.${value}`), n: countOf(items, value) }),
            }))}
            onChange={(value) => void navigate({ search: (old) => ({ ...old, state: value }) })}
          />
          <Input
            allowClear
            className="device-search"
            prefix={<SearchOutlined aria-hidden />}
            aria-label={t('search')}
            placeholder={t('search')}
            value={sought}
            onChange={(e) => setSought(e.target.value)}
          />
        </div>
      )}
      {devices.data && items.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      {items.length > 0 && shown.length === 0 && <Nothing title={t('notFound')} hint={t('notFoundHint')} />}
      {shown.length > 0 && (
        <ul className="device-rows panel">
          {shown.map((one) => (
            <DeviceLine key={`${one.registerId}${one.ref}`} device={one} onOpen={() => open(one.number)} />
          ))}
        </ul>
      )}
      {devices.data && devices.data.strangers.length > 0 && <Strangers rows={devices.data.strangers} />}
      <DeviceDrawer device={items.find((one) => one.number === d)} onClose={() => open(undefined)} />
    </div>
  )
}

const countOf = (items: readonly DeviceRow[], queue: Queue): number =>
  queue === 'all' ? items.length : items.filter((one) => queueOf(one) === queue).length

const fits = ({ number, unit, keeper, deviceType, out }: DeviceRow, sought: string): boolean =>
  [number, unit, keeper, deviceType, out?.by].some((text) => text?.includes(sought) === true)

type LineProps = Readonly<{ device: DeviceRow; onOpen: () => void }>

function DeviceLine({ device, onOpen }: LineProps) {
  const { t } = useTranslation('device')
  const now = useNow()
  const { number, deviceType, unit, keeper, standing, out, fault, check, recordings, unsent } = device
  const queue = queueOf(device)
  return (
    <li>
      <div>
        <button type="button" className="text-button" onClick={onOpen}>
          {number}
        </button>
        <p className="faint">
          {[deviceType, unit, keeper && t('keptBy', { keeper })].filter(Boolean).join(' · ')}
        </p>
      </div>
      <div>
        {out && <p>{t('outSince', { by: out.by, at: chinaShort(out.since, now) })}</p>}
        {fault && <p>{t('faultSince', { what: fault.what, at: chinaShort(fault.foundAt, now) })}</p>}
        <p className="faint">
          {check ? t('checkedAt', { at: chinaShort(check.at, now) }) : t('unchecked')}
          {check?.battery !== undefined && ` · ${t('battery', { n: check.battery })}`}
        </p>
      </div>
      <div>
        <Clock reading={device.clock} />
        <p className="faint">
          {t('films', { n: recordings })}
          {unsent > 0 && ` · ${t('unsent', { n: unsent })}`}
        </p>
      </div>
      <Tag color={TONES[queue]}>{t(`standing.${standing}`)}</Tag>
    </li>
  )
}

type StrangerRow = Readonly<{ number: string; recordings: number; lastAt?: string | undefined }>

/** Numbers that films name and no register has: somebody is to register the device. */
function Strangers({ rows }: Readonly<{ rows: readonly StrangerRow[] }>) {
  const { t } = useTranslation('device')
  const now = useNow()
  return (
    <section className="panel">
      <h2>{t('strangers')}</h2>
      <p className="faint">{t('strangersHint')}</p>
      <ul className="device-rows strangers">
        {rows.map(({ number, recordings, lastAt }) => (
          <li key={number}>
            <span>{number}</span>
            <span className="faint">
              {t('films', { n: recordings })}
              {lastAt !== undefined && ` · ${t('lastSeen', { at: chinaShort(lastAt, now) })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
