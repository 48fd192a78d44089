import type { ReactNode } from 'react'
import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import { sizeOf } from '../recording/size.ts'
import { chinaMinute } from '../time/china.ts'
import { AffectedLines } from './AffectedLines.tsx'
import type { Health } from './StoresPage.tsx'

const COLOR = { pass: 'success', fail: 'error', 'not-checked': 'warning' } as const

/** What the last scrub, inventory and rehearsal read, and what they say of it. */
export function LastRuns({ health }: Readonly<{ health: Health }>) {
  const { t } = useTranslation('stores')
  const { scrub, inventory, rehearsal } = health
  return (
    <div className="store-cards">
      <RunCard title={t('lastScrub')} run={scrub}>
        {scrub?.readings.map((r) => (
          <p key={r.store}>
            {t('readingLine', {
              store: t(`store.${r.store}`),
              files: r.files,
              size: sizeOf(r.bytes),
              faults: r.faults,
            })}
          </p>
        ))}
      </RunCard>
      <RunCard title={t('lastInventory')} run={inventory}>
        {inventory && (
          <p>
            {t('inventoryLine', {
              named: inventory.named,
              registered: inventory.registered,
              held: inventory.held
                .map((h) => t('heldLine', { store: t(`store.${h.store}`), files: h.files }))
                .join(t('semicolon')),
            })}
          </p>
        )}
      </RunCard>
      <RunCard title={t('lastRehearsal')} run={rehearsal}>
        {rehearsal && (
          <p>
            {t('rehearsalLine', {
              files: rehearsal.files,
              of: rehearsal.ofFiles,
              size: sizeOf(rehearsal.bytes),
            })}
          </p>
        )}
        {rehearsal !== undefined && rehearsal.faults.length > 0 && (
          <p className="store-bad">{t('rehearsalFaults', { n: rehearsal.faults.length })}</p>
        )}
      </RunCard>
      {inventory !== undefined && inventory.findings.length > 0 && <Findings inventory={inventory} />}
    </div>
  )
}

type Run = Readonly<{ at: string; verdict: keyof typeof COLOR; why: readonly string[] }>

function RunCard({
  title,
  run,
  children,
}: Readonly<{ title: string; run: Run | undefined; children: ReactNode }>) {
  const { t } = useTranslation('stores')
  return (
    <section className="panel store-run" aria-label={title}>
      <h2>
        {title} {run && <Tag color={COLOR[run.verdict]}>{t(`verdict.${run.verdict}`)}</Tag>}
      </h2>
      {run === undefined && <p className="faint">{t('notYet')}</p>}
      {run && <p className="faint">{chinaMinute(run.at)}</p>}
      {children}
      {run?.why.map((line) => (
        <p key={line} className="store-bad">
          {line}
        </p>
      ))}
    </section>
  )
}

function Findings({ inventory }: Readonly<{ inventory: NonNullable<Health['inventory']> }>) {
  const { t } = useTranslation('stores')
  const { findings, found } = inventory
  return (
    <section className="panel store-wide" aria-label={t('findings')}>
      <h2>{t('findings')}</h2>
      {found > findings.length && (
        <p className="faint">{t('findingsMore', { n: found, shown: findings.length })}</p>
      )}
      <ul className="store-findings">
        {findings.map((f) => (
          <li key={`${f.kind} ${f.store ?? ''} ${f.what}`}>
            <strong>
              {f.store !== undefined && `${t(`store.${f.store}`)} · `}
              {t(`finding.${f.kind}`)}
            </strong>
            <AffectedLines sha256={f.what} affected={f.affected} />
          </li>
        ))}
      </ul>
    </section>
  )
}
