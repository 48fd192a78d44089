import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Ref } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { playbackProxy } from '@liuhen/api/routes/playback'
import { getRecording, recordingCaptions, recordingMedia } from '@liuhen/api/routes/recordings'
import type { Purpose } from '@liuhen/domain/recording/viewing'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { CopyBar } from '../copies/CopyBar.tsx'
import { useMe } from '../session/me.ts'
import { useKeys } from '../shell/use-keys.ts'
import { chinaInstant, chinaSecond } from '../time/china.ts'
import { Controls } from './Controls.tsx'
import { Lane } from './Lane.tsx'
import { moveTo, showCaptions } from './move.ts'
import { purposeFor } from './purpose-for.ts'
import { useMarks } from './use-marks.ts'
import { useAids } from './use-aids.ts'
import { useTransport } from './use-transport.ts'
import { useViewing } from './use-viewing.ts'
import { ViewerMark } from './ViewerMark.tsx'
import './player.css'

/** For what stands beside the player: where it is to the moment, and going elsewhere. */
export type PlayerControl = Readonly<{ at: () => number; seek: (seconds: number) => void }>

type Shown = Readonly<{ id: string; medium: string; mime: string; from: string; playable: string }>
type Props = Readonly<{
  recording: Shown
  at: number | undefined
  onAt: (seconds: number) => void
  /** Told while it plays, for what runs along. */
  onNow?: ((seconds: number) => void) | undefined
  control?: Ref<PlayerControl>
  /** What the texts call the points that may be marked. */
  pointNames?: ReadonlyMap<string, string>
  purpose?: Purpose
}>

/** One recording: from the server by ranges, frame by frame, with who looks over the picture, and every second logged. */
export function Player(props: Props) {
  const { roles } = useMe()
  const [purpose, setPurpose] = useState<Purpose>(props.purpose ?? purposeFor(roles))
  const { recording } = props
  return recording.medium === 'photo' ? (
    <Photo key={recording.id} id={recording.id} purpose={purpose} />
  ) : (
    <Film key={recording.id} {...props} purpose={purpose} onPurpose={setPurpose} />
  )
}

function Photo({ id, purpose }: Readonly<{ id: string; purpose: Purpose }>) {
  const { t } = useTranslation('player')
  useViewing(id, purpose)
  return (
    <figure className="player-box">
      <div className="stage">
        <img className="player" src={urlOf(recordingMedia, { params: { id } })} alt={t('photo')} />
        <ViewerMark />
      </div>
    </figure>
  )
}

type FilmProps = Props & Readonly<{ purpose: Purpose; onPurpose: (purpose: Purpose) => void }>

