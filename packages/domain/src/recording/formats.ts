/** What a file's extension says of its content. The server's check looks into the bytes; this only names them. */
export type MediaFormat = Readonly<{ mime: string; medium: 'video' | 'audio' | 'photo' }>

export const MEDIA_FORMATS: Readonly<Record<string, MediaFormat>> = {
  mp4: { mime: 'video/mp4', medium: 'video' },
  mov: { mime: 'video/quicktime', medium: 'video' },
  webm: { mime: 'video/webm', medium: 'video' },
  avi: { mime: 'video/x-msvideo', medium: 'video' },
  m4a: { mime: 'audio/mp4', medium: 'audio' },
  wav: { mime: 'audio/wav', medium: 'audio' },
  mp3: { mime: 'audio/mpeg', medium: 'audio' },
  jpg: { mime: 'image/jpeg', medium: 'photo' },
  jpeg: { mime: 'image/jpeg', medium: 'photo' },
  png: { mime: 'image/png', medium: 'photo' },
}

/** In lower case, without the dot; empty where there is none. */
export const extensionOf = (path: string): string => /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''

/** The type of a file that somebody says is of this kind; undefined when its name says that it is of another. */
export const mimeOf = (path: string, medium: string): string | undefined => {
  const format = MEDIA_FORMATS[extensionOf(path)]
  if (format === undefined) return 'application/octet-stream'
  return format.medium === (medium === 'surveillance' ? 'video' : medium) ? format.mime : undefined
}
