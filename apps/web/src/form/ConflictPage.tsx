import { useEffect, useRef, useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button, Radio, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import { getForm } from '@liuhen/api/routes/documents'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { call } from '../api/client.ts'
import { changedBy, differencesOf } from '../compare/differences.ts'
import type { Difference } from '../compare/differences.ts'
import { DifferenceView } from '../compare/DifferenceView.tsx'
import { joinRows } from '../compare/join-rows.ts'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'
import type { FormData } from './draft-state.ts'
import { rowsOf } from './field-value.ts'
import type { Form, FormKey } from './use-draft.ts'

type Props = Readonly<{
  formKey: FormKey
  mine: FormData
  /** What both had before they wrote; absent where nobody knows any more. */
  base: FormData | undefined
  onSettle: (fresh: Form, data: FormData) => void
}>

/** Two people wrote the same draft: both texts side by side, and a person decides field by field, never the program. */
export function ConflictPage(props: Props) {
  const { formKey } = props
  const fresh = useQuery({
    queryKey: ['the other draft', formKey],
    queryFn: async () => await call(getForm, formKey),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (fresh.error)
    return (
      <div className="page">
        <ProblemView error={fresh.error} route={getForm} onRetry={() => void fresh.refetch()} />
      </div>
    )
  return fresh.data ? <Choosing {...props} fresh={fresh.data} /> : <Waiting whole rows={8} />
}

type Keep = 'mine' | 'theirs' | 'joined'
const isList = ({ field }: Difference): boolean => field.kind === 'rows' || field.kind === 'dialogue'

/** What only one of them touched is theirs to say; lines of both stand in both; of the rest nobody decides for them. */
const proposed = (difference: Difference, base: FormData | undefined): Keep | undefined => {
  const by = changedBy(difference, base)
  if (by !== 'both') return by
  return isList(difference) ? 'joined' : undefined
}

const keptOf = ({ field, before, after }: Difference, keep: Keep, base: FormData | undefined): unknown => {
  if (keep === 'joined') return joinRows(base && rowsOf(base[field.id]), rowsOf(after), rowsOf(before))
  return keep === 'mine' ? after : before
}

function Choosing({ fresh, mine, base, onSettle }: Props & Readonly<{ fresh: Form }>) {
  const { t } = useTranslation('compare')
  const [picked, setPicked] = useState<Readonly<Record<string, Keep>>>({})
  const head = useRef<HTMLDivElement>(null)
  useEffect(() => head.current?.focus(), [])
  const found = differencesOf(fieldsOf(fresh.definition), fresh.data, mine)
  const keepOf = (d: Difference): Keep | undefined => picked[d.field.id] ?? proposed(d, base)
  const open = found.filter((d) => keepOf(d) === undefined).length
  const all = (keep: Keep): void => setPicked(Object.fromEntries(found.map((d) => [d.field.id, keep])))
  const settle = (): void => {
    const kept = found.map((d) => [d.field.id, keptOf(d, keepOf(d) ?? 'theirs', base)] as const)
    const isTheirs = found.every((d) => keepOf(d) === 'theirs')
    onSettle(fresh, isTheirs ? fresh.data : { ...fresh.data, ...Object.fromEntries(kept) })
  }
  const by = fresh.draft?.by ?? t('conflict.somebody')
  const at = fresh.draft ? chinaMinute(fresh.draft.savedAt) : ''
  return (
    <div className="page conflict-page" ref={head} tabIndex={-1}>
      <PageHead
        title={t('conflict.title', { name: fresh.definition.name })}
        actions={
          <>
            <Button onClick={() => all('theirs')}>{t('conflict.allTheirs')}</Button>
            <Button onClick={() => all('mine')}>{t('conflict.allMine')}</Button>
            <Tooltip title={open > 0 ? t('conflict.left', { n: open }) : undefined}>
              <Button type="primary" disabled={open > 0} onClick={settle}>
                {t(found.length === 0 ? 'conflict.goOn' : 'conflict.ok')}
              </Button>
            </Tooltip>
          </>
        }
      />
      <p role="alert">{t(base === undefined ? 'conflict.leftText' : 'conflict.text', { by, at })}</p>
      {open > 0 && <p className="field-problem">{t('conflict.left', { n: open })}</p>}
      {found.length === 0 && <p>{t('conflict.none')}</p>}
      <ul className="conflict-list">
        {found.map((difference) => (
          <li key={difference.field.id} className="panel conflict-field">
            <FieldChoice
              difference={difference}
              by={by}
              changed={changedBy(difference, base)}
              keep={keepOf(difference)}
              onKeep={(keep) => setPicked({ ...picked, [difference.field.id]: keep })}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

type ChoiceProps = Readonly<{
  difference: Difference
  by: string
  changed: 'mine' | 'theirs' | 'both'
  keep: Keep | undefined
  onKeep: (keep: Keep) => void
}>

const WHO = { mine: 'onlyMine', theirs: 'onlyTheirs', both: 'both' } as const

function FieldChoice({ difference, by, changed, keep, onKeep }: ChoiceProps) {
  const { t } = useTranslation('compare')
  const { field } = difference
  return (
    <>
      <div className="conflict-head">
        <h2>{field.label}</h2>
        <span className="faint">{t(`conflict.${WHO[changed]}`)}</span>
        <Radio.Group
          aria-label={t('conflict.keep', { label: field.label })}
          value={keep ?? null}
          onChange={(event) => onKeep(event.target.value)}
          options={[
            { value: 'theirs', label: t('conflict.keepTheirs') },
            { value: 'mine', label: t('conflict.keepMine') },
            ...(isList(difference) ? [{ value: 'joined', label: t('conflict.keepJoined') }] : []),
          ]}
        />
      </div>
      {keep === 'joined' && <p className="field-help">{t('conflict.joinedNote')}</p>}
      <DifferenceView
        difference={difference}
        before={t('conflict.theirs', { by })}
        after={t('conflict.mine')}
      />
    </>
  )
}
