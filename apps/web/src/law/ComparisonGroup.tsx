import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import type { comparePacks } from '@liuhen/api/routes/law'
import { Cites } from '../law-text/Cites.tsx'

type Group = ResponseOf<typeof comparePacks>['groups'][number]
type Row = Group['rows'][number]
type Props = Readonly<{
  group: Group
  titles: readonly [string, string]
  /** Whose texts they are: the short name of each, on a phone. */
  issuers: readonly [string, string]
}>

const mark = (row: Row) =>
  row.left === null ? 'onlyRight' : row.right === null ? 'onlyLeft' : row.differs ? 'differs' : undefined

/** The subjects under one heading: what each text fixes, by which clause; differences are said, not only coloured. */
export function ComparisonGroup({ group, titles: [left, right], issuers }: Props) {
  const { t } = useTranslation('law')
  return (
    <table className="compare">
      <caption>{group.name}</caption>
      <thead>
        <tr>
          <th scope="col">{t('compare.subject')}</th>
          <th scope="col">{left}</th>
          <th scope="col">{right}</th>
        </tr>
      </thead>
      <tbody>
        {group.rows.map((row) => {
          const kind = mark(row)
          return (
            <tr key={row.subject} data-differs={row.differs}>
              <th scope="row">
                {row.subject}
                {kind && <span className={`compare-mark compare-${kind}`}>{t(`compare.${kind}`)}</span>}
              </th>
              <Side cell={row.left} title={issuers[0]} />
              <Side cell={row.right} title={issuers[1]} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** On a phone the cells stand below each other, so each names its text. */
function Side({ cell, title }: Readonly<{ cell: Row['left']; title: string }>) {
  const { t } = useTranslation('law')
  return (
    <td data-title={title}>
      {cell === null ? (
        <span className="faint">{t('compare.silent')}</span>
      ) : (
        <>
          <p>{cell.text}</p>
          {cell.note !== undefined && <p className="faint compare-note">{cell.note}</p>}
          <Cites of={cell.citations} max={1} untitled />
        </>
      )}
    </td>
  )
}