function Film({ recording, at, onAt, onNow, control, pointNames, purpose, onPurpose }: FilmProps) {
  const { t } = useTranslation('player')
  const { id } = recording
  const media = useRef<HTMLVideoElement>(null)
  const stage = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const view = useRoute(getRecording, { params: { id } })
  const { aids, spriteUrl, askProxy } = useAids(id, true)
  const [proxied, setProxied] = useState(false)
  const viewing = useViewing(id, purpose)
  const picture = recording.medium !== 'audio'
  const fps = view.data?.check?.video?.fps
  const rest = useFollow(media, at, onAt)
  const p = useTransport({
    media,
    viewing,
    frames: aids.frames,
    fps,
    checked: view.data?.check?.durationSeconds,
    onRest: rest,
  })
  const marks = useMarks(view.data, pointNames)
  const captions = useCaptions(media, view.data, proxied && aids.proxy === 'ready')
  useImperativeHandle(control, () => ({ at: () => media.current?.currentTime ?? 0, seek: p.seek }))
  useEffect(() => onNow?.(p.now), [p.now, onNow])
  useKeys({
    ' ': p.toggle,
    ',': () => p.step(-1),
    '.': () => p.step(1),
    a: () => p.setEnd('a'),
    b: () => p.setEnd('b'),
    '\\': p.clearLoop,
    j: () => p.seek(p.now - 5),
    l: () => p.seek(p.now + 5),
    '-': () => p.faster(-1),
    '=': () => p.faster(1),
    c: captions.toggle,
    // The same while somebody types what is heard.
    'ctrl+Enter': p.toggle,
    'ctrl+,': () => p.seek((media.current?.currentTime ?? 0) - 3),
    'ctrl+.': () => p.seek((media.current?.currentTime ?? 0) + 3),
  })
  const usesProxy = proxied && aids.proxy === 'ready'
  const src = urlOf(usesProxy ? playbackProxy : recordingMedia, { params: { id } })
  const events = {
    ...p.events,
    onLoadedMetadata: () => {
      p.events.onLoadedMetadata()
      // A browser that knows the sound but not the picture says no error.
      setFailed(picture && !usesProxy && media.current?.videoWidth === 0)
    },
    onError: () => setFailed(true),
  }
  const wantProxy = (): void => {
    askProxy()
    setProxied(true)
    setFailed(false)
  }
  return (
    <figure className="player-box" aria-label={t('player')}>
      <div className="stage" ref={stage} data-medium={recording.medium}>
        <video
          key={String(usesProxy)}
          ref={media}
          className="player"
          src={src}
          preload="metadata"
          playsInline
          aria-label={t('picture')}
          onClick={p.toggle}
          {...events}
        >
          {captions.src !== undefined && (
            <track
              key={captions.src}
              kind="captions"
              srcLang="zh"
              label={t('captions')}
              src={captions.src}
              default
            />
          )}
        </video>
        <ViewerMark />
        {usesProxy && <span className="proxy-mark">{t('proxy.mark')}</span>}
      </div>
      <Lane
        length={p.length}
        now={p.now}
        loop={p.loop}
        aids={aids}
        spriteUrl={spriteUrl}
        marks={marks}
        onSeek={p.seek}
      />
      <Controls
        transport={p}
        picture={picture}
        purpose={purpose}
        onPurpose={onPurpose}
        captions={captions.src === undefined ? undefined : captions.shown}
        onCaptions={captions.toggle}
        onFullscreen={() => void stage.current?.requestFullscreen?.()}
      />
      <CopyBar
        id={id}
        src={src}
        picture={picture}
        now={p.now}
        length={p.length}
        loop={p.loop}
        onOpen={() => media.current?.pause()}
      />
      <figcaption>
        <span className="faint">
          {t('wallClock', { at: chinaSecond(chinaInstant(Date.parse(recording.from) + p.now * 1000)) })}
        </span>
        {aids.state === 'making' && <span className="faint">{t('making')}</span>}
        <span className="faint player-keys">{t(picture ? 'keys' : 'keysSound')}</span>
      </figcaption>
      {(failed || (proxied && !usesProxy)) && (
        <CannotPlay
          broken={recording.playable === 'broken'}
          proxy={aids.proxy}
          asked={proxied}
          onAsk={wantProxy}
        />
      )}
    </figure>
  )
}

/** The address says where to stand: follow it, unless it says what the player itself said last. */
function useFollow(
  media: Readonly<{ current: HTMLVideoElement | null }>,
  at: number | undefined,
  onAt: (seconds: number) => void,
): (seconds: number) => void {
  const said = useRef<number | undefined>(undefined)
  useEffect(() => {
    const element = media.current
    if (!element || at === undefined || at === said.current) return
    said.current = at
    moveTo(element, at)
  }, [at, media])
  return (seconds) => {
    said.current = seconds
    onAt(seconds)
  }
}

type View = Readonly<{ captions: boolean; version: number }>

/** Captions beside the film, with a switch; another version is another address. */
function useCaptions(
  media: Readonly<{ current: HTMLVideoElement | null }>,
  view: (View & Readonly<{ id: string }>) | undefined,
  proxied: boolean,
) {
  const [shown, setShown] = useState(true)
  const src = view?.captions
    ? urlOf(recordingCaptions, { params: { id: view.id }, query: { version: String(view.version) } })
    : undefined
  useEffect(() => {
    if (media.current) showCaptions(media.current, shown)
  }, [media, shown, src, proxied])
  return { src, shown, toggle: () => setShown(!shown) }
}

type CannotProps = Readonly<{
  broken: boolean
  proxy: 'none' | 'making' | 'ready' | 'impossible'
  asked: boolean
  onAsk: () => void
}>

/** The original stays as it is; what this browser can play is made beside it, and called what it is. */
function CannotPlay({ broken, proxy, asked, onAsk }: CannotProps) {
  const { t } = useTranslation('player')
  if (broken && !asked) return <p className="field-problem">{t('brokenNext')}</p>
  if (proxy === 'impossible') return <p className="field-problem">{t('proxy.impossible')}</p>
  if (asked && proxy !== 'ready') return <p role="status">{t('proxy.making')}</p>
  return (
    <div className="player-cannot">
      <p className="field-problem">{t('cannotPlay')}</p>
      <Button onClick={onAsk}>{t('proxy.make')}</Button>
    </div>
  )
}
