/** Ant Design's theme, derived from the tokens, so that office pages and light pages are one hand's work. */
import type { ThemeConfig } from 'antd'
import { colour, leading, radius, type } from '../tokens.ts'

/** `touch` gives controls a finger's size; `calm` stops motion. */
export function officeTheme({ touch, calm }: { touch: boolean; calm: boolean }): ThemeConfig {
  return {
    token: {
      colorPrimary: colour.qing,
      colorInfo: colour.qing,
      colorLink: colour.qing,
      colorLinkHover: colour.qingDeep,
      colorError: colour.zhu,
      colorWarning: colour.zhe,
      colorSuccess: colour.song,
      colorText: colour.ink,
      colorTextHeading: colour.ink,
      colorTextSecondary: colour.ink2,
      colorTextTertiary: colour.ink3,
      colorTextDescription: colour.ink3,
      colorTextPlaceholder: colour.ink3,
      colorTextDisabled: colour.ink3,
      colorBorder: colour.edge,
      colorBorderSecondary: colour.rule,
      colorSplit: colour.rule,
      colorBgLayout: colour.paper,
      colorBgContainer: colour.surface,
      colorFillAlter: colour.sunken,
      borderRadius: radius.control,
      borderRadiusSM: 3,
      borderRadiusLG: radius.card,
      fontFamily: 'var(--q-font)',
      fontFamilyCode: 'var(--q-mono)',
      fontSize: touch ? type.touch : type.text,
      lineHeight: leading.text,
      controlHeight: touch ? 44 : 34,
      controlHeightSM: touch ? 44 : 28,
      boxShadowSecondary: 'var(--q-lift)',
      motion: !calm,
    },
    components: {
      Table: {
        headerBg: colour.paper,
        headerColor: colour.ink2,
        headerSortActiveBg: colour.sunken,
        headerSortHoverBg: colour.sunken,
        bodySortBg: colour.surface,
        headerSplitColor: 'transparent',
        headerBorderRadius: 0,
        rowHoverBg: colour.qingTint,
        rowSelectedBg: colour.qingTint,
        rowSelectedHoverBg: colour.qingTint,
        cellFontSizeSM: touch ? type.touch : type.dense,
        cellPaddingBlockSM: 6,
        cellPaddingInlineSM: 10,
      },
      Form: { verticalLabelPadding: '0 0 4px', itemMarginBottom: 20 },
      Select: { optionSelectedBg: colour.qingTint },
    },
  }
}
