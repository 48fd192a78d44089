import type { DeviceRow } from '@liuhen/api/routes/devices'

export const QUEUES = ['all', 'in', 'out', 'stopped', 'gone'] as const
export type Queue = (typeof QUEUES)[number]

/** What is lost and what left the stock are looked for together: neither can be taken out. */
export const queueOf = ({ standing }: Pick<DeviceRow, 'standing'>): Exclude<Queue, 'all'> =>
  standing === 'lost' || standing === 'retired' ? 'gone' : standing

export const TONES = { in: 'success', out: 'processing', stopped: 'error', gone: 'default' } as const
