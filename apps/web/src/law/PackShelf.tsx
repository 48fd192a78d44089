import words from 'virtual:law-words'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { listPacks } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { ClauseList } from './ClauseList.tsx'
import { packOfClause } from './pack-of-clause.ts'

const LAYERS = ['national', 'base', 'overlay', 'agency'] as const

/** Packs on the left; the clauses of the chosen one on the right. */
export function PackShelf() {
  const { t } = useTranslation('law')
  const me = useMe()
  const { pack, clause } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const packs = useRoute(listPacks, {})
  if (packs.isPending) return <Waiting rows={6} />
  if (packs.error) return <ProblemView error={packs.error} onRetry={() => void packs.refetch()} />
  const { items } = packs.data
  const chosen =
    items.find((p) => p.id === pack) ??
    packOfClause(clause, items, words.prefixes) ??
    items.find((p) => p.id === me.agency.base) ??
    items[0]
  const layerName = (layer: string): string => {
    const known = LAYERS.find((l) => l === layer)
    return known ? t(`layer.${known}`) : layer
  }
  return (
    <div className="shelf">
      <ul className="pack-list">
        {items.map((p) => (
          <li key={p.id}>
            <button
              type="button"
              aria-current={p === chosen}
              onClick={() => void navigate({ search: (old) => ({ ...old, pack: p.id, clause: undefined }) })}
            >
              <strong>{p.title}</strong>
              <span className="faint">
                {layerName(p.layer)} · {t('clauseCount', { n: p.clauses })}
                {p.effectiveFrom !== undefined && ` · ${t('from', { day: p.effectiveFrom })}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {chosen && <ClauseList pack={chosen.id} issuer={chosen.issuer} clause={clause} />}
    </div>
  )
}
