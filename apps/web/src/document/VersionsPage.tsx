import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { documentVersions } from '@liuhen/api/routes/documents'
import type { DocumentVersion } from '@liuhen/api/routes/documents'
import { getCase } from '@liuhen/api/routes/cases'
import type { CaseWorkspace } from '@liuhen/api/routes/cases'
import { fieldsOf } from '@liuhen/domain/document/form-data'
import { useRoute } from '../api/use-route.ts'
import { differencesOf } from '../compare/differences.ts'
import { DifferenceView } from '../compare/DifferenceView.tsx'
import { useDefinitions } from '../law-text/use-definitions.ts'
import { paths } from '../paths.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { chinaMinute } from '../time/china.ts'

/** Two versions of a paper side by side, field by field. */
export function VersionsPage() {
  const { id, documentId } = useParams({ from: '/shell/cases/$id/documents/$documentId/versions' })
  const file = useRoute(getCase, { params: { id } })
  const found = useRoute(documentVersions, { params: { id, documentId } })
  const error = file.error ?? found.error
  if (error)
    return (
      <div className="page">
        <ProblemView error={error} route={documentVersions} onRetry={() => void found.refetch()} />
      </div>
    )
  if (!file.data || !found.data) return <Waiting whole rows={10} />
  return <Versions file={file.data} documentId={documentId} versions={found.data.versions} />
}

type Props = Readonly<{
  file: CaseWorkspace
  documentId: string
  versions: readonly DocumentVersion[]
}>

function Versions({ file, documentId, versions }: Props) {
  const { t } = useTranslation('compare')
  const navigate = useNavigate()
  const { a = versions.length - 2, b = versions.length - 1 } = useSearch({
    from: '/shell/cases/$id/documents/$documentId/versions',
  })
  const paper = file.documents.find((d) => d.id === documentId)
  const [before, after] = [versions[a], versions[b]]
  const options = versions.map((version, value) => ({ value, label: t('versions.name', told(version)) }))
  const go = (pair: Readonly<{ a: number; b: number }>): void =>
    void navigate({ ...paths.versions(file.id, documentId, pair), replace: true })
  return (
    <div className="page versions-page">
      <PageHead
        title={t('versions.title', { name: paper?.name ?? '' })}
        note={<Link {...paths.document(file.id, documentId)}>{t('versions.back')}</Link>}
      />
      {before === undefined || after === undefined ? (
        <Nothing title={t('versions.only')} />
      ) : (
        <>
          <div className="versions-pick">
            {(['a', 'b'] as const).map((which) => (
              <Select<number>
                key={which}
                className="versions-select"
                aria-label={t(which === 'a' ? 'versions.before' : 'versions.after')}
                value={which === 'a' ? a : b}
                options={options}
                onChange={(n) => go(which === 'a' ? { a: n, b } : { a, b: n })}
              />
            ))}
          </div>
          <Fate version={before} />
          <Fate version={after} />
          <Differences type={paper?.type ?? ''} before={before} after={after} />
        </>
      )}
    </div>
  )
}

const told = ({ version, submittedBy, submittedAt }: DocumentVersion) => ({
  n: version,
  by: submittedBy,
  at: chinaMinute(submittedAt),
})

/** Why a version did not stay. */
function Fate({ version }: Readonly<{ version: DocumentVersion }>) {
  const { t } = useTranslation('compare')
  const { returned, voided, number } = version
  if (!returned && !voided) return null
  return (
    <p className="explain">
      {t('versions.name', told(version))}
      {number !== undefined && ` ${t('versions.numbered', { number })}`}{' '}
      {returned && t('versions.returned', returned)} {voided && t('versions.voidedFor', voided)}
    </p>
  )
}

type Pair = Readonly<{ type: string; before: DocumentVersion; after: DocumentVersion }>

function Differences({ type, before, after }: Pair) {
  const { t } = useTranslation('compare')
  const definition = useDefinitions().get(type)
  const fields = definition ? fieldsOf(definition) : []
  const found = differencesOf(fields, before.data, after.data)
  if (found.length === 0) return <p role="status">{t('versions.same')}</p>
  return found.map((difference) => (
    <section key={difference.field.id} className="panel conflict-field">
      <h2>{difference.field.label}</h2>
      <DifferenceView
        difference={difference}
        before={t('versions.name', told(before))}
        after={t('versions.name', told(after))}
      />
    </section>
  ))
}
