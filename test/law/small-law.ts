import type { LawFile } from '@liuhen/law/load/parse-yaml'

/** A small, complete law for tests of the loader: one pack, one provision, one procedure. Tests break one thing in it. */
export const smallLaw = (): LawFile[] => [
  { path: 'law/scenes.yaml', text: 'scenes:\n  - { code: visit, name: 到场 }\n' },
  { path: 'law/settings.yaml', text: 'settings: []\n' },
  {
    path: 'law/calendars/2026.yaml',
    text: 'year: 2026\nsource: 通知\noff:\n  - { name: 元旦, from: 2026-01-01, to: 2026-01-03 }\nwork: [2026-01-04]\n',
  },
  {
    path: 'law/national/x.yaml',
    text: [
      'title: 法',
      'source: 全文',
      'provisions:',
      '  - id: nat-1',
      '    cite: 《法》第一条',
      '    duty: 应当到场',
      '    effectiveFrom: 2020-01-01',
      '    confirmed: true',
      '',
    ].join('\n'),
  },
  {
    path: 'law/packs/town/clauses.yaml',
    text: [
      'pack: town',
      'prefix: tw',
      'clauses:',
      '  - id: tw-1',
      '    ref: 第一条',
      '    kind: document',
      '    modality: must',
      '    duty: 应当到场并录像',
      '    actor: null',
      '    trigger: null',
      '    condition: null',
      '    output: null',
      '    deadline: null',
      '    retention: null',
      '    approvals: []',
      '    capability: x',
      '    testable: yes',
      '',
    ].join('\n'),
  },
  {
    path: 'law/packs/town/pack.yaml',
    text: [
      'id: town',
      'title: 镇制度',
      'issuer: 镇',
      'jurisdiction: 镇',
      'layer: base',
      'effectiveFrom: 2020-01-01',
      'source: 公布文本',
      'acts: [检查]',
      'params:',
      '  recording:',
      '    scenes:',
      '      - { scene: visit, strength: must, clause: tw-1 }',
      '',
    ].join('\n'),
  },
  {
    path: 'law/procedures/visit.yaml',
    text: [
      'id: visit',
      'name: 到访',
      'act: 检查',
      'effectiveFrom: 2020-01-01',
      'stages:',
      '  - { id: only, name: 全部 }',
      'steps:',
      '  - id: go',
      '    name: 到场',
      '    stage: only',
      '    by: [officer]',
      '    clauses: [nat-1, tw-1]',
      '    scenes:',
      '      - { scene: visit }',
      '    before:',
      '      - code: two',
      '        clauses: [nat-1]',
      '        effect: refuse',
      '        needs: { officers: 2 }',
      '        message: 只有{count}人',
      '        todo: 再来一人',
      '',
    ].join('\n'),
  },
]

/** The same law with one text replaced in one file. A replacement that changes nothing is a mistake of the test. */
export function withChange(path: string, from: string, to: string): LawFile[] {
  return smallLaw().map((file) => {
    if (file.path !== path) return file
    if (!file.text.includes(from)) throw new Error(`“${from}” is not in ${path}`)
    return { path, text: file.text.replace(from, to) }
  })
}
