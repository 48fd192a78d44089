import type { z } from 'zod'
import type { registerPerson } from '@liuhen/api/routes/people'
import { DEMO_PASSWORD } from './people.ts'

type PersonInput = z.input<typeof registerPerson.body>

/** The posts that one ordinary case needs from lead to archive. An account is the post and the agency's number: `zhifa2`. */
const POSTS = {
  clerk: { login: 'jiedai', roles: ['intake-clerk'], position: '接待员' },
  officer: { login: 'zhifa', roles: ['officer'], position: '执法人员' },
  partner: { login: 'xieban', roles: ['officer'], position: '执法人员（协办）' },
  unitHead: { login: 'fuzeren', roles: ['unit-head'], position: '承办机构负责人' },
  head: { login: 'lingdao', roles: ['agency-head'], position: '机关主要负责人' },
  reviewer: { login: 'fazhi', roles: ['legal-reviewer'], position: '法制审核员', legalQualified: true },
  lawOfficer: { login: 'chushen', roles: ['legal-reviewer'], position: '办案单位法制员' },
  archivist: { login: 'dangan', roles: ['archivist', 'av-custodian'], position: '档案和音像管理员' },
  publisher: { login: 'gongshi', roles: ['publisher'], position: '公示发布员' },
  supervisor: { login: 'jiandu', roles: ['supervisor'], position: '执法监督员' },
} as const satisfies Readonly<Record<string, Partial<PersonInput>>>

export type Post = keyof typeof POSTS
export const POST_IDS = Object.keys(POSTS) as Post[]

/** Invented names, in the order of the posts, by the agency's place in `DEMO_AGENCIES`. */
const NAMES: readonly (readonly string[])[] = [
  ['贺小满', '秦朗', '苗秀芝', '武长河', '申立新', '葛文斌', '段知秋', '路静', '牛晓梅', '曹正'],
  ['霍敏', '齐立国', '耿丽娜', '田志刚', '宋卫民', '范书琴', '方晓', '尹红', '魏倩', '卫和'],
  ['佟佳', '关启明', '白雪松', '金永泉', '唐伯年', '章若云', '冷静', '顾芳', '洪莉', '严明'],
  ['鲁萍', '邢大伟', '段春燕', '侯建军', '薛志远', '雷鸣', '汤敬', '邵华', '毛琳', '江一帆'],
  ['常玉', '祁连生', '安思雨', '康永安', '石万山', '乔正', '沙平', '龙梅', '柳叶', '马行远'],
  ['花小蕾', '岳鹏', '牟海燕', '庞勇', '向国梁', '卞明理', '曲直', '文静雅', '冉宣', '史大为'],
  ['米晓兰', '项云飞', '成思远', '单国强', '樊东升', '郝正一', '汪洋', '温玉', '明秀', '闻达'],
  ['谷雨晴', '涂旺', '田青', '单长青', '原立业', '林正清', '杜若', '江雪', '方圆圆', '褚怀民'],
]

const CERTIFIED: readonly Post[] = ['officer', 'partner']

/** The people of the agency with this number; the first is the street office, whose people have names for logins. */
export const crewOf = (agency: number): Readonly<Record<Post, PersonInput>> => {
  const person = (post: Post, i: number): PersonInput => {
    const { login, ...more } = POSTS[post]
    const certificate = { certNo: `90${agency}0000000${i}`, certValidTo: '2027-12-31' }
    return {
      name: NAMES[agency - 2]?.[i] ?? `${more.position}${agency}`,
      login: `${login}${agency}`,
      password: DEMO_PASSWORD,
      unit: '执法科',
      ...more,
      roles: [...more.roles],
      ...(CERTIFIED.includes(post) ? certificate : {}),
    }
  }
  return Object.fromEntries(POST_IDS.map((post, i) => [post, person(post, i)])) as Record<Post, PersonInput>
}

/** One line for whoever starts the demonstration: `zhifa2…9 执法人员`. */
export const crewLogins = (last: number): readonly string[] =>
  POST_IDS.map((post) => `${`${POSTS[post].login}2…${last}`.padEnd(13)} ${POSTS[post].position}`)
