import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { FieldCase } from '@liuhen/api/routes/field'
import { mark, SPOKEN } from './record/recording.ts'

type Props = Readonly<{ file: FieldCase; marked: ReadonlySet<string> }>

/** What is to be said aloud once it records: it stays in sight until the officer says that it was. */
export function Spoken({ file, marked }: Props) {
  const { t } = useTranslation('field')
  const { opening, notices } = file.wants
  const during = notices.filter(({ timing }) => timing === 'during')
  if (marked.has(SPOKEN) || opening.length + during.length === 0) return null
  return (
    <section className="wants">
      {during.map(({ wording }) => (
        <blockquote key={wording}>{wording ?? t('wants.noticeOwn')}</blockquote>
      ))}
      {opening.map(({ items }) => (
        <div key={items.join()}>
          <h3>{t('wants.opening')}</h3>
          <ol>
            {items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ol>
        </div>
      ))}
      <Button size="large" type="primary" block onClick={() => void mark(SPOKEN)}>
        {t('speak.opening')}
      </Button>
    </section>
  )
}
