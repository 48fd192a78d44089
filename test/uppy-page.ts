import Uppy from '@uppy/core'
import Tus from '@uppy/tus'

/** Runs in a page: the file is made there, sent by Uppy as anybody would set it up, and its own words are answered. */
export type UppyAsked = Readonly<{
  base64: string
  recordingId: string
  headers: Readonly<Record<string, string>>
  parallelUploads: number
}>

const send = async (asked: UppyAsked): Promise<string> => {
  const bytes = Uint8Array.from(atob(asked.base64), (c) => c.charCodeAt(0))
  const uppy = new Uppy()
  uppy.use(Tus, {
    endpoint: '/api/uploads',
    headers: asked.headers,
    chunkSize: 100_000,
    parallelUploads: asked.parallelUploads,
    allowedMetaFields: ['recordingId'],
  })
  uppy.addFile({
    name: 'scene.mp4',
    type: 'video/mp4',
    data: new File([bytes], 'scene.mp4'),
    meta: { recordingId: asked.recordingId },
  })
  const result = await uppy.upload()
  return result?.failed?.map((f) => String(f.error)).join() ?? ''
}

Object.assign(window, { sendByUppy: send })
