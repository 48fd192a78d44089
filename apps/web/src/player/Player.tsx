import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { Ref, RefObject, VideoHTMLAttributes } from 'react'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { playbackProxy } from '@liuhen/api/routes/playback'
import { getRecording, recordingCaptions, recordingMedia } from '@liuhen/api/routes/recordings'
import type { Purpose } from '@liuhen/domain/recording/viewing'
import { urlOf } from '../api/client.ts'
import { useRoute } from '../api/use-route.ts'
import { CopyBar } from '../copies/CopyBar.tsx'
import { useMe } from '../session/me.ts'
import { chinaInstant, chinaSecond } from '../time/china.ts'
import { Controls } from './Controls.tsx'
import { Lane } from './Lane.tsx'
import { moveTo, showCaptions } from './move.ts'
import { purposeFor } from './purpose-for.ts'
import { useFilmKeys } from './use-film-keys.ts'
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

function Film({ onPurpose, ...props }: FilmProps) {
  const { t } = useTranslation('player')
  const { recording, purpose } = props
  const stage = useRef<HTMLDivElement>(null)
  const film = useFilm(props)
  const { media, picture, transport: p, aids, spriteUrl, source, marks, captions, events } = film
  return (
    <figure className="player-box" aria-label={t('player')}>
      <Stage
        {...{ media, stage, source, captions }}
        medium={recording.medium}
        onToggle={p.toggle}
        events={events}
      />
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
        id={recording.id}
        src={source.src}
        picture={picture}
        now={p.now}
        length={p.length}
        loop={p.loop}
        onOpen={() => media.current?.pause()}
      />
      <Caption from={recording.from} now={p.now} making={aids.state === 'making'} picture={picture} />
      {source.cannot && (
        <CannotPlay
          broken={recording.playable === 'broken'}
          proxy={aids.proxy}
          asked={source.asked}
          destroyed={film.destroyed}
          onAsk={source.ask}
        />
      )}
    </figure>
  )
}

/** What a film does, without what it looks like. */
function useFilm({ recording, at, onAt, onNow, control, pointNames, purpose }: Omit<FilmProps, 'onPurpose'>) {
  const { id } = recording
  const media = useRef<HTMLVideoElement>(null)
  const view = useRoute(getRecording, { params: { id } })
  const { aids, spriteUrl, askProxy } = useAids(id, true)
  const source = useSource(id, aids.proxy, askProxy)
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
  const captions = useCaptions(media, view.data, source.usesProxy)
  useImperativeHandle(control, () => ({ at: () => media.current?.currentTime ?? 0, seek: p.seek }))
  useEffect(() => onNow?.(p.now), [p.now, onNow])
  useFilmKeys(media, p, captions.toggle)
  const events = {
    ...p.events,
    onLoadedMetadata: () => {
      p.events.onLoadedMetadata()
      // A browser that knows the sound but not the picture says no error.
      source.setFailed(picture && !source.usesProxy && media.current?.videoWidth === 0)
    },
    onError: () => source.setFailed(true),
  }
  const destroyed = view.data?.destroyed?.number
  return { media, picture, transport: p, aids, spriteUrl, source, marks, captions, events, destroyed }
}

type StageProps = Readonly<{
  media: RefObject<HTMLVideoElement | null>
  stage: RefObject<HTMLDivElement | null>
  medium: string
  source: ReturnType<typeof useSource>
  captions: ReturnType<typeof useCaptions>
  onToggle: () => void
  events: VideoHTMLAttributes<HTMLVideoElement>
}>

/** The picture with its captions, and who looks over it. */
function Stage({ media, stage, medium, source, captions, onToggle, events }: StageProps) {
  const { t } = useTranslation('player')
  return (
    <div className="stage" ref={stage} data-medium={medium}>
      <video
        key={String(source.usesProxy)}
        ref={media}
        className="player"
        src={source.src}
        preload="metadata"
        playsInline
        aria-label={t('picture')}
        onClick={onToggle}
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
      {source.usesProxy && <span className="proxy-mark">{t('proxy.mark')}</span>}
    </div>
  )
}

type CaptionProps = Readonly<{ from: string; now: number; making: boolean; picture: boolean }>

function Caption({ from, now, making, picture }: CaptionProps) {
  const { t } = useTranslation('player')
  return (
    <figcaption>
      <span className="faint">
        {t('wallClock', { at: chinaSecond(chinaInstant(Date.parse(from) + now * 1000)) })}
      </span>
      {making && <span className="faint">{t('making')}</span>}
      <span className="faint player-keys">{t(picture ? 'keys' : 'keysSound')}</span>
    </figcaption>
  )
}

/** The film itself, or its proxy once somebody asked for that, and whether the browser plays neither. */
function useSource(id: string, proxy: string, askProxy: () => void) {
  const [failed, setFailed] = useState(false)
  const [asked, setAsked] = useState(false)
  const usesProxy = asked && proxy === 'ready'
  return {
    usesProxy,
    asked,
    src: urlOf(usesProxy ? playbackProxy : recordingMedia, { params: { id } }),
    cannot: failed || (asked && !usesProxy),
    setFailed,
    ask: (): void => {
      askProxy()
      setAsked(true)
      setFailed(false)
    },
  }
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
  /** The batch by which its bytes went. */
  destroyed: string | undefined
  onAsk: () => void
}>

/** The original stays as it is; what this browser can play is made beside it, and called what it is. */
function CannotPlay({ broken, proxy, asked, destroyed, onAsk }: CannotProps) {
  const { t } = useTranslation('player')
  if (destroyed !== undefined) return <p className="field-problem">{t('destroyed', { number: destroyed })}</p>
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
