import { Tag } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SettingView } from '@liuhen/api/routes/settings'
import { Cites } from '../law-text/Cites.tsx'
import type { Draft } from './SettingsPage.tsx'
import { ValueField } from './ValueField.tsx'

type Value = Draft[string]
type Props = Readonly<{ setting: SettingView; draft?: Value; onChange?: (value: Value) => void }>

/** One thing that a text leaves open. Red while it is open and nothing is set. */
export function SettingRow({ setting, draft, onChange }: Props) {
  const { t } = useTranslation('settings')
  const { label, why, citations, reading, set, open, laterCases } = setting
  const isChanged = draft !== undefined
  return (
    <div className="setting" data-changed={isChanged} data-open={open !== undefined}>
      <div>
        <h3>{label}</h3>
        <p className="setting-why">{why}</p>
        <Cites of={citations} max={4} />
        {laterCases && <p className="faint">{t('laterOnly')}</p>}
      </div>
      <dl className="setting-values">
        <dt>{t('reading')}</dt>
        <dd>{reading.label}</dd>
        <dt>{t('now')}</dt>
        <dd>
          {open === undefined ? (
            <strong>{set.value === null ? t('byDefault') : set.label}</strong>
          ) : (
            <Tag color="error" className="setting-open">
              {t('openText', { what: open })}
            </Tag>
          )}
        </dd>
        {onChange && (
          <>
            <dt>{t('to')}</dt>
            <dd>
              <ValueField setting={setting} value={isChanged ? draft : set.value} onChange={onChange} />
            </dd>
          </>
        )}
      </dl>
    </div>
  )
}
