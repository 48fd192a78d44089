import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { rowsOf, textOf } from './field-value.ts'

type Props = Readonly<{ label: string; value: unknown; onChange: (value: unknown) => void }>

/** Citations of law, one a row: the law's title and the article. */
export function ArticlesInput({ label, value, onChange }: Props) {
  const { t } = useTranslation('document')
  const rows = rowsOf(value)
  const set = (i: number, change: Readonly<Record<string, string>>): void =>
    onChange(rows.map((row, n) => (n === i ? { ...row, ...change } : row)))
  return (
    <div className="row-list" role="group" aria-label={label}>
      {rows.map((row, i) => (
        <div key={i} className="article-row">
          <Input
            value={textOf(row['title'])}
            placeholder={t('article.title')}
            aria-label={t('article.titleOf', { n: i + 1 })}
            maxLength={120}
            onChange={(e) => set(i, { title: e.target.value })}
          />
          <Input
            value={textOf(row['article'])}
            placeholder={t('article.article')}
            aria-label={t('article.articleOf', { n: i + 1 })}
            maxLength={60}
            onChange={(e) => set(i, { article: e.target.value })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('removeRow', { n: i + 1 })}
            onClick={() => onChange(rows.filter((_, n) => n !== i))}
          />
        </div>
      ))}
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
