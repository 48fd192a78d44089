import { useObserved } from './observed.ts'
import { recording, type Recording } from './record/recording.ts'

/** What the camera does now, for a page. */
export const useRecording = (): Recording => useObserved(recording)
