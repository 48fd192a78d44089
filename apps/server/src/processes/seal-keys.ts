import type { Config } from '../config/config.ts'
import { makeDemonstrationKey } from '../seal/demonstration-keys.ts'
import { keyFolder } from '../seal/key-folder.ts'
import type { SealProvider } from '../seal/seal-provider.ts'
import { isDemonstration } from './installation.ts'

/** The keys of this data directory. Only a demonstration makes one for itself: an agency's seal is not made up. */
export const sealKeysOf = ({ dataDir, folders }: Pick<Config, 'dataDir' | 'folders'>): SealProvider =>
  keyFolder({
    folder: folders.seals,
    make: async (...of) => {
      if (isDemonstration(dataDir)) await makeDemonstrationKey(...of)
    },
  })
