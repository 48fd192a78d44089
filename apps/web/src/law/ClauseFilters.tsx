import { SearchOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FORCES } from '../paths.ts'
import type { ClauseItem } from './shown-clauses.ts'

type Props = Readonly<{ items: readonly ClauseItem[]; shown: number }>

/** Text, force, and whether a rule answers: all in the address. Only what the regulation has is offered. */
export function ClauseFilters({ items, shown }: Props) {
  const { t } = useTranslation('law')
  const { q, force, rules } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const go = (change: { q?: string | undefined; force?: typeof force; rules?: typeof rules }): void =>
    void navigate({ search: (old) => ({ ...old, ...change, clause: undefined }), replace: true })
  const some = q !== undefined || force !== undefined || rules !== undefined
  return (
    <div className="clause-filters">
      <Input
        allowClear
        className="filter-q"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('find')}
        aria-label={t('find')}
        value={q ?? ''}
        onChange={(e) => go({ q: e.target.value || undefined })}
      />
      <Select
        allowClear
        className="filter-short"
        aria-label={t('filter.force')}
        placeholder={t('filter.force')}
        value={force ?? null}
        options={FORCES.flatMap((value) => {
          const n = items.filter((c) => c.modality === value).length
          return n === 0 ? [] : [{ value, label: `${t(`modality.${value}`)} ${n}` }]
        })}
        onChange={(value) => go({ force: value ?? undefined })}
      />
      <Select
        allowClear
        className="filter-short"
        aria-label={t('filter.rules')}
        placeholder={t('filter.rules')}
        value={rules ?? null}
        options={(['with', 'without'] as const).map((value) => ({
          value,
          label: `${t(`filter.${value}`)} ${items.filter((c) => c.rules.length > 0 === (value === 'with')).length}`,
        }))}
        onChange={(value) => go({ rules: value ?? undefined })}
      />
      <span className="faint" role="status">
        {some && t('filter.shown', { shown, all: items.length })}
      </span>
    </div>
  )
}
