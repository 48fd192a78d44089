import { useTranslation } from 'react-i18next'
import { documentSeals } from '@liuhen/api/routes/documents'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import type { ResponseOf } from '@liuhen/api/route'
import { useRoute } from '../api/use-route.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { chinaDay, chinaMinute } from '../time/china.ts'

type Seals = ResponseOf<typeof documentSeals>
type Seal = Seals['seals'][number]

/** Who sealed and signed the archival PDF with which certificate, and whether its bytes hold as they lie there now. */
export function SealPanel({ caseId, document }: Readonly<{ caseId: string; document: DocumentView }>) {
  const { t } = useTranslation('document')
  const made = document.pdf !== undefined
  const params = { id: caseId, documentId: document.id }
  const seals = useRoute(documentSeals, { params }, { enabled: made })
  if (!made) return null
  if (seals.error)
    return <ProblemView error={seals.error} route={documentSeals} onRetry={() => void seals.refetch()} />
  if (seals.data === undefined || (!seals.data.wanted && seals.data.seals.length === 0)) return null
  const { notSealed, faults } = seals.data
  return (
    <section className="panel">
      <h2>{t('seals.title')}</h2>
      {notSealed !== undefined && <p className="faint">{t(`seals.notSealed.${notSealed}`)}</p>}
      {faults.map((fault) => (
        <p key={fault} className="field-problem">
          {fault}
        </p>
      ))}
      <ul className="seals">
        {seals.data.seals.map((seal, i) => (
          <li key={`${seal.certificate}-${i}`}>
            <OneSeal seal={seal} document={document} />
          </li>
        ))}
      </ul>
      {seals.data.seals.length > 0 && <p className="faint">{t('seals.compare')}</p>}
    </section>
  )
}

function OneSeal({ seal, document }: Readonly<{ seal: Seal; document: DocumentView }>) {
  const { t } = useTranslation('document')
  const last = document.approvals.findLast((one) => one.state === 'approved')
  return (
    <>
      <div className="seal-head">
        <span className={`seal-mark seal-mark-${seal.by}`} aria-hidden />
        <strong>{t(seal.beside ? 'seals.beside' : `seals.by.${seal.by}`)}</strong>
        <span className={seal.fault === '' ? 'seal-holds' : 'field-problem'}>
          {seal.fault === '' ? t('seals.holds') : seal.fault}
        </span>
      </div>
      {seal.name !== '' && (
        <dl className="seal-facts">
          <dt>{t('seals.certificate')}</dt>
          <dd>{seal.name}</dd>
          {document.issuedAt !== undefined && (
            <>
              <dt>{t('seals.put')}</dt>
              <dd>
                {t(last?.by === undefined || seal.by === 'officer' ? 'seals.putAt' : 'seals.putFor', {
                  at: chinaMinute(document.issuedAt),
                  who: last?.by ?? '',
                })}
              </dd>
            </>
          )}
          <dt>{t('seals.issuer')}</dt>
          <dd>{seal.issuerName}</dd>
          <dt>{t('seals.valid')}</dt>
          <dd>{t('seals.fromTo', { from: chinaDay(seal.notBefore), to: chinaDay(seal.notAfter) })}</dd>
          <dt>{t('seals.fingerprint')}</dt>
          <dd className="mono hash">{seal.certificate}</dd>
        </dl>
      )}
    </>
  )
}
