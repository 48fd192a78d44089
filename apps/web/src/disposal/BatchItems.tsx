import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { BatchView } from '@liuhen/api/routes/disposals'
import { sizeOf } from '../recording/size.ts'
import { chinaDay, chinaMinute } from '../time/china.ts'
import { ItemName } from './ItemName.tsx'
import { refOf } from './look-of.ts'

type Item = BatchView['items'][number]
type Props = Readonly<{ batch: BatchView; onObject: (item: string) => void }>

/** Every item with its digest, why its time has come, and what became of it. */
export function BatchItems({ batch, onObject }: Props) {
  const { t } = useTranslation('disposal')
  const mayObject = batch.can.object === true
  return (
    <section className="panel" aria-label={t('items')}>
      <h2>{t('items')}</h2>
      <ul className="disposal-rows">
        {batch.items.map((item) => (
          <li key={refOf(item)} data-struck={item.struck !== undefined}>
            <What item={item} />
            <div>
              <Became item={item} />
              {mayObject && item.struck === undefined && (
                <Button size="small" onClick={() => onObject(refOf(item))}>
                  {t('objectOne')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function What({ item }: Readonly<{ item: Item }>) {
  const { t } = useTranslation('disposal')
  const { sizeBytes, caseNo } = item
  return (
    <div>
      <ItemName item={item} />
      <p className="faint">
        {'caseFile' in item
          ? t('file.holds', { ...item, size: sizeOf(sizeBytes) })
          : t('due.made', { at: chinaDay(item.madeFrom), size: sizeOf(sizeBytes), caseNo })}
      </p>
      {'sha256' in item && (
        <p className="faint disposal-hash">
          {t('item.hash')} <code>{item.sha256}</code>
        </p>
      )}
    </div>
  )
}

function Became({ item }: Readonly<{ item: Item }>) {
  const { t } = useTranslation('disposal')
  const { struck, now, keptThrough, why, citations } = item
  return (
    <>
      <p>
        {t('due.until', { day: keptThrough })}
        <span className="faint"> {citations.map((c) => c.cite).join(' ')}</span>
      </p>
      <p className="faint">{why}</p>
      {struck && (
        <p className="disposal-block">
          {t('item.struck', { how: t(`how.${struck.how}`), reason: struck.reason })}
          <span className="faint"> {t('item.struckBy', { who: struck.by, at: chinaMinute(struck.at) })}</span>
        </p>
      )}
      {now.map((reason) => (
        <p key={reason} className="disposal-block">
          {t('item.now', { reason })}
        </p>
      ))}
      <Fate item={item} />
    </>
  )
}

/** What became of its bytes in each store, or of a file's content and papers. */
function Fate({ item }: Readonly<{ item: Item }>) {
  const { t } = useTranslation('disposal')
  if ('caseFile' in item)
    return (
      item.gone && (
        <p>
          {t(item.gone.kept > 0 ? 'file.goneBut' : 'file.gone', {
            ...item.gone,
            at: chinaMinute(item.gone.at),
          })}
        </p>
      )
    )
  return (
    <>
      {item.copies.map((c) => (
        <p key={c.store}>
          {t(`fate.${c.outcome}`, {
            store: t(`store.${c.store}`),
            at:
              c.outcome === 'destroyed'
                ? chinaMinute(c.at)
                : c.outcome === 'locked'
                  ? chinaMinute(c.until)
                  : '',
            because: c.outcome === 'shared' ? c.because : '',
          })}
        </p>
      ))}
    </>
  )
}
