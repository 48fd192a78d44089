import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { canonicalArticle } from '@liuhen/law/article-ref'
import { listCitable } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { knownTitle, placeOf, type Place } from '@liuhen/law/find-places'
import { ArticlePicker, InForce } from './ArticlePicker.tsx'
import { type Row, rowsOf, textOf } from './field-value.ts'

type Props = Readonly<{ label: string; value: unknown; onChange: (value: unknown) => void }>
const NONE: readonly Place[] = []

/** Citations of law, one a row: picked from the library, or typed where it does not hold them. */
export function ArticlesInput({ label, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const places = useRoute(listCitable, {}, { lasting: true }).data?.items ?? NONE
  const rows = rowsOf(value)
  return (
    <div className="row-list" role="group" aria-label={label}>
      {rows.map((row, i) => (
        <ArticleRow
          key={i}
          n={i + 1}
          row={row}
          places={places}
          onSet={(change) => onChange(rows.map((one, n) => (n === i ? { ...one, ...change } : one)))}
          onRemove={() => onChange(rows.filter((_, n) => n !== i))}
        />
      ))}
      <ArticlePicker label={label} places={places} onTake={(cited) => onChange(withCited(rows, cited))} />
      <Button
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => onChange([...rows, { title: '', article: '' }])}
      >
        {t('article.add')}
      </Button>
    </div>
  )
}

/** Once each, and in the place of rows in which nothing was typed. */
const withCited = (rows: readonly Row[], cited: Readonly<{ title: string; article: string }>): Row[] => {
  const filled = rows.filter((row) => textOf(row['title']) !== '' || textOf(row['article']) !== '')
  const isThere = filled.some((row) => row['title'] === cited.title && row['article'] === cited.article)
  return isThere ? filled : [...filled, cited]
}

type RowProps = Readonly<{
  n: number
  row: Row
  places: readonly Place[]
  onSet: (change: Row) => void
  onRemove: () => void
}>

/** What was typed becomes the citation that a paper prints when the field is left. */
function ArticleRow({ n, row, places, onSet, onRemove }: RowProps) {
  const { t } = useTranslation('document')
  const title = textOf(row['title'])
  const article = textOf(row['article'])
  const settle = (change: Row): void => {
    if (Object.entries(change).some(([key, value]) => row[key] !== value)) onSet(change)
  }
  return (
    <div className="article-row">
      <Input
        value={title}
        placeholder={t('article.title')}
        aria-label={t('article.titleOf', { n })}
        maxLength={120}
        onChange={(e) => onSet({ title: e.target.value })}
        onBlur={() => settle({ title: knownTitle(title, places) })}
      />
      <Input
        value={article}
        placeholder={t('article.article')}
        aria-label={t('article.articleOf', { n })}
        maxLength={60}
        onChange={(e) => onSet({ article: e.target.value })}
        onBlur={() => settle({ article: canonicalArticle(article) })}
      />
      <Button type="text" icon={<DeleteOutlined />} aria-label={t('removeRow', { n })} onClick={onRemove} />
      {title !== '' && article !== '' && <Source cited={{ title, article }} places={places} />}
    </div>
  )
}

/** Where a citation comes from, and what it says in our words. */
function Source({
  cited,
  places,
}: Readonly<{ cited: Readonly<{ title: string; article: string }>; places: readonly Place[] }>) {
  const { t } = useTranslation('document')
  const place = placeOf(cited, places)
  if (places.length === 0) return null
  if (place === undefined)
    return (
      <p className="article-source">
        <span className="article-mark article-mark-typed">{t('article.typed')}</span>
        {t('article.typedHow')}
      </p>
    )
  return (
    <p className="article-source">
      <span className="article-mark">
        {place.article === cited.article
          ? t('article.fromLibrary')
          : t('article.partly', { article: place.article })}
      </span>
      <InForce place={place} />
      {!place.ours && <span className="article-mark article-mark-typed">{t('article.others')}</span>}
      {t('article.summary', { text: place.duty })}
    </p>
  )
}
