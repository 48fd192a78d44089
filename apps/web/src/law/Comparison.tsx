import { useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ResponseOf } from '@liuhen/api/route'
import { comparePacks, listPacks } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { ComparisonGroup } from './ComparisonGroup.tsx'
import { ownPack } from './own-pack.ts'

type Packs = ResponseOf<typeof listPacks>['items']

/** Two texts side by side, subject by subject. */
export function Comparison() {
  const packs = useRoute(listPacks, {})
  if (packs.isPending) return <Waiting rows={6} />
  if (packs.error) return <ProblemView error={packs.error} onRetry={() => void packs.refetch()} />
  return <Sides packs={packs.data.items.filter((p) => p.layer !== 'national')} />
}

/** Nobody has to choose first: one's own text stands left, and beside it another of the same layer. */
function Sides({ packs }: Readonly<{ packs: Packs }>) {
  const { t } = useTranslation('law')
  const search = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const me = useMe()
  const own = ownPack(packs, me.agency)
  const left = packs.find((p) => p.id === search.left) ?? own
  const others = packs.filter((p) => p !== left)
  const right =
    packs.find((p) => p.id === search.right) ?? others.find((p) => p.layer === left?.layer) ?? others[0]
  if (!left || !right) return null
  const options = packs.map((p) => ({ value: p.id, label: p.title }))
  return (
    <section className="panel">
      <p className="faint">{t('compare.note')}</p>
      <div className="compare-choice">
        <Select
          aria-label={t('compare.left')}
          value={left.id}
          options={options}
          onChange={(id) => void navigate({ search: (old) => ({ ...old, left: id }) })}
        />
        <Select
          aria-label={t('compare.right')}
          value={right.id}
          options={options}
          onChange={(id) => void navigate({ search: (old) => ({ ...old, right: id }) })}
        />
      </div>
      <Compared left={left} right={right} />
    </section>
  )
}

type Side = Packs[number]

function Compared({ left, right }: Readonly<{ left: Side; right: Side }>) {
  const { t } = useTranslation('law')
  const { t: w } = useTranslation('words')
  const { same } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const compared = useRoute(comparePacks, { query: { left: left.id, right: right.id } }, { keep: true })
  if (compared.isPending) return <Waiting rows={10} />
  if (compared.error)
    return <ProblemView error={compared.error} route={comparePacks} onRetry={() => void compared.refetch()} />
  const rows = compared.data.groups.flatMap((g) => g.rows)
  const n = rows.filter((row) => row.differs).length
  const groups = compared.data.groups
    .map((g) => ({ ...g, rows: g.rows.filter((row) => same === 'shown' || row.differs) }))
    .filter((g) => g.rows.length > 0)
  return (
    <>
      <div className="compare-bar">
        <Segmented
          aria-label={w('view')}
          value={same ?? 'hidden'}
          options={[
            { value: 'hidden', label: t('compare.differences') },
            { value: 'shown', label: t('compare.all') },
          ]}
          onChange={(value) =>
            void navigate({ search: (old) => ({ ...old, same: value === 'shown' ? value : undefined }) })
          }
        />
        <span className="faint">{t('compare.count', { n, same: rows.length - n })}</span>
      </div>
      {groups.length === 0 && <p>{t('compare.same')}</p>}
      {groups.map((group) => (
        <ComparisonGroup
          key={group.name}
          group={group}
          titles={[compared.data.left.title, compared.data.right.title]}
          issuers={[left.issuer, right.issuer]}
        />
      ))}
    </>
  )
}
