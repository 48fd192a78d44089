import { SearchOutlined } from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LIBRARY_STATES, libraryChoices } from '@liuhen/api/routes/library'
import type { LibraryChoice } from '@liuhen/api/routes/library'
import { MEDIA } from '@liuhen/domain/recording/events'
import { useRoute } from '../api/use-route.ts'
import { sceneNames } from '../recording/scene-names.ts'
import { DayInput } from '../time/DayInput.tsx'
import { isNarrowed, UNNARROWED, type LibrarySearch } from './search.ts'

type Change = Partial<LibrarySearch>

/** What is looked for. Every choice stands in the address; nothing offers what only others may see. */
export function LibraryFilters() {
  const { t } = useTranslation('library')
  const { t: r } = useTranslation('recording')
  const search = useSearch({ from: '/shell/recordings' })
  const navigate = useNavigate({ from: '/recordings' })
  const set = (change: Change): void =>
    void navigate({ search: (old) => ({ ...old, day: undefined, box: undefined, ...change }), replace: true })
  const beyond = [search.device, search.officer, search.unit, search.case, search.party, search.scene]
  const [more, setMore] = useState(beyond.some((value) => value !== undefined) || search.by !== undefined)
  return (
    <search className="filters library-filters">
      <TypedFilter name="q" label={t('filter.q')} value={search.q} onSet={(q) => set({ q })} wide />
      <Select
        aria-label={t('filter.state')}
        placeholder={t('filter.state')}
        allowClear
        value={search.state}
        options={LIBRARY_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(state: LibrarySearch['state']) => set({ state })}
      />
      <Select
        aria-label={t('filter.medium')}
        placeholder={t('filter.medium')}
        allowClear
        value={search.medium}
        options={MEDIA.map((value) => ({ value, label: r(`medium.${value}`) }))}
        onChange={(medium: LibrarySearch['medium']) => set({ medium })}
      />
      <span className="library-days">
        <label>
          <span>{t('filter.from')}</span>
          <DayInput value={search.from} onChange={(from) => set({ from })} />
        </label>
        <label>
          <span>{t('filter.to')}</span>
          <DayInput value={search.to} onChange={(to) => set({ to })} />
        </label>
      </span>
      <Button type="text" aria-expanded={more} onClick={() => setMore(!more)}>
        {t(more ? 'filter.less' : 'filter.more')}
      </Button>
      {isNarrowed(search) && (
        <Button type="link" onClick={() => set(UNNARROWED)}>
          {t('filter.none')}
        </Button>
      )}
      {more && <MoreFilters search={search} onSet={set} />}
    </search>
  )
}

type TypedProps = Readonly<{
  name: string
  label: string
  value: string | undefined
  onSet: (value: string | undefined) => void
  wide?: boolean
}>

function TypedFilter({ name, label, value, onSet, wide = false }: TypedProps) {
  const say = (typed: string): void => {
    const next = typed.trim() || undefined
    if (next !== value) onSet(next)
  }
  return (
    <Input
      key={`${name}${value ?? ''}`}
      defaultValue={value ?? ''}
      allowClear
      {...(wide && { prefix: <SearchOutlined aria-hidden /> })}
      placeholder={label}
      aria-label={label}
      maxLength={60}
      className={wide ? 'filter-q' : 'library-typed'}
      onPressEnter={(e) => say(e.currentTarget.value)}
      onBlur={(e) => say(e.currentTarget.value)}
      onClear={() => onSet(undefined)}
    />
  )
}

function MoreFilters({
  search,
  onSet,
}: Readonly<{ search: LibrarySearch; onSet: (change: Change) => void }>) {
  const { t } = useTranslation('library')
  const choices = useRoute(libraryChoices, {})
  const sceneName = sceneNames()
  const select = (
    key: 'device' | 'officer' | 'unit' | 'scene',
    found: readonly LibraryChoice[],
    name: (choice: LibraryChoice) => string = (choice) => choice.name,
  ) => (
    <Select
      aria-label={t(`filter.${key}`)}
      placeholder={t(`filter.${key}`)}
      allowClear
      showSearch
      optionFilterProp="label"
      value={search[key]}
      options={found.map((choice) => ({
        value: choice.value,
        label: t('choice', { name: name(choice), n: choice.n }),
      }))}
      onChange={(value: string | undefined) => onSet({ [key]: value })}
    />
  )
  const { devices = [], officers = [], units = [], scenes = [] } = choices.data ?? {}
  return (
    <span className="library-more">
      {select('device', devices)}
      {select('officer', officers)}
      {select('unit', units)}
      {select('scene', scenes, ({ name }) => sceneName(name))}
      <TypedFilter
        name="party"
        label={t('filter.party')}
        value={search.party}
        onSet={(party) => onSet({ party })}
      />
      <Select
        aria-label={t('filter.placed')}
        placeholder={t('filter.placed')}
        allowClear
        value={search.placed}
        options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`placed.${value}`) }))}
        onChange={(placed: LibrarySearch['placed']) => onSet({ placed })}
      />
      <Select
        aria-label={t('filter.by')}
        value={search.by ?? 'made'}
        options={(['made', 'arrived'] as const).map((value) => ({ value, label: t(`by.${value}`) }))}
        onChange={(by: 'made' | 'arrived') => onSet({ by: by === 'made' ? undefined : by })}
      />
      <Select
        aria-label={t('filter.order')}
        value={search.order ?? 'latest'}
        options={(['latest', 'earliest'] as const).map((value) => ({ value, label: t(`order.${value}`) }))}
        onChange={(order: 'latest' | 'earliest') => onSet({ order: order === 'latest' ? undefined : order })}
      />
      {search.case !== undefined && (
        <Button onClick={() => onSet({ case: undefined })}>{t('filter.caseOff')}</Button>
      )}
    </span>
  )
}
