import { Button, Checkbox, Form, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  derivativeMedia,
  listDerivatives,
  releaseDerivative,
  reviewDerivative,
  withdrawDerivative,
} from '@liuhen/api/routes/derivatives'
import type { DerivativeView } from '@liuhen/api/routes/derivatives'
import { urlOf } from '../api/client.ts'
import { useCommand } from '../api/use-command.ts'
import { useRoute } from '../api/use-route.ts'
import { purposeFor } from '../player/purpose-for.ts'
import { useViewing } from '../player/use-viewing.ts'
import { ViewerMark } from '../player/ViewerMark.tsx'
import { useMe } from '../session/me.ts'
import { FormDialog } from '../shell/FormDialog.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'

export type CopyAct = 'watch' | 'release' | 'withdraw'
type Props = Readonly<{ copy: DerivativeView; onClose: () => void }>

export function CopyDialogs({ act, ...props }: Props & Readonly<{ act: CopyAct }>) {
  if (act === 'release') return <ReleaseDialog {...props} />
  if (act === 'withdraw') return <WithdrawDialog {...props} />
  return <WatchDialog {...props} />
}

function ReleaseDialog({ copy, onClose }: Props) {
  const { t } = useTranslation('copies')
  const release = useCommand(releaseDerivative, { done: t('releasedDone'), onDone: onClose })
  return (
    <FormDialog<{ recipient: string; reason: string; chunks?: boolean }>
      title={t('release')}
      ok={t('release')}
      note={t('releaseNote')}
      initial={{ recipient: copy.recipient ?? '', reason: '' }}
      route={releaseDerivative}
      sending={release}
      onSend={(body) => release.mutate({ params: { id: copy.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="recipient"
        label={t('recipient')}
        rules={[{ required: true, whitespace: true, message: t('recipientNeeded') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('reasonNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
      {copy.made?.samples !== undefined && (
        <Form.Item name="chunks" valuePropName="checked">
          <Checkbox>{t('chunks')}</Checkbox>
        </Form.Item>
      )}
    </FormDialog>
  )
}

function WithdrawDialog({ copy, onClose }: Props) {
  const { t } = useTranslation('copies')
  const withdraw = useCommand(withdrawDerivative, { done: t('withdrawn'), onDone: onClose })
  return (
    <FormDialog<{ reason: string }>
      title={t('withdraw')}
      ok={t('withdraw')}
      danger
      note={t('withdrawNote')}
      route={withdrawDerivative}
      sending={withdraw}
      onSend={(body) => withdraw.mutate({ params: { id: copy.id }, body })}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={t('reason')}
        rules={[{ required: true, min: 2, whitespace: true, message: t('reasonNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}

/** The copy itself; whoever may review it does so here, having seen all of it. */
function WatchDialog({ copy, onClose }: Props) {
  const { t } = useTranslation('copies')
  const reviews = copy.can.review === true
  return (
    <Modal
      open
      width="min(900px, 96vw)"
      title={t(reviews ? 'reviewTitle' : 'watchTitle')}
      footer={null}
      onCancel={onClose}
      destroyOnHidden
    >
      <p>
        <strong>{copy.number}</strong> <span className="faint">{t('notOriginal')}</span>
      </p>
      <CopyPlayer copy={copy} reviews={reviews} />
      {reviews && <Review copy={copy} onClose={onClose} />}
    </Modal>
  )
}

function CopyPlayer({ copy, reviews }: Readonly<{ copy: DerivativeView; reviews: boolean }>) {
  const { t } = useTranslation('copies')
  const purpose = purposeFor(useMe().roles)
  const viewing = useViewing(copy.recordingId, reviews ? 'review' : purpose, copy.id)
  return (
    <div className="stage">
      {/* What is said stands in the written records of the case. */}
      <video
        className="player"
        src={urlOf(derivativeMedia, { params: { id: copy.id } })}
        controls
        controlsList="nodownload"
        preload="metadata"
        playsInline
        aria-label={t('player')}
        onTimeUpdate={(e) => {
          if (!e.currentTarget.paused) viewing.playedTo(e.currentTarget.currentTime)
        }}
        onPlay={(e) => viewing.movedTo(e.currentTarget.currentTime)}
        onSeeking={(e) => viewing.movedTo(e.currentTarget.currentTime)}
        onPause={(e) => {
          viewing.playedTo(e.currentTarget.currentTime)
          viewing.report()
        }}
      />
      <ViewerMark />
    </div>
  )
}

const EVERY_MS = 3000

function Review({ copy, onClose }: Props) {
  const { t } = useTranslation('copies')
  const [words, setWords] = useState('')
  // What was seen is told on the way: ask again while the dialog is open.
  const list = useRoute(listDerivatives, { params: { id: copy.recordingId } }, { every: EVERY_MS })
  const watched = list.data?.items.find((d) => d.id === copy.id)?.watched ?? copy.watched
  const review = useCommand(reviewDerivative, { done: t('reviewedDone'), onDone: onClose })
  const { reset } = review
  useEffect(() => reset(), [words, reset])
  const say = (approved: boolean): void =>
    review.mutate({ params: { id: copy.id }, body: { approved, words: words.trim() } })
  const unsaid = words.trim().length < 2
  const unseen = watched !== undefined && watched.seconds < watched.needed
  return (
    <div className="copy-review">
      {watched && (
        <p role="status">{t('seen', { n: Math.floor(watched.seconds), of: Math.ceil(watched.needed) })}</p>
      )}
      <Input.TextArea
        value={words}
        maxLength={500}
        autoSize={{ minRows: 2 }}
        aria-label={t('words')}
        placeholder={t('words')}
        onChange={(e) => setWords(e.target.value)}
      />
      {review.error && <ProblemView error={review.error} route={reviewDerivative} compact />}
      <div className="button-row">
        <Button
          type="primary"
          disabled={unsaid || unseen}
          loading={review.isPending}
          onClick={() => say(true)}
        >
          {t('approve')}
        </Button>
        <Button danger disabled={unsaid} loading={review.isPending} onClick={() => say(false)}>
          {t('sendBack')}
        </Button>
        {unsaid && <span className="faint">{t('wordsNeeded')}</span>}
      </div>
    </div>
  )
}
