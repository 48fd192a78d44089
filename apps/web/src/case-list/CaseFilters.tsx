import { SearchOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'

type Props = Readonly<{ stages: readonly Readonly<{ id: string; name: string }>[] }>
const STATUSES = ['open', 'closed', 'archived'] as const

export function CaseFilters({ stages }: Props) {
  const { t } = useTranslation('case')
  const search = useSearch({ from: '/shell/cases' })
  const navigate = useNavigate({ from: '/cases' })
  const set = (change: Partial<typeof search>): void =>
    void navigate({ search: (old) => ({ ...old, cursor: undefined, ...change }) })
  const toggle = (name: 'mine' | 'overdue') => (
    <Button
      type={search[name] === 'true' ? 'primary' : 'default'}
      ghost={search[name] === 'true'}
      aria-pressed={search[name] === 'true'}
      onClick={() => set({ [name]: search[name] === 'true' ? undefined : 'true' })}
    >
      {t(`filter.${name}`)}
    </Button>
  )
  return (
    <search className="filters">
      <Input
        key={search.q ?? ''}
        defaultValue={search.q ?? ''}
        allowClear
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t('filter.q')}
        aria-label={t('filter.q')}
        maxLength={60}
        className="filter-q"
        onPressEnter={(e) => set({ q: e.currentTarget.value.trim() || undefined })}
        onBlur={(e) => {
          const value = e.currentTarget.value.trim() || undefined
          if (value !== search.q) set({ q: value })
        }}
        onClear={() => set({ q: undefined })}
      />
      <Select
        aria-label={t('filter.status')}
        placeholder={t('filter.status')}
        allowClear
        value={search.status}
        options={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        onChange={(status: (typeof STATUSES)[number] | undefined) => set({ status })}
      />
      <Select
        aria-label={t('filter.stage')}
        placeholder={t('filter.stage')}
        allowClear
        value={search.stage}
        options={stages.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(stage: string | undefined) => set({ stage })}
      />
      {toggle('mine')}
      {toggle('overdue')}
    </search>
  )
}
