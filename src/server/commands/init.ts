/** Begins an installation: its municipality and districts, and the first administrator, whose initial password is printed once. */
import { Refusal } from '../../base/errors.ts'
import { type Begun, begin, type Place } from '../first.ts'
import { openHouse } from '../house.ts'
import { sentence, step } from '../say.ts'
import { readEnvironment } from '../settings.ts'

type Options = {
  municipality: string
  district: string[]
  authority: string
  login: string
  name: string
  json?: boolean
}

export async function run({ json, ...options }: Options): Promise<Begun> {
  const municipality = { name: named(options.municipality), authority: options.authority }
  const house = await openHouse(readEnvironment(), { onStep: step })
  try {
    const { login, name } = options
    const begun = await begin(house.owner, { municipality, districts: options.district.map(placed), login, name })
    if (!json)
      process.stdout.write(`${sentence('server.init_begun', { ...begun, municipality: begun.municipality.name })}\n`)
    return begun
  } finally {
    await house.close()
  }
}

/** `name` or `name=authority`. */
function placed(text: string): Place {
  const [name = '', authority] = text.split('=')
  return { name: named(name), ...(authority ? { authority: authority.trim() } : {}) }
}

function named(text: string): string {
  const name = text.trim()
  if (name === '' || name.length > 64) throw new Refusal('invalid', 'server.init_name', { name })
  return name
}
