import type { ThemeConfig } from 'antd'

/** Ink, paper and three signals. Every pair of text and ground below passes WCAG AA (4.5 : 1). */
export const palette = {
  ink: '#14343d',
  inkSoft: '#1f4a55',
  primary: '#1b6070',
  primarySoft: '#e3eef0',
  paper: '#f5f3ee',
  surface: '#ffffff',
  surfaceSoft: '#faf8f4',
  line: '#e2ddd2',
  lineStrong: '#cbc4b5',
  text: '#1f2629',
  textSoft: '#4b5457',
  textFaint: '#636b6d',
  done: '#2b6b4a',
  doneSoft: '#e6f1ea',
  soon: '#8a5300',
  soonSoft: '#fcf1dc',
  late: '#a8261a',
  lateSoft: '#fcebe8',
} as const

const FONT =
  "'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', system-ui, sans-serif"

export const theme: ThemeConfig = {
  cssVar: { key: 'liuhen' },
  hashed: false,
  token: {
    colorPrimary: palette.primary,
    colorInfo: palette.primary,
    colorSuccess: palette.done,
    colorWarning: palette.soon,
    colorError: palette.late,
    colorLink: palette.primary,
    colorText: palette.text,
    colorTextSecondary: palette.textSoft,
    colorTextTertiary: palette.textFaint,
    colorTextDescription: palette.textFaint,
    colorTextPlaceholder: palette.textFaint,
    colorTextDisabled: '#6f7678',
    colorBgLayout: palette.paper,
    colorBorder: palette.lineStrong,
    colorBorderSecondary: palette.line,
    colorBgContainerDisabled: '#f1efea',
    fontFamily: FONT,
    fontSize: 14,
    borderRadius: 6,
    controlHeight: 34,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.18s',
  },
  components: {
    Table: {
      headerBg: palette.surfaceSoft,
      headerColor: palette.textSoft,
      cellPaddingBlock: 9,
      rowHoverBg: '#f7f9f8',
    },
    Tabs: { horizontalItemPadding: '10px 2px', horizontalItemGutter: 26, titleFontSize: 14 },
    Card: { paddingLG: 16, headerHeight: 46 },
    Button: { fontWeight: 500, defaultShadow: 'none', primaryShadow: 'none', dangerShadow: 'none' },
    Tag: { defaultBg: palette.surfaceSoft },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px' },
  },
}
