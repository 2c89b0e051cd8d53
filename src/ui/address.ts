/** State that belongs into the address, so that a list can be sent to a colleague and Back leads back. */
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'

export type SearchValue = string | readonly string[]
export type Search = Readonly<Record<string, SearchValue | undefined>>

/** Reads `?q=张三&stage=a&stage=b` without guessing types: `00123` stays a text. */
export function parseSearch(text: string): Record<string, SearchValue> {
  const result: Record<string, SearchValue> = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const before = result[key]
    result[key] = before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value]
  }
  return result
}

/** Writes it back in the order of the keys, leaving out what is empty, so that equal filters have equal addresses. */
export function writeSearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const key of Object.keys(search).sort()) {
    const value = search[key]
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') params.append(key, String(one))
  }
  const text = params.toString()
  return text ? `?${text}` : ''
}

/** The search part of the address and a way to change some of it; undefined or '' removes a key. */
export function useAddress(): [Search, (change: Search, options?: { replace?: boolean }) => void] {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  return useMemo(() => {
    const change = (patch: Search, options: { replace?: boolean } = {}) =>
      void navigate({
        to: '.',
        search: ((before: Search) => ({ ...before, ...patch })) as never,
        replace: options.replace ?? false,
        resetScroll: false,
      })
    return [search, change]
  }, [search, navigate])
}

/** A part of the path: `usePathPart('classId')` on `/training/classes/$classId`. */
export function usePathPart(name: string): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>
  return params[name] ?? ''
}

export const one = (value: SearchValue | undefined): string => (typeof value === 'string' ? value : (value?.[0] ?? ''))
export const many = (value: SearchValue | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/** A place to go back to, only if it is one of our own: an address in a link must not lead people elsewhere. */
export const ownPath = (text: string, otherwise = '/'): string => (/^\/(?![/\\])/.test(text) ? text : otherwise)
