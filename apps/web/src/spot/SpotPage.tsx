import { useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import { registerLead } from '@liuhen/api/routes/cases'
import { listProcedures } from '@liuhen/api/routes/law'
import { useRoute } from '../api/use-route.ts'
import { PartyFields } from '../case/PartyFields.tsx'
import type { PartyKind } from '../case/PartyFields.tsx'
import { OfficerSelect } from '../people/OfficerSelect.tsx'
import { paths } from '../paths.ts'
import { useMe } from '../session/me.ts'
import { Nothing } from '../shell/Nothing.tsx'
import { PageHead } from '../shell/PageHead.tsx'
import { ProblemView } from '../shell/ProblemView.tsx'
import { Waiting } from '../shell/Waiting.tsx'
import { useNow } from '../time/use-now.ts'
import { onTheSpotOf } from './on-the-spot.ts'
import type { OnTheSpot } from './on-the-spot.ts'
import { useBeginning } from './use-beginning.ts'
import type { Beginning } from './use-beginning.ts'
import './spot.css'

type Fields = Readonly<{
  procedure: string
  cause: string
  facts: string
  place: string
  party: Beginning['party'] & Readonly<{ kind: PartyKind }>
  officerIds: string[]
}>

/** From what is seen on the street to the form of the decision in one page: who, what, where, and which officers. */
export function SpotPage() {
  const { t } = useTranslation('spot')
  const offered = useRoute(listProcedures, { query: { offered: 'true', kind: 'case' } })
  const procedures = onTheSpotOf(offered.data?.items ?? [])
  return (
    <div className="page spot">
      <PageHead title={t('title')} note={t('note')} />
      {offered.isPending && <Waiting rows={8} />}
      {offered.error && <ProblemView error={offered.error} onRetry={() => void offered.refetch()} />}
      {offered.data && procedures.length === 0 && <Nothing title={t('none')} hint={t('noneHint')} />}
      {procedures[0] && <SpotForm procedures={procedures} first={procedures[0]} />}
    </div>
  )
}

const needed = (message: string) => [{ required: true, message }]

function SpotForm({ procedures, first }: Readonly<{ procedures: readonly OnTheSpot[]; first: OnTheSpot }>) {
  const { t } = useTranslation('spot')
  const { personId } = useMe()
  const now = useNow()
  const navigate = useNavigate()
  const [form] = Form.useForm<Fields>()
  const kind = Form.useWatch(['party', 'kind'], form) ?? 'person'
  const asked = Form.useWatch('procedure', form)
  const chosen = procedures.find((p) => p.id === asked) ?? first
  const beginning = useBeginning((id) => {
    void navigate(paths.form(id, chosen.document, { step: chosen.step }))
  })
  const send = (f: Fields): void => {
    const { place, facts: summary, party, officerIds } = f
    const suffix = t('caseSuffix')
    const cause = f.cause.endsWith(suffix) ? f.cause.slice(0, -suffix.length) : f.cause
    const title = `${party.name}${cause}${suffix}`
    beginning.mutate({
      lead: { procedure: chosen.id, source: chosen.source, receivedAt: now, title, summary, place },
      party,
      officerIds,
      step: chosen.step,
      begun: { from: now, place, officerIds },
    })
  }
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      scrollToFirstError
      disabled={beginning.isPending}
      initialValues={{
        procedure: first.id,
        party: { kind: 'person' },
        officerIds: personId === undefined ? [] : [personId],
      }}
      onFinish={send}
    >
      <Act procedures={procedures} isRegistered={beginning.isRegistered} />
      <section className="panel" aria-labelledby="spot-party">
        <h2 id="spot-party">{t('party')}</h2>
        <PartyFields kind={kind} at={['party']} />
      </section>
      <section className="panel" aria-labelledby="spot-officers">
        <h2 id="spot-officers">{t('officers')}</h2>
        <Form.Item name="officerIds" extra={t('officersHint')} rules={needed(t('officersNeeded'))}>
          <OfficerSelect label={t('officers')} />
        </Form.Item>
      </section>
      {beginning.error && <ProblemView error={beginning.error} route={registerLead} compact />}
      <div className="spot-foot">
        <Button type="primary" size="large" block htmlType="submit" loading={beginning.isPending}>
          {t('begin')}
        </Button>
      </div>
    </Form>
  )
}

/** What was done, and where. */
function Act({
  procedures,
  isRegistered,
}: Readonly<{ procedures: readonly OnTheSpot[]; isRegistered: boolean }>) {
  const { t } = useTranslation('spot')
  return (
    <section className="panel" aria-labelledby="spot-act">
      <h2 id="spot-act">{t('act')}</h2>
      {isRegistered && <p className="role-note">{t('registered')}</p>}
      <Form.Item
        name="procedure"
        label={t('procedure')}
        hidden={procedures.length === 1}
        rules={needed(t('procedure'))}
      >
        <Radio.Group
          disabled={isRegistered}
          options={procedures.map((p) => ({ value: p.id, label: p.name }))}
        />
      </Form.Item>
      <Form.Item name="cause" label={t('cause')} extra={t('causeHint')} rules={needed(t('causeNeeded'))}>
        <Input maxLength={60} disabled={isRegistered} />
      </Form.Item>
      <Form.Item
        name="facts"
        label={t('facts')}
        extra={t('factsHint')}
        rules={[{ required: true, min: 4, message: t('factsNeeded') }]}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} disabled={isRegistered} />
      </Form.Item>
      <Form.Item name="place" label={t('place')} rules={needed(t('placeNeeded'))}>
        <Input maxLength={200} disabled={isRegistered} />
      </Form.Item>
    </section>
  )
}
