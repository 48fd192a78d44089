import { describe, expect, it } from 'vitest'
import { captionedOf, hasCaptions, subRip, webVtt } from './captions.ts'
import type { KeptRecording } from './state.ts'

const lines = [
  { from: 1, speaker: '周敏', text: '请出示营业执照。' },
  { from: 4.5, to: 6.25, text: '在这里。' },
  { from: 3725.004, text: '结束' },
]

describe('captions beside a film', () => {
  it('last from one line to the next, or as long as somebody said', () => {
    expect(webVtt({ lines, durationSeconds: 3730 })).toBe(`WEBVTT

1
00:00:01.000 --> 00:00:04.500
周敏：请出示营业执照。

2
00:00:04.500 --> 00:00:06.250
在这里。

3
01:02:05.004 --> 01:02:10.000
结束
`)
  })
  it('sjz-17-3: begin with the place and the content, at the top of the picture', () => {
    const vtt = webVtt({ lines: [], details: { place: '一号车间', content: '检查防护装置', name: '检查' } })
    expect(vtt).toContain('00:00:00.000 --> 00:00:05.000 line:0\n场所：一号车间\n内容：检查防护装置\n')
    expect(vtt).not.toContain('检查\n检查')
  })
  it('take nothing that is said for a sign of their own', () => {
    const film = { lines: [{ from: 0, text: 'a --> <b>&\n\nc\r\nNOTE' }], durationSeconds: 9 }
    expect(webVtt(film)).toContain('\na --&gt; &lt;b&gt;&amp;\nc\nNOTE\n')
    expect(subRip(film)).toContain('1\n00:00:00,000 --> 00:00:05,000\na —＞ ＜b>&\nc\nNOTE\n')
  })
  it('hide and move nothing by what some players read as orders, and have no empty ones', () => {
    const film = {
      lines: [
        { from: 0, text: '{\\an8}甲{b}' },
        { from: 2, text: ' \u3000\n ' },
        { from: 4, text: '乙' },
      ],
    }
    expect(subRip(film)).toBe(
      '1\n00:00:00,000 --> 00:00:02,000\n｛\\an8｝甲｛b｝\n\n2\n00:00:04,000 --> 00:00:09,000\n乙\n',
    )
    expect(hasCaptions({ lines: [{ from: 0, text: '  ' }], details: { place: ' \u3000' } })).toBe(false)
  })
  it('are none of a photo, whatever is told of it', () => {
    const kept = (medium: string) =>
      ({ manifest: { medium }, labels: { details: { place: '一号车间' } } }) as unknown as KeptRecording
    expect(hasCaptions(captionedOf(kept('photo')))).toBe(false)
    expect(hasCaptions(captionedOf(kept('video')))).toBe(true)
  })
  it('are none where nothing was written down', () => {
    expect(hasCaptions({ lines: [], details: { name: '检查' } })).toBe(false)
    expect(hasCaptions({ lines: [{ from: 0, text: '有' }] })).toBe(true)
  })
})
