/** Values of a row as people give them: checked against the declaration, brought into one form, sealed where they are to be. */
import { addDays, isCivilDate } from '../../../base/dates.ts'
import { invalid } from '../../../base/errors.ts'
import { maskMail, maskPhone, maskTail, type Sealer } from '../../../platform/cipher/index.ts'
import { maskIdentity } from '../../../platform/directory/index.ts'
import { type Field, fieldsOf, type Group } from './group.ts'

/** By key of the field; figures as text. Null is nothing. */
export type Values = Record<string, string | boolean | null>
/** As kept: sealed texts in base64 with what may be shown of them. */
export type Sealed = { sealed: string; masked: string }
export type Stored = Record<string, string | boolean | null | Sealed>

export const isSealed = (value: Stored[string] | undefined): value is Sealed =>
  typeof value === 'object' && value !== null

const MASKS = { phone: maskPhone, mail: maskMail, tail: maskTail, identity: maskIdentity } as const

/**
 * @param whole a new row: what is required must be there; else only what is given is checked
 * @throws Refusal `records.field_unknown`, `records.field_missing`, `records.field_wrong`, `records.ends_before_it_begins`
 */
export function checked(group: Group, given: Readonly<Values>, whole: boolean): Values {
  const fields = fieldsOf(group)
  const known = new Map(fields.map((field) => [field.key, field]))
  for (const key of Object.keys(given)) if (!known.has(key)) throw invalid('records.field_unknown', { field: key })
  const values: Values = {}
  for (const field of fields) {
    const value = given[field.key]
    if (value === undefined && !whole) continue
    const said = inOneForm(field, value ?? null)
    if (said === null && field.required) throw invalid('records.field_missing', { field: field.key, ...named(field) })
    values[field.key] = said
  }
  const { from, until } = values
  if (typeof from === 'string' && typeof until === 'string' && until < from)
    throw invalid('records.ends_before_it_begins')
  return values
}

const named = ({ title }: Field) => ({ zh: title.zh, en: title.en })

function inOneForm(field: Field, value: string | boolean | null): string | boolean | null {
  const wrong = () => invalid('records.field_wrong', { field: field.key, ...named(field) })
  if (field.type === 'bool') {
    if (value === null || typeof value === 'boolean') return value
    throw wrong()
  }
  if (typeof value === 'boolean') throw wrong()
  const text = value?.trim() ?? ''
  if (text === '') return null
  const { least = 0, most = field.type === 'integer' || field.type === 'decimal' ? 999_999 : 200 } = field
  switch (field.type) {
    case 'date':
      if (!isCivilDate(text) || text < '1900-01-01' || text > '2200-12-31') throw wrong()
      return text
    case 'integer':
    case 'decimal': {
      const form = field.type === 'integer' ? /^\d{1,6}$/ : /^\d{1,5}(\.\d)?$/
      if (!form.test(text) || Number(text) < least || Number(text) > most) throw wrong()
      return text
    }
    case 'code':
      if (text.length > 40) throw wrong()
      return text
    case 'sealed': {
      const plain =
        field.mask === 'phone'
          ? text
              .normalize('NFKC')
              .replaceAll(/[\s-]/g, '')
              .replace(/^(\+|00)86(?=1\d{10}$)/, '')
          : field.mask === 'identity'
            ? text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
            : text
      if ([...plain].length > most) throw wrong()
      if (field.mask === 'phone' && !/^\+?\d{5,20}$/.test(plain)) throw wrong()
      if (field.mask === 'identity' && !/^[\dA-Z()/-]{5,}$/.test(plain)) throw wrong()
      if (field.mask === 'mail' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(plain)) throw wrong()
      return plain
    }
    default:
      if ([...text].length > most || [...text].some((letter) => letter < ' ')) throw wrong()
      return text
  }
}

/** What seals texts of one purpose. A sealed text belongs to its row besides, and opens nowhere else. */
export type Seals = (purpose: string) => Sealer
export const purposeOf = ({ id }: Group, key: string): string => `${id}.${key}`

/** Checked values as they are kept. */
export function stored(group: Group, rowId: string, values: Readonly<Values>, seals: Seals): Stored {
  const kept: Stored = {}
  for (const { key, type, mask } of fieldsOf(group)) {
    const value = values[key]
    if (value === undefined) continue
    kept[key] =
      type === 'sealed' && typeof value === 'string'
        ? {
            sealed: seals(purposeOf(group, key)).seal(value, rowId).toString('base64'),
            masked: MASKS[mask ?? 'tail'](value),
          }
        : value
  }
  return kept
}

/** What may be shown of kept values. */
export const shown = (values: Readonly<Stored>): Values =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, isSealed(value) ? value.masked : value]))

/** The last day of a span, as the day on which it no longer holds. */
export const dayAfter = (until: string | boolean | null | undefined): string | null =>
  typeof until === 'string' ? addDays(until, 1) : null
