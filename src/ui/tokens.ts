/** The visual language in figures: what `theme.css` writes as variables and what Ant Design's theme is derived from. */

/** Paper, ink, 青 for what can be done, 朱 for what needs attention or is sealed, 赭 for what waits, 松 for what is done. */
export const colour = {
  paper: '#fbfaf7',
  surface: '#ffffff',
  sunken: '#f4f2ec',
  ink: '#1c2126',
  ink2: '#495057',
  ink3: '#666c73',
  rule: '#e4e0d7',
  ruleStrong: '#c9c4b8',
  edge: '#8f8a80',
  qing: '#0f6a6c',
  qingDeep: '#0a5052',
  qingTint: '#e7f1f0',
  qingLine: '#a5ccc9',
  zhu: '#b93a20',
  zhuDeep: '#942c17',
  zhuTint: '#fbeeea',
  zhuLine: '#e6b3a6',
  zhe: '#7d5409',
  zheTint: '#faf3e1',
  zheLine: '#dfc78f',
  song: '#3d6236',
  songTint: '#eef3ea',
  songLine: '#b9cdb1',
} as const

/** Pixels: every distance on a screen is one of these. */
export const space = { s1: 4, s2: 8, s3: 12, s4: 16, s5: 24, s6: 32, s7: 48 } as const

export const radius = { control: 4, card: 6 } as const

/** Pixels of type. Chinese text is never set below 12, running text never below 14. */
export const type = { note: 12, dense: 13, text: 14, touch: 16, head3: 16, head2: 18, head1: 22, figure: 28 } as const

export const leading = { text: 1.6, head: 1.35 } as const

/** Phones have good Chinese faces of their own and pay for every byte; offices get the same face on every machine. */
export const font = {
  office:
    "'Noto Sans SC Variable', 'Noto Sans SC Rare', 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'SimSun-ExtB', system-ui, sans-serif",
  phone:
    "'PingFang SC', 'HarmonyOS Sans SC', 'MiSans', 'Noto Sans CJK SC', 'Noto Sans SC Variable', 'Noto Sans SC Rare', system-ui, sans-serif",
  mono: "ui-monospace, 'SFMono-Regular', Consolas, 'Noto Sans SC Variable', monospace",
} as const

/** Series colours in order of use: told apart by lightness too, so that colour-blind eyes and grey printers can. */
export const chartColours = ['#0f6a6c', '#e0b04c', '#6a8fc8', '#7d4b34', '#9fc9b4', '#2b2f33'] as const

/** Pixels of window width: below `phone` tables become cards, from `wide` on the navigation stands at the side. */
export const breakpoint = { phone: 768, wide: 992 } as const
