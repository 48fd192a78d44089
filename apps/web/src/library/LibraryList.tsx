import { useCallback, useState } from 'react'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { libraryDays } from '@liuhen/api/routes/library'
import type { LibraryRow } from '@liuhen/api/routes/library'
import { Nothing } from '../shell/Nothing.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { DayInput } from '../time/DayInput.tsx'
import { isNarrowed, UNNARROWED, type LibrarySearch } from './search.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { useDays } from './use-library.ts'
import { type Jump, VirtualList } from './VirtualList.tsx'

type Props = Readonly<{ view: 'list' | 'grid'; search: LibrarySearch; onOpen: (id: string) => void }>

export function LibraryList({ view, search, onOpen }: Props) {
  const { t } = useTranslation('library')
  const navigate = useNavigate({ from: '/recordings' })
  const { days, inOrder, parts } = useDays(search)
  const [picked, setPicked] = useState<ReadonlyMap<string, LibraryRow>>(new Map())
  const [jump, setJump] = useState<Jump | undefined>()
  const pick = (row: LibraryRow, on: boolean): void =>
    setPicked((old) => {
      const next = new Map(old)
      if (on) next.set(row.id, row)
      else next.delete(row.id)
      return next
    })
  const stand = useCallback(
    (day: string): void =>
      void navigate({ search: (old) => ({ ...old, day }), replace: true, resetScroll: false }),
    [navigate],
  )
  if (days.error)
    return <ProblemView error={days.error} route={libraryDays} onRetry={() => void days.refetch()} />
  if (days.isPending) return <Waiting rows={8} />
  if (days.data.total === 0)
    return isNarrowed(search) ? (
      <Nothing
        title={t('noneFiltered')}
        hint={t('noneFilteredHint')}
        action={
          <Button onClick={() => void navigate({ search: (old) => ({ ...old, ...UNNARROWED }) })}>
            {t('filter.none')}
          </Button>
        }
      />
    ) : (
      <Nothing title={t('none')} hint={t('noneHint')} />
    )
  // Another order or another filter is another list: it begins at its top.
  const { view: _, f: __, t: ___, day: ____, ...which } = search
  return (
    <>
      <p className="library-count" role="status">
        {t('count', { n: days.data.total, days: inOrder.length })}
        <label>
          <span>{t('jump')}</span>
          <JumpInput onJump={(day) => setJump({ day })} />
        </label>
      </p>
      <VirtualList
        key={`${view}${JSON.stringify(which)}`}
        search={search}
        view={view}
        days={inOrder}
        parts={parts}
        picked={new Set(picked.keys())}
        onPick={pick}
        onOpen={onOpen}
        onDay={stand}
        jump={jump}
      />
      <SelectionBar picked={[...picked.values()]} onDone={() => setPicked(new Map())} />
    </>
  )
}

/** A day that is typed leads there. */
function JumpInput({ onJump }: Readonly<{ onJump: (day: string) => void }>) {
  const [typed, setTyped] = useState<string | undefined>()
  return (
    <DayInput
      value={typed}
      onChange={(day) => {
        setTyped(day)
        if (day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day)) onJump(day)
      }}
    />
  )
}
