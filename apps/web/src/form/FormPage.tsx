import { useMemo, useState } from 'react'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getForm } from '@liuhen/api/routes/documents'
import { useRoute } from '../api/use-route.ts'
import { paths } from '../paths.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import type { ResponseOf } from '@liuhen/api/route'
import { FormDesk } from './FormDesk.tsx'
import { copyKey, useLeftCopy } from './local-copy.ts'
import { useMe } from '../session/me.ts'
import type { FormKey, Left } from './use-draft.ts'
import './form.css'

type Form = ResponseOf<typeof getForm>

const keyOf = ({ params, query }: FormKey): string =>
  `draft/${params.id}/${params.type}/${query.step}/${query.documentId ?? query.about ?? ''}`

/** The form of one document in a case; it opens with what the case already knows. */
export function FormPage() {
  const { t } = useTranslation('document')
  const { id, type } = useParams({ from: '/shell/cases/$id/forms/$type' })
  const { step, documentId, about } = useSearch({ from: '/shell/cases/$id/forms/$type' })
  const key = useMemo(
    () => ({ params: { id, type }, query: { step, documentId, about } }),
    [id, type, step, documentId, about],
  )
  const form = useRoute(getForm, key, { fresh: true })
  const name = copyKey(useMe().userId, keyOf(key))
  const left = useLeftCopy(name)
  // What is typed is newer than anything read again: the form is built from the first answer to its key.
  const [first, setFirst] = useState<Readonly<{ key: FormKey; form: Form; left: Left }>>()
  if (form.data && left.isRead && first?.key !== key)
    setFirst({ key, form: form.data, left: { name, copy: left.copy } })
  if (form.error && !first)
    return (
      <div className="page">
        <ProblemView error={form.error} route={getForm} onRetry={() => void form.refetch()} />
        <p>
          <Link {...paths.caseFile(id, { tab: 'step', step })}>{t('backToCase')}</Link>
        </p>
      </div>
    )
  if (first?.key !== key) return <Waiting whole rows={10} />
  return (
    <FormDesk
      key={`${type}/${step}/${documentId ?? about}`}
      formKey={key}
      form={first.form}
      left={first.left}
    />
  )
}
