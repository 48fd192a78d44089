import type { Report } from './report.ts'
import { FOREIGN_TAR } from './tar.ts'

/** The tar was packed anew by somebody's own program: nothing was verified, and the folder in it has to be. */
export const isForeignTar = ({ items }: Pick<Report, 'items'>): boolean =>
  items.some((i) => i.check === 'package' && i.path === '.' && i.detail.endsWith(FOREIGN_TAR))
