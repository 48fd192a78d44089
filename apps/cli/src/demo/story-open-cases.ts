import { assignHandlers, flagCase, nameParty, registerLead } from '@liuhen/api/routes/cases'
import { FORMS } from './forms.ts'
import { type Play, approve, as, at, begin, complete, idsOf, serve, sign, submit } from './play.ts'
import { untilRendered } from './take-package.ts'

type Crew = Omit<Play, 'caseId'>

const OFFICERS = ['officer', 'partner'] as const
const officers = [
  { role: 'officer', person: 'officer' },
  { role: 'officer', person: 'partner' },
]

type Lead = Readonly<{ title: string; summary: string; violation: string; place: string; receivedAt: string }>

const register = async (
  crew: Crew,
  source: 'report' | 'transfer' | 'inspection',
  lead: Lead,
): Promise<Play> => {
  const clerk = as({ ...crew, caseId: '' }, 'clerk')
  const done = await clerk.call(registerLead, { body: { procedure: 'penalty-ordinary', source, ...lead } })
  if (done.id === undefined) throw new Error('the lead was registered without an id')
  return { ...crew, caseId: done.id }
}

const accept = async (p: Play): Promise<void> => {
  const { caseId: id } = p
  await complete(p, 'clerk', 'lead')
  await complete(p, 'clerk', 'acceptance')
  await as(p, 'unitHead').call(assignHandlers, { params: { id }, body: { personIds: idsOf(p, OFFICERS) } })
}

const NOISE_SUSPECTED = [{ title: '《中华人民共和国噪声污染防治法》', article: '第六十五条' }]
const WASTE_SUSPECTED = [{ title: '《城市建筑垃圾管理规定》', article: '第十五条' }]

/** Waits for the head of the unit: something to approve. */
const noise = async (crew: Crew): Promise<void> => {
  const p = await register(crew, 'inspection', {
    title: '某音像店室外音响噪声扰民案',
    summary: '巡查发现临街店铺使用室外音响招揽顾客，附近居民多次反映。',
    violation: '使用高音喇叭招揽顾客',
    place: '示范路66号',
    receivedAt: '2026-05-12T09:10:00+08:00',
  })
  await accept(p)
  const party = {
    kind: 'sole-trader' as const,
    name: '走马岭街道乐声音像店',
    representative: '赵燚',
    address: '示范路66号',
    phone: '13900000066',
  }
  await as(p, 'officer').call(nameParty, { params: { id: p.caseId }, body: party })
  const data = {
    ...FORMS['filing-approval'],
    suspected: NOISE_SUSPECTED,
    facts: '临街店铺使用室外音响招揽顾客，经提醒仍未停止。',
  }
  await submit(p, 'officer', { type: 'filing-approval', step: 'filing', data })
}

/** Evidence was preserved: seven workdays to dispose of it are running. */
const waste = async (crew: Crew): Promise<void> => {
  const p = await register(crew, 'inspection', {
    title: '某建筑劳务公司擅自倾倒建筑垃圾案',
    summary: '夜查发现一辆货车在空地倾倒建筑垃圾约3立方米。',
    violation: '擅自倾倒建筑垃圾',
    place: '示范二路北侧空地',
    receivedAt: '2026-05-12T09:20:00+08:00',
  })
  await accept(p)
  const { caseId: id } = p
  const party = {
    kind: 'sole-trader' as const,
    name: '走马岭街道宏达劳务服务部',
    representative: '孙玥',
    address: '示范二路9号',
    phone: '13900000009',
  }
  await as(p, 'officer').call(nameParty, { params: { id }, body: party })
  const facts = '货车在空地倾倒建筑垃圾约3立方米，被当场查获。'
  const filing = await submit(p, 'officer', {
    type: 'filing-approval',
    step: 'filing',
    data: { ...FORMS['filing-approval'], suspected: WASTE_SUSPECTED, facts },
  })
  await approve(p, 'unitHead', filing)
  await approve(p, 'head', filing)
  await complete(p, 'officer', 'filing')
  await at(p, '2026-05-12 10:00')
  const step = 'preservation'
  await begin(p, 'officer', step, { officerIds: idsOf(p, OFFICERS), place: '示范二路北侧空地' })
  const items = [
    { name: '铁锹', count: 4, unit: '把' },
    { name: '防尘布', spec: '6米×8米', count: 1, unit: '块' },
  ]
  const approval = await submit(p, 'officer', {
    type: 'preservation-approval',
    step,
    data: { ...FORMS['preservation-approval'], items, reason: '倾倒工具可能被转移。' },
  })
  await sign(p, 'officer', approval, officers)
  await approve(p, 'head', approval)
  const notice = await submit(p, 'officer', {
    type: 'preservation-notice',
    step,
  })
  await sign(p, 'officer', notice, [{ role: 'party', name: party.representative }, ...officers])
  await serve(p, 'officer', notice, {
    mode: 'direct',
    servedAt: '2026-05-12T10:00:00+08:00',
    recipient: party.representative,
    officerIds: idsOf(p, OFFICERS),
  })
  await complete(p, 'officer', step)
  const body = { flag: 'dispute-prone', on: true, reason: '当事人情绪激动，可能引发投诉' }
  await as(p, 'officer').call(flagCase, { params: { id }, body })
  await untilRendered(p)
}

/** Only registered: handed over by another body, waiting to be accepted. */
const transferred = (crew: Crew): Promise<Play> =>
  register(crew, 'transfer', {
    title: '区城管局移送的违规张贴小广告线索',
    summary: '区城市管理执法局移送：示范三路沿线电线杆大量张贴小广告，留有联系电话。',
    violation: '擅自张贴广告',
    place: '示范三路沿线',
    receivedAt: '2026-05-18T08:40:00+08:00',
  })

/** Three cases under way, so that desk, inbox and list have something to show. The clock stops on a Monday morning. */
export const openMoreCases = async (crew: Crew): Promise<void> => {
  const anyCase = { ...crew, caseId: '' }
  await at(anyCase, '2026-05-12 09:30')
  await noise(crew)
  await waste(crew)
  await at(anyCase, '2026-05-18 09:00')
  await transferred(crew)
}
