/** Goes to a second of a film. */
export const moveTo = (element: HTMLMediaElement, seconds: number): void => {
  element.currentTime = seconds
}

/** Runs at this speed from now on. */
export const runAt = (element: HTMLMediaElement, speed: number): void => {
  element.playbackRate = speed
}
