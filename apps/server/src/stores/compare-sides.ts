import type { InventoryFinding } from '@liuhen/domain/stores/events'
import type { Holding, RegisteredBlob, Sides } from './inventory-sides.ts'

export type Found = Pick<InventoryFinding, 'kind' | 'what' | 'store'>

const inFirst = (sha256: string, row: RegisteredBlob, holding: Holding): Found[] => {
  const size = holding.get(sha256)
  if (size === undefined) return [{ kind: 'missing', what: sha256, store: 'first' }]
  return size === row.sizeBytes ? [] : [{ kind: 'wrong-size', what: sha256, store: 'first' }]
}

const inSecond = (sha256: string, row: RegisteredBlob, holding: Holding): Found[] => {
  const size = holding.get(sha256)
  if (size !== undefined)
    return size === row.sizeBytes ? [] : [{ kind: 'wrong-size', what: sha256, store: 'second' }]
  if (row.copied) return [{ kind: 'missing', what: sha256, store: 'second' }]
  return row.copyDue ? [{ kind: 'not-copied', what: sha256, store: 'second' }] : []
}

const unowned = (holding: Holding, sides: Sides, store: 'first' | 'second'): Found[] =>
  [...holding.keys()]
    .filter((sha256) => !sides.rows.has(sha256) && !sides.locked.has(`${store} ${sha256}`))
    .map((what) => ({ kind: 'unowned', what, store }))

const inBackup = (sides: Sides): Found[] => {
  const { backup } = sides
  if (backup === undefined) return []
  const before = (row: RegisteredBlob) =>
    row.verified && row.settledAt !== undefined && Date.parse(row.settledAt) < Date.parse(backup.at)
  const absent = [...sides.rows].filter(([sha256, row]) => before(row) && !backup.digests.has(sha256))
  const gone = [...backup.digests].filter((sha256) => !sides.rows.has(sha256) && !sides.destroyed.has(sha256))
  return [
    ...absent.map(([what]): Found => ({ kind: 'not-in-backup', what, store: 'backup' })),
    ...gone.map((what): Found => ({ kind: 'only-in-backup', what, store: 'backup' })),
  ]
}

/** Pure: each side against each other, in both directions. What a side that is away holds is not guessed. */
export const compareSides = (sides: Sides): readonly Found[] => {
  const { first, second, rows, named, destroyed } = sides
  const verified = [...rows].filter(([, row]) => row.verified)
  const unregistered = [...named.keys()]
    .filter((sha256) => rows.get(sha256)?.verified !== true && !destroyed.has(sha256))
    .map((what): Found => ({ kind: 'unregistered', what }))
  const one = first.here
    ? [
        ...verified.flatMap(([sha256, row]) => inFirst(sha256, row, first.holding)),
        ...unowned(first.holding, sides, 'first'),
        ...first.covered.map((what): Found => ({ kind: 'covered', what, store: 'first' })),
      ]
    : []
  const two =
    second?.here === true
      ? [
          ...verified.flatMap(([sha256, row]) => inSecond(sha256, row, second.holding)),
          ...unowned(second.holding, sides, 'second'),
          ...second.covered.map((what): Found => ({ kind: 'covered', what, store: 'second' })),
        ]
      : []
  return [...unregistered, ...one, ...two, ...inBackup(sides)]
}
