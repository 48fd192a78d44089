import type { Instant } from '@liuhen/law/fact'
import { present } from '../present.ts'
import { type Decision, refuse } from '../refusal.ts'
import type { AgencyEvent, AgencyProfile } from './events.ts'
import type { AgencyState } from './state.ts'

/** What of the loaded law an agency may choose from. */
export type PackChoice = Readonly<{ id: string; layer: 'national' | 'base' | 'overlay' }>

export type AgencyContext = Readonly<{
  now: Instant
  packs: readonly PackChoice[]
  /** Codes that other agencies of the installation already have. */
  takenCodes: readonly string[]
}>

const layerOf = (packs: readonly PackChoice[], id: string) => packs.find((p) => p.id === id)?.layer

const chooseLaw = (a: AgencyProfile, packs: readonly PackChoice[]) => {
  const base = layerOf(packs, a.base)
  if (a.base !== 'national' && base !== 'base')
    return refuse(
      'wrong-state',
      `没有可作基础的制度包“${a.base}”。`,
      '请从列表中选择一个基础制度包，或者只适用国家规定。',
    )
  const odd = a.overlays.find((id) => layerOf(packs, id) !== 'overlay')
  if (odd !== undefined)
    return refuse('wrong-state', `“${odd}”不是可叠加的制度包。`, '请从叠加制度包的列表中选择。')
  if (new Set(a.overlays).size !== a.overlays.length)
    return refuse('wrong-state', '同一制度包叠加了两次。', '请删去重复的一项。')
  return undefined
}

/** One base pack (or national law alone) and any overlays (decisions on layers); the code is unique in the installation. */
export const registerAgency = (
  state: AgencyState,
  profile: AgencyProfile,
  ctx: AgencyContext,
): Decision<AgencyEvent> => {
  if (state.status !== 'none') return refuse('duplicate', '本机关已经登记。', '请直接使用已登记的机关。')
  if (ctx.takenCodes.includes(profile.code))
    return refuse('duplicate', `机关代码 ${profile.code} 已被使用。`, '请核对机关代码。')
  const wrong = chooseLaw(profile, ctx.packs)
  if (wrong) return wrong
  const { name, shortName, code, base, overlays, ...rest } = profile
  return [
    {
      type: 'AgencyRegistered',
      schemaVersion: 1,
      occurredAt: ctx.now,
      data: {
        public: { name, shortName, code, base, overlays },
        internal: present({ ...rest, settings: {} }),
      },
    },
  ]
}
