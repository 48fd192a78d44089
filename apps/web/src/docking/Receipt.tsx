import { useTranslation } from 'react-i18next'
import type { DockingView } from '@liuhen/api/routes/dockings'
import { sizeOf } from '../recording/size.ts'
import { chinaMinute } from '../time/china.ts'

const isStore = (name: string): name is 'first' | 'second' => name === 'first' || name === 'second'

/** Each file with its digest and where it was read back: what the station may delete, and nothing else. */
export function Receipt({ lines }: Readonly<{ lines: NonNullable<DockingView['receipt']> }>) {
  const { t } = useTranslation('docking')
  return (
    <section className="panel">
      <h2>{t('receipt')}</h2>
      <p className="explain">{t('receiptNote', { n: lines.length })}</p>
      <ul className="docked-files">
        {lines.map((line) => (
          <li key={line.path}>
            <div>
              <span className="docked-path">{line.path}</span>
              <p className="faint mono hash">{line.sha256}</p>
              <p className="faint">
                {[
                  sizeOf(line.sizeBytes),
                  ...line.copies.map(({ store, verifiedAt }) =>
                    t('receiptCopy', {
                      store: isStore(store) ? t(`store.${store}`) : store,
                      at: chinaMinute(verifiedAt),
                    }),
                  ),
                ].join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
