import { type ReactNode, useEffect, useRef, useState } from 'react'
import { CheckCircleFilled, CloseCircleFilled, MinusCircleFilled } from '@ant-design/icons'
import { Button, Collapse, Input, Space, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { groupItems, type Group } from '@liuhen/ledger/package/group-items'
import { firstFailures } from '@liuhen/ledger/package/first-failures'
import { isForeignTar } from '@liuhen/ledger/package/foreign-tar'
import { whoseKey } from '@liuhen/ledger/package/whose-key'
import type { Item, Report } from '@liuhen/ledger/package/report'

type Props = Readonly<{ name: string; report: Report; onAgain: (key: string) => void }>

/** The verdict, what does not hold or was not looked at, then what holds, folded. */
export function ReportView({ name, report, onAgain }: Props) {
  if (isForeignTar(report)) return <PackedAnew name={name} />
  const needsKey = report.verdict === 'PASS' && whoseKey(report) === 'PACKAGED' && report.fingerprint !== ''
  return (
    <section className="report">
      <Verdict name={name} report={report} />
      {needsKey && <CompareKey onAgain={onAgain} />}
      <Groups groups={groupItems(report.items)} facts={<Facts report={report} />} />
    </section>
  )
}

/** Whoever waited for the result is brought to it, with eyes and with the keyboard. */
function useArrival() {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    head.current?.focus({ preventScroll: true })
    head.current?.scrollIntoView({ block: 'start' })
  }, [])
  return head
}

function Verdict({ name, report }: Pick<Props, 'name' | 'report'>) {
  const { t } = useTranslation('verify')
  const head = useArrival()
  const failures = firstFailures(report.items)
  return (
    <div className={`verdict verdict-${report.verdict}`}>
      {report.verdict === 'PASS' ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}
      <div>
        <h2 ref={head} tabIndex={-1}>
          {t(`verdict.${report.verdict}`)}
        </h2>
        <p>{t('verdictOf', { name, n: report.items.length })}</p>
        {failures.first.map((item) => (
          <p key={item.path}>
            <span className="mono">{item.path}</span> {item.detail}
          </p>
        ))}
        {failures.more > 0 && <p>{t('moreFailed', { n: failures.more })}</p>}
      </div>
    </div>
  )
}

/** Nothing was read, so nothing is said against what lies in it. */
function PackedAnew({ name }: Pick<Props, 'name'>) {
  const { t } = useTranslation('verify')
  const head = useArrival()
  return (
    <section className="report">
      <div className="verdict verdict-OPEN">
        <MinusCircleFilled aria-hidden />
        <div>
          <h2 ref={head} tabIndex={-1}>
            {t('packedAnew.title')}
          </h2>
          <p>{t('packedAnew.what', { name })}</p>
          <p>{t('packedAnew.means')}</p>
          <p>{t('packedAnew.todo')}</p>
        </div>
      </div>
    </section>
  )
}

function Facts({ report }: Pick<Props, 'report'>) {
  const { t } = useTranslation('verify')
  const { t: w } = useTranslation('words')
  return (
    <dl className="report-facts">
      <dt>{t('origin')}</dt>
      <dd className="mono">{report.origin === '' ? t('noOrigin') : report.origin}</dd>
      <dt>{t('anchoring')}</dt>
      <dd>
        {t(`anchorings.${report.anchoring}`, report.witnesses)}{' '}
        <span className="faint">{t(`anchoringNotes.${report.anchoring}`, report.witnesses)}</span>
      </dd>
      <dt>{t('keys')}</dt>
      <dd>{t(`keyOf.${whoseKey(report)}`, { key: report.keyInPackage })}</dd>
      {report.seals !== 'NONE' && (
        <>
          <dt>{t('seals')}</dt>
          <dd>{t(report.seals === 'TRUSTED' ? 'sealsTrusted' : 'sealsNotChecked')}</dd>
        </>
      )}
      <dt>{t('fingerprint')}</dt>
      <dd>
        {report.fingerprint === '' ? (
          t('noFingerprint')
        ) : (
          <Typography.Text
            className="mono hash"
            copyable={{ text: report.fingerprint, tooltips: [w('copy'), w('copied')] }}
          >
            {report.fingerprint}
          </Typography.Text>
        )}
      </dd>
    </dl>
  )
}

const panelOf = (group: Group) => ({
  key: group.check,
  label: <GroupHead group={group} />,
  children: <GroupBody group={group} />,
})

const holds = (group: Group): boolean => resultOf(group) === 'PASS'

type GroupsProps = Readonly<{ groups: readonly Group[]; facts: ReactNode }>

