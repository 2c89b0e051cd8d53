/** A linear model given to HiGHS. Blocks its thread: `thread.ts` is where it runs. */
import loadHighs, { type Highs, type ModelData } from 'highs'
import type { Model, Solution } from './rules/model.ts'
import type { WithoutTime } from './rules/transport.ts'

export type SolveLimits = { seconds?: number; seed?: number }

/** The loader by its true type: the package declares itself for CommonJS, yet its module has the function itself as default. */
export const openHighs = loadHighs as unknown as typeof loadHighs.default

let loading: Promise<Highs> | undefined

/** Throws `RangeError` for a term that names no variable. */
export async function solve(model: Model, { seconds, seed }: SolveLimits): Promise<WithoutTime<Solution>> {
  loading ??= openHighs()
  const highs = await loading
  const solver = { name: 'HiGHS', version: highs.version.string }
  return highs.withModel(dataOf(highs, model), (loaded): WithoutTime<Solution> => {
    loaded.options.set({
      output_flag: false,
      random_seed: seed ?? 0,
      mip_rel_gap: 0,
      mip_abs_gap: 0,
      iis_strategy: highs.constants.iis.strategyRowPriority,
      ...(seconds === undefined ? {} : { time_limit: seconds }),
    })
    loaded.run()
    const status = loaded.getModelStatus()
    const is = highs.constants.modelStatus
    if (status === is.unbounded) return { outcome: 'unbounded', solver }
    if (status === is.infeasible) {
      const rows = [...loaded.getIis().rowIndex]
      return { outcome: 'impossible', because: rows.map((row) => model.constraints[row]!.name), solver }
    }
    const found = loaded.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible
    if (!found) return { outcome: 'nothing_found', solver }
    const best = status === is.optimal || status === is.empty
    const objective = loaded.getObjectiveValue()
    const whole = model.variables.some((variable) => variable.whole)
    const bound = whole ? Number(loaded.info.get('mip_dual_bound')) : best ? objective : worst(model)
    const { colValue } = loaded.getSolution()
    return {
      outcome: best ? 'best' : 'stopped',
      // What is whole comes back as 0.9999999 now and then, or as −0.
      values: Object.fromEntries(
        model.variables.map(({ name, whole }, col) => [name, whole ? Math.round(colValue[col]!) + 0 : colValue[col]!]),
      ),
      objective,
      bound,
      gap: Math.abs(objective - bound),
      solver,
    }
  })
}

const worst = ({ sense }: Model): number => (sense === 'minimise' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)

function dataOf(highs: Highs, { sense, variables, constraints }: Model): ModelData {
  const col = new Map(variables.map(({ name }, place) => [name, place]))
  if (col.size < variables.length) throw new RangeError('a variable comes twice')
  const starts = [0]
  const indices: number[] = []
  const values: number[] = []
  for (const { name, terms } of constraints) {
    for (const [variable, coefficient] of Object.entries(terms)) {
      const place = col.get(variable)
      if (place === undefined) throw new RangeError(`${name} names no variable: ${variable}`)
      indices.push(place)
      values.push(coefficient)
    }
    starts.push(indices.length)
  }
  const { objectiveSense, variableType } = highs.constants
  return {
    numCols: variables.length,
    numRows: constraints.length,
    sense: sense === 'minimise' ? objectiveSense.minimize : objectiveSense.maximize,
    colCost: variables.map(({ gain }) => gain ?? 0),
    colLower: variables.map(({ least }) => least ?? 0),
    colUpper: variables.map(({ most }) => most ?? highs.infinity),
    rowLower: constraints.map(({ least }) => least ?? -highs.infinity),
    rowUpper: constraints.map(({ most }) => most ?? highs.infinity),
    matrix: { format: 'csr', numRows: constraints.length, numCols: variables.length, starts, indices, values },
    ...(variables.some(({ whole }) => whole)
      ? { integrality: variables.map(({ whole }) => (whole ? variableType.integer : variableType.continuous)) }
      : {}),
  }
}
