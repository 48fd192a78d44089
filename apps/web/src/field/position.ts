import type { DeclaredPlace } from '@liuhen/domain/recording/place'

const KEY = 'liuhen.field.place'
/** The camera does not wait for a fix: it is added to the run when it comes. */
const PATIENCE_MS = 30_000
const FRESH_MS = 60_000

/** Whether the officer has said yes to it on this phone; the browser asks besides. */
export const recordsPlace = (): boolean => localStorage.getItem(KEY) === 'on'
export const sayRecordsPlace = (on: boolean): void => localStorage.setItem(KEY, on ? 'on' : 'off')

/** Where the phone is, in WGS-84 as browsers give it; undefined without consent, receiver or fix. */
export const whereNow = (): Promise<DeclaredPlace | undefined> =>
  new Promise((resolve) => {
    if (!recordsPlace() || !('geolocation' in navigator)) return resolve(undefined)
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude, accuracy } }) =>
        resolve({
          latitude,
          longitude,
          source: 'phone',
          ...(accuracy > 0 && { accuracyMetres: Math.min(accuracy, 1_000_000) }),
        }),
      () => resolve(undefined),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: FRESH_MS },
    )
  })
