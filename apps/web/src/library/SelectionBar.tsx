import { useNavigate } from '@tanstack/react-router'
import { Alert, Button, Tooltip } from 'antd'
import { useTranslation } from 'react-i18next'
import type { LibraryRow } from '@liuhen/api/routes/library'
import { confirmPlaybacks } from '@liuhen/api/routes/playback'
import { useCommand } from '../api/use-command.ts'
import { useRoleGate } from '../session/use-role-gate.ts'
import { ProblemView } from '../shell/ProblemView.tsx'

/** What the queue takes in its address, and what one confirmation takes. */
const MOST = { classify: 50, confirm: 200 } as const

const isLoose = (row: LibraryRow): boolean =>
  row.status !== 'registered' && (row.caseId === undefined || !row.labelled)

type Props = Readonly<{ picked: readonly LibraryRow[]; onDone: () => void }>

/** What can be done with several at once: file them with what the queue suggests, say that they play. */
export function SelectionBar({ picked, onDone }: Props) {
  const { t } = useTranslation('library')
  const navigate = useNavigate({ from: '/recordings' })
  const gate = useRoleGate(confirmPlaybacks)
  const confirm = useCommand(confirmPlaybacks, { onDone })
  const loose = picked.filter(isLoose)
  const here = picked.filter((row) => row.status !== 'registered' && !row.destroyed)
  if (picked.length === 0 && !confirm.data && !confirm.error) return null
  const refused = confirm.data?.refused ?? []
  const whyNotFile =
    loose.length === 0
      ? t('select.noneLoose')
      : loose.length > MOST.classify
        ? t('select.tooMany', { n: MOST.classify })
        : undefined
  const whyNotSay =
    gate ??
    (here.length === 0
      ? t('select.noneHere')
      : here.length > MOST.confirm
        ? t('select.tooMany', { n: MOST.confirm })
        : undefined)
  return (
    <div className="change-bar library-bar" role="status">
      <span>{t('select.n', { n: picked.length })}</span>
      {confirm.data && (
        <Alert
          type={refused.length > 0 ? 'warning' : 'success'}
          showIcon
          title={t('select.said', { n: confirm.data.confirmed.length, refused: refused.length })}
          description={refusedWhy(refused)}
        />
      )}
      {confirm.error && <ProblemView error={confirm.error} route={confirmPlaybacks} compact />}
      {picked.length > 0 && (
        <>
          <Button type="text" onClick={onDone}>
            {t('select.none')}
          </Button>
          <Tooltip title={whyNotSay}>
            <Button
              disabled={whyNotSay !== undefined}
              loading={confirm.isPending}
              onClick={() => confirm.mutate({ body: { ids: here.map((row) => row.id) } })}
            >
              {t('select.say', { n: here.length })}
            </Button>
          </Tooltip>
          <Tooltip title={whyNotFile}>
            <Button
              type="primary"
              disabled={whyNotFile !== undefined}
              onClick={() =>
                void navigate({
                  search: { state: 'unlinked', ids: loose.map((row) => row.id).join(',') },
                })
              }
            >
              {t('select.file', { n: loose.length })}
            </Button>
          </Tooltip>
        </>
      )}
    </div>
  )
}

type Refused = Readonly<{ why: true | readonly Readonly<{ message: string }>[] }>
/** Each reason once: several are mostly refused for the same. */
const refusedWhy = (refused: readonly Refused[]): string | undefined => {
  const messages = refused.flatMap(({ why }) => (why === true ? [] : why.map((reason) => reason.message)))
  return messages.length === 0 ? undefined : [...new Set(messages)].join(' ')
}
