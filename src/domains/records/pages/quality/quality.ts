/** What the pages on quality ask for, and how its rules are worded. */
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { IconName } from '../../../../ui/Icon.tsx'
import { useBilingual, useWords } from '../../../../ui/i18n.tsx'
import type { Tone } from '../../../../ui/Tag.tsx'
import { type Records, useRecords } from '../records.ts'

type Answer<K extends keyof Records> = Awaited<ReturnType<Records[K]>>
export type Book = Answer<'qualityRules'>
export type Rule = Book['rules'][number]
export type Field = Book['fields'][number]
export type Quality = Answer<'quality'>
export type FoundPerson = Answer<'qualityPeople'>['rows'][number]
export type GridRow = Answer<'qualityGrid'>['rows'][number]
export type Mended = Answer<'mend'>
export type Corrections = Answer<'readCorrections'>
export type TwinRow = Answer<'twins'>['rows'][number]
export type Merged = Answer<'previewMerge'>
export type MergeRow = Answer<'merges'>[number]

export const QUALITY = {
  all: ['records', 'quality'],
  book: ['records', 'quality', 'book'],
  of: (orgId: string) => ['records', 'quality', 'of', orgId],
  people: (orgId: string, rule: string) => ['records', 'quality', 'people', orgId, rule],
  grid: (orgId: string, rule: string) => ['records', 'quality', 'grid', orgId, rule],
  twins: (orgId: string) => ['records', 'quality', 'twins', orgId],
  merges: ['records', 'quality', 'merges'],
} as const

export const TONES: Record<string, Tone> = { severe: 'alert', warning: 'wait', hint: 'plain' }
/** A clock would say that it is somebody's turn. */
export const SIGNS: Record<string, IconName | undefined> = { warning: 'info' }

/** The rules as they hold in this release. */
export function useBook(): {
  book: Book | undefined
  rule: (id: string) => Rule | undefined
  title: (id: string) => string
} {
  const records = useRecords()
  const say = useBilingual()
  const { data } = useQuery({
    queryKey: QUALITY.book,
    queryFn: () => records.qualityRules(),
    staleTime: 24 * 3_600_000,
  })
  const rule = (id: string) => data?.rules.find((one) => one.id === id)
  return { book: data, rule, title: (id) => (rule(id) ? say(rule(id)!.title) : id) }
}

/** The cells that a rule means. */
export const cellsOf = (rule: Rule | undefined): string[] =>
  rule === undefined ? [] : rule.cell.field === 'teaching' ? ['stages', 'subjects'] : [rule.cell.field]

/** Why a cell is refused, in words. */
export function useReasons(): (code: string, data?: Record<string, string | number>) => string {
  const own = useWords('records')
  const directory = useWords('directory')
  return useCallback(
    (code, data = {}) => {
      for (const t of [own, directory]) for (const key of [`errors.${code}`, code]) if (t.has(key)) return t(key, data)
      return code
    },
    [own, directory],
  )
}
