import { useState } from 'react'
import { CheckCircleFilled, CloseCircleFilled, MinusCircleFilled } from '@ant-design/icons'
import { Button, Collapse, Input, Space, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import { groupItems, type Group } from '@liuhen/ledger/package/group-items'
import { firstFailures } from '@liuhen/ledger/package/first-failures'
import { whoseKey } from '@liuhen/ledger/package/whose-key'
import type { Item, Report } from '@liuhen/ledger/package/report'

type Props = Readonly<{ name: string; report: Report; onAgain: (key: string) => void }>

/** The verdict, then each check: what it proves, what it does not, and every item. */
export function ReportView({ name, report, onAgain }: Props) {
  const { t } = useTranslation('verify')
  const { t: w } = useTranslation('words')
  const groups = groupItems(report.items)
  const failures = firstFailures(report.items)
  const whose = whoseKey(report)
  return (
    <section className="report" aria-live="polite">
      <div className={`verdict verdict-${report.verdict}`}>
        {report.verdict === 'PASS' ? <CheckCircleFilled aria-hidden /> : <CloseCircleFilled aria-hidden />}
        <div>
          <h2>{t(`verdict.${report.verdict}`)}</h2>
          <p>{t('verdictOf', { name, n: report.items.length })}</p>
          {failures.first.map((item) => (
            <p key={item.path}>
              <span className="mono">{item.path}</span> {item.detail}
            </p>
          ))}
          {failures.more > 0 && <p>{t('moreFailed', { n: failures.more })}</p>}
        </div>
      </div>
      {report.verdict === 'PASS' && whose === 'PACKAGED' && report.fingerprint !== '' && (
        <CompareKey onAgain={onAgain} />
      )}
      <dl className="report-facts">
        <dt>{t('origin')}</dt>
        <dd className="mono">{report.origin === '' ? t('noOrigin') : report.origin}</dd>
        <dt>{t('anchoring')}</dt>
        <dd>
          {t(`anchorings.${report.anchoring}`, report.witnesses)}{' '}
          <span className="faint">{t(`anchoringNotes.${report.anchoring}`, report.witnesses)}</span>
        </dd>
        <dt>{t('keys')}</dt>
        <dd>{t(`keyOf.${whose}`, { key: report.keyInPackage })}</dd>
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
      <Collapse
        items={groups.map((group) => ({
          key: group.check,
          label: <GroupHead group={group} />,
          children: <GroupBody group={group} />,
        }))}
        defaultActiveKey={groups.filter((g) => g.failed > 0).map((g) => g.check)}
      />
    </section>
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

function GroupBody({ group }: Readonly<{ group: Group }>) {
  const { t } = useTranslation('verify')
  const order = { FAIL: 0, 'NOT CHECKED': 1, PASS: 2 } as const
  const items = group.items.toSorted((a, b) => order[a.result] - order[b.result])
  const shown = items.filter((item, i) => i < MOST || item.result !== 'PASS')
  return (
    <>
      <p>
        <strong>
          {group.passed === 0
            ? t('wouldProve')
            : t(group.passed === items.length ? 'proves' : 'provesSome', { n: group.passed })}
        </strong>
        {group.proves}
      </p>
      <p>
        <strong>{t('doesNotProve')}</strong>
        {group.doesNotProve}
      </p>
      <ul className="report-items">
        {shown.map((item, i) => (
          <li key={`${item.path}${i}`}>
            <ResultMark result={item.result} />
            <span className="mono">{item.path}</span>
            {item.detail !== '' && <span className="faint">{item.detail}</span>}
          </li>
        ))}
      </ul>
      {items.length > shown.length && <p className="faint">{t('cut', { n: items.length - shown.length })}</p>}
    </>
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
