import words from 'virtual:law-words'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { listPacks } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { useMe } from '../session/me.ts'
import { ProblemView } from '../shell/ProblemView.tsx'
import { useWide } from '../shell/use-wide.ts'
import { Waiting } from '../shell/Waiting.tsx'
import { ClauseList } from './ClauseList.tsx'
import { packOfClause } from './pack-of-clause.ts'
import { isOwn, ownFirst, ownPack } from './own-pack.ts'

const LAYERS = ['national', 'base', 'overlay', 'agency'] as const

/** Packs on the left; the clauses of the chosen one on the right. */
export function PackShelf() {
  const { t } = useTranslation('law')
  const me = useMe()
  const { pack, clause } = useSearch({ from: '/shell/law' })
  const navigate = useNavigate({ from: '/law' })
  const wide = useWide(900)
  const packs = useRoute(listPacks, {})
  const choose = (id: string): void =>
    void navigate({
      search: (old) => ({ ...old, pack: id, clause: undefined, force: undefined, rules: undefined }),
    })
  if (packs.isPending) return <Waiting rows={6} />
  if (packs.error) return <ProblemView error={packs.error} onRetry={() => void packs.refetch()} />
  const items = ownFirst(packs.data.items, me.agency)
  const chosen =
    items.find((p) => p.id === pack) ??
    packOfClause(clause, items, words.prefixes) ??
    ownPack(items, me.agency)
  const layerName = (layer: string): string => {
    const known = LAYERS.find((l) => l === layer)
    return known ? t(`layer.${known}`) : layer
  }
  return (
    <div className="shelf">
      {wide ? (
        <ul className="pack-list">
          {items.map((p) => (
            <li key={p.id}>
              <button type="button" aria-current={p === chosen} onClick={() => choose(p.id)}>
                <strong>{p.title}</strong>
                <span className="faint">
                  {isOwn(p, me.agency) && `${t('own')} · `}
                  {layerName(p.layer)} · {t('clauseCount', { n: p.clauses })}
                  {p.effectiveFrom !== undefined && ` · ${t('from', { day: p.effectiveFrom })}`}
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <Select
          aria-label={t('choosePack')}
          value={chosen?.id}
          options={items.map((p) => ({ value: p.id, label: p.title }))}
          onChange={choose}
        />
      )}
      {chosen && (
        <ClauseList
          pack={chosen.id}
          issuer={chosen.issuer}
          clause={clause}
          national={chosen.layer === 'national'}
        />
      )}
    </div>
  )
}
