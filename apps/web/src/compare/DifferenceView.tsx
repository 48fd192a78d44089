import { useTranslation } from 'react-i18next'
import { rowsOf } from '../form/field-value.ts'
import type { Difference } from './differences.ts'
import { textPieces } from './pieces.ts'
import type { Piece } from './pieces.ts'
import { rowChanges } from './rows.ts'
import { useValueText } from './use-value-text.ts'
import './compare.css'

type Props = Readonly<{ difference: Difference; before: string; after: string }>

/** Two versions of a field side by side: what is in one alone is marked in it; lines that are the same are counted, not shown. */
export function DifferenceView({ difference, before, after }: Props) {
  const { t } = useTranslation('compare')
  const text = useValueText()
  const { field } = difference
  const who: Who = { gone: before, new: after }
  const isList = field.kind === 'rows' || field.kind === 'dialogue'
  return (
    <div className="difference" role="group" aria-label={t('of', { label: field.label })}>
      <p className="difference-head">{before}</p>
      <p className="difference-head">{after}</p>
      {isList ? (
        <Lines difference={difference} who={who} />
      ) : (
        <Pair who={who} before={text(field, difference.before)} after={text(field, difference.after)} />
      )}
    </div>
  )
}

/** Whose each side is; on a narrow screen it stands in the side itself. */
type Who = Readonly<Record<'gone' | 'new', string>>

function Lines({
  difference: { field, before, after },
  who,
}: Readonly<{ difference: Difference; who: Who }>) {
  const { t } = useTranslation('compare')
  const text = useValueText()
  const lineOf = (row: unknown): string => (row === undefined ? '' : text(field, [row]))
  return rowChanges(rowsOf(before), rowsOf(after)).map((change, i) =>
    change.kind === 'same' ? (
      <p key={i} className="difference-same">
        {t('same', { n: change.count })}
      </p>
    ) : (
      <Pair key={i} who={who} n={change.n} before={lineOf(change.before)} after={lineOf(change.after)} />
    ),
  )
}

type PairProps = Readonly<{ who: Who; n?: number | undefined; before: string; after: string }>

function Pair({ who, n, before, after }: PairProps) {
  const pieces = textPieces(before, after)
  return (
    <>
      <Side who={who} n={n} pieces={pieces} kind="gone" />
      <Side who={who} n={n} pieces={pieces} kind="new" />
    </>
  )
}

type SideProps = Readonly<{
  who: Who
  n: number | undefined
  pieces: readonly Piece[]
  kind: 'gone' | 'new'
}>

function Side({ who, n, pieces, kind }: SideProps) {
  const { t } = useTranslation('compare')
  const shown = pieces.filter((piece) => piece.kind === 'same' || piece.kind === kind)
  return (
    <div className="difference-side pre-line" data-kind={kind}>
      <span className="difference-who">{who[kind]}</span>
      {n !== undefined && shown.length > 0 && <span className="faint">{t('line', { n })} </span>}
      {shown.length === 0 && <span className="faint">{t('nothing')}</span>}
      {shown.map((piece, i) =>
        piece.kind === 'same' ? (
          <span key={i}>{piece.text}</span>
        ) : (
          <mark key={i} data-kind={kind}>
            {piece.text}
          </mark>
        ),
      )}
    </div>
  )
}
