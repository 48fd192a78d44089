import type { ChainMedium } from '@liuhen/ledger/chain/record'

const WANTED: Readonly<Record<'video' | 'audio', readonly string[]>> = {
  video: ['video/webm;codecs=vp9,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'],
  audio: ['audio/webm;codecs=opus', 'audio/webm', 'audio/mp4'],
}

/** The first form that this phone can make; undefined on a phone that cannot record. */
export const formFor = (medium: 'video' | 'audio'): string | undefined =>
  globalThis.MediaRecorder === undefined
    ? undefined
    : WANTED[medium].find((type) => MediaRecorder.isTypeSupported(type))

export const plainType = (form: string): string => form.split(';')[0] ?? form

/** Whether this page may use a camera at all: served over TLS or from the phone itself, in a browser that can write. */
export const canRecord = (): boolean =>
  window.isSecureContext &&
  'mediaDevices' in navigator &&
  'storage' in navigator &&
  'getDirectory' in navigator.storage &&
  formFor('video') !== undefined

const PICTURE = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } }

export const openCamera = (medium: ChainMedium): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({
    audio: medium !== 'photo',
    video: medium === 'audio' ? false : PICTURE,
  })

export const closeCamera = (stream: MediaStream | undefined): void => {
  for (const track of stream?.getTracks() ?? []) track.stop()
}

const JPEG_QUALITY = 0.92

/** What the camera sees now, at its own size. */
export const takePicture = async (stream: MediaStream): Promise<Blob> => {
  const video = document.createElement('video')
  video.muted = true
  video.srcObject = stream
  await video.play()
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  video.srcObject = null
  return await new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the camera gave no picture'))),
      'image/jpeg',
      JPEG_QUALITY,
    ),
  )
}
