export const MODES = ['direct', 'leave', 'mail', 'electronic', 'entrusted', 'public-notice'] as const
export type Mode = (typeof MODES)[number]
