import { useState } from 'react'
import { Button, Popover, Tooltip } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { documentFingermark } from '@liuhen/api/routes/documents'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import type { DocumentView } from '@liuhen/api/schema/document-view'
import { urlOf } from '../api/client.ts'
import { chinaMinute } from '../time/china.ts'
import { SignDialog } from './SignDialog.tsx'
import { whyOf } from './why-of.ts'

type Slot = DocumentView['signatures'][number]

const isSigning = ({ state }: DocumentView): boolean => state === 'submitted' || state === 'approved'

/** How many have signed of how many; who need not be there is no gap. */
const countOf = ({ got, need }: Slot, open: boolean, t: TFunction<'document'>): string => {
  if (need > 0) return t('signedOf', { got: got.length, need })
  if (got.length > 0) return t('signedAny', { got: got.length })
  return t(open ? 'signedIfAny' : 'signedNone')
}

/** Who must sign, who has, and who refused. */
export function SignaturePanel({
  file,
  document,
}: Readonly<{ file: CaseWorkspace; document: DocumentView }>) {
  const { t } = useTranslation('document')
  const { t: w } = useTranslation('words')
  const [slot, setSlot] = useState<Slot | undefined>()
  if (document.signatures.length === 0) return null
  return (
    <section className="panel">
      <h2>{t('signatures')}</h2>
      <ul className="slots">
        {document.signatures.map((s) => (
          <li key={s.role}>
            <div className="need-line">
              <span>
                {s.label} <span className="faint">{countOf(s, isSigning(document), t)}</span>
              </span>
              <Tooltip title={whyOf(s.can, (r) => w('whyNot', r))}>
                <Button
                  type={s.got.length < s.need ? 'primary' : 'default'}
                  ghost={s.got.length < s.need && s.can === true}
                  disabled={s.can !== true}
                  aria-label={t('signAs', { label: s.label.replace(t('sign'), '') })}
                  onClick={() => setSlot(s)}
                >
                  {t('sign')}
                </Button>
              </Tooltip>
            </div>
            {s.ownHand && s.got.length < s.need && isSigning(document) && (
              <p className="faint">{t('signOwn')}</p>
            )}
            {s.got.map((got) => (
              <p key={got.name + got.at} className="faint">
                {t(`signMethod.${got.method}`, { name: got.name, at: chinaMinute(got.at) })}
                {got.session !== undefined && got.session !== got.name && (
                  <> · {t('signSession', { name: got.session })}</>
                )}
                {got.fingermark !== undefined && (
                  <FingermarkLink
                    name={got.name}
                    src={urlOf(documentFingermark, {
                      params: { id: file.id, documentId: document.id, n: got.fingermark },
                    })}
                  />
                )}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {slot && <SignDialog file={file} document={document} slot={slot} onClose={() => setSlot(undefined)} />}
    </section>
  )
}

/** Fetched when somebody wants to see it, and not with every page. */
function FingermarkLink({ name, src }: Readonly<{ name: string; src: string }>) {
  const { t } = useTranslation('document')
  return (
    <Popover
      trigger="click"
      destroyOnHidden
      content={<img className="fingermark-shown" src={src} alt={t('fingermarkOf', { name })} />}
    >
      <Button type="link" size="small">
        {t('fingermarkShow')}
      </Button>
    </Popover>
  )
}
