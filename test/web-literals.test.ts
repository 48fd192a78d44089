import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const source = join(import.meta.dirname, '..', 'apps', 'web', 'src')
const HAN = /[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]/

/** Lines of code with Chinese in them, comments and tests apart. */
const hanLines = (text: string): readonly string[] =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/.*$/, ''))
    .filter((line) => HAN.test(line))

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.tsx?$/.test(name) && !name.startsWith('i18n/') && !/\.test\.tsx?$/.test(name),
)

describe('the words of the web', () => {
  it('stand in resource files and never in code', () => {
    const found = files.flatMap((name) =>
      hanLines(readFileSync(join(source, name), 'utf8')).map((line) => `${name}: ${line.trim()}`),
    )
    expect(found).toEqual([])
  })

  it('would be found in code if they stood there', () => {
    expect(hanLines("const a = '案件' // 案件\n/* 案件 */\nconst b = 1")).toHaveLength(1)
  })
})
