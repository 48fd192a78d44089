/** Goes to a second of a film. */
export const moveTo = (element: HTMLMediaElement, seconds: number): void => {
  element.currentTime = seconds
}

/** Runs at this speed from now on. */
export const runAt = (element: HTMLMediaElement, speed: number): void => {
  element.playbackRate = speed
}

/** Shows or hides what stands beside the film as captions. */
export const showCaptions = (element: HTMLMediaElement, shown: boolean): void => {
  for (const track of element.textTracks) track.mode = shown ? 'showing' : 'hidden'
}