/** What holds from end to end is one line, until somebody wants to read what it proves. */
function Groups({ groups, facts }: GroupsProps) {
  const { t } = useTranslation('verify')
  const other = groups.filter((group) => !holds(group))
  const holding = groups.filter(holds)
  const items = holding.reduce((sum, group) => sum + group.items.length, 0)
  const label = t('allHold', { groups: holding.length, n: items })
  return (
    <>
      {other.length > 0 && (
        <Collapse
          items={other.map(panelOf)}
          defaultActiveKey={other.filter((g) => g.failed > 0).map((g) => g.check)}
        />
      )}
      {facts}
      {holding.length > 0 && (
        <Collapse items={[{ key: 'hold', label, children: <Collapse items={holding.map(panelOf)} /> }]} />
      )}
    </>
  )
}

/** Whose key it is no package can prove: the reader compares it, or gives the one that was published. */
function CompareKey({ onAgain }: Pick<Props, 'onAgain'>) {
  const { t } = useTranslation('verify')
  const [key, setKey] = useState('')
  return (
    <section className="panel compare-key">
      <h2>{t('compare.title')}</h2>
      <p className="explain">{t('compare.note')}</p>
      <Space.Compact block>
        <Input.TextArea
          autoSize={{ minRows: 1, maxRows: 8 }}
          className="mono"
          value={key}
          onChange={(e) => setKey(e.target.value)}
          aria-label={t('compare.key')}
          placeholder={t('compare.key')}
        />
        <Button type="primary" disabled={key.trim() === ''} onClick={() => onAgain(key)}>
          {t('compare.again')}
        </Button>
      </Space.Compact>
    </section>
  )
}

const resultOf = (group: Group): Item['result'] =>
  group.failed > 0 ? 'FAIL' : group.open > 0 ? 'NOT CHECKED' : 'PASS'

function GroupHead({ group }: Readonly<{ group: Group }>) {
  const { t } = useTranslation('verify')
  return (
    <span className="group-head">
      <ResultMark result={resultOf(group)} />
      <strong>{group.title}</strong>
      <span className="faint">
        {t('groupCount', { n: group.items.length })}
        {group.failed > 0 && ` · ${t('groupFailed', { n: group.failed })}`}
        {group.open > 0 && ` · ${t('groupOpen', { n: group.open })}`}
      </span>
    </span>
  )
}

/** More items than anybody reads are cut, of those that hold. */
const MOST = 200
const ORDER = { FAIL: 0, 'NOT CHECKED': 1, PASS: 2 } as const

function GroupBody({ group }: Readonly<{ group: Group }>) {
  const { t } = useTranslation('verify')
  const { items, passed } = group
  const other = items.filter((i) => i.result !== 'PASS').toSorted((a, b) => ORDER[a.result] - ORDER[b.result])
  const holding = <Holding items={items.filter((i) => i.result === 'PASS')} />
  return (
    <>
      <p>
        <strong>
          {passed === 0
            ? t('wouldProve')
            : t(passed === items.length ? 'proves' : 'provesSome', { n: passed })}
        </strong>
        {group.proves}
      </p>
      <p>
        <strong>{t('doesNotProve')}</strong>
        {group.doesNotProve}
      </p>
      {other.length > 0 && <Items items={other} />}
      {other.length === 0 && holding}
      {other.length > 0 && passed > 0 && (
        <details className="report-held">
          <summary>{t('heldItems', { n: passed })}</summary>
          {holding}
        </details>
      )}
    </>
  )
}

type ItemsProps = Readonly<{ items: readonly Item[] }>

function Holding({ items }: ItemsProps) {
  const { t } = useTranslation('verify')
  return (
    <>
      <Items items={items.slice(0, MOST)} />
      {items.length > MOST && <p className="faint">{t('cut', { n: items.length - MOST })}</p>}
    </>
  )
}

function Items({ items }: ItemsProps) {
  return (
    <ul className="report-items">
      {items.map((item, i) => (
        <li key={`${item.path}${i}`}>
          <ResultMark result={item.result} />
          <span className="mono">{item.path}</span>
          {item.detail !== '' && <span className="faint">{item.detail}</span>}
        </li>
      ))}
    </ul>
  )
}

function ResultMark({ result }: Readonly<{ result: Item['result'] }>) {
  const { t } = useTranslation('verify')
  const key = result === 'NOT CHECKED' ? 'open' : result === 'PASS' ? 'pass' : 'fail'
  const icon = {
    pass: <CheckCircleFilled aria-hidden />,
    fail: <CloseCircleFilled aria-hidden />,
    open: <MinusCircleFilled aria-hidden />,
  }[key]
  return (
    <span className={`result result-${key}`}>
      {icon} {t(`result.${key}`)}
    </span>
  )
}
