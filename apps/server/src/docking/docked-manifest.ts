import type { KnownDocking, DockedFile } from '@liuhen/domain/docking/state'
import { present } from '@liuhen/domain/present'
import type { Manifest } from '@liuhen/domain/recording/events'

export type Said = Pick<Manifest, 'sha256' | 'mime' | 'medium' | 'madeFrom' | 'madeTo' | 'officer'> &
  Readonly<{ session?: Manifest['session'] | undefined }>

/** The manifest of a file of a card: what the docking knows of it, with what is said of it. */
export const dockedManifest = (
  docking: Readonly<{ id: string; state: KnownDocking }>,
  file: Pick<DockedFile, 'path' | 'sizeBytes'>,
  said: Said,
): Manifest => {
  const { clock, deviceId } = docking.state
  return present({
    ...said,
    sizeBytes: file.sizeBytes,
    fileName: (file.path.split('/').at(-1) ?? file.path).slice(-200),
    device: {
      id: deviceId,
      ...(clock && { clockOffsetMs: clock.offsetMs, clockUncertaintyMs: clock.uncertaintyMs }),
    },
    docking: { id: docking.id, path: file.path },
  })
}
