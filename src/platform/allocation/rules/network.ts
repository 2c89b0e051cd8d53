/** Cheapest flow through a network by the primal network simplex: whole numbers in, whole numbers and whole-number prices out. */

/** Arc `a` leads from `from[a]` to `to[a]`, carries 0…`most[a]` units at `cost[a]` each. All numbers are whole. */
export type Network = {
  nodes: number
  /** Units that each node sends; whatever is sent is received by the last node. */
  supply: Int32Array
  from: Int32Array
  to: Int32Array
  most: Int32Array
  cost: Float64Array
}

/**
 * `flow` per arc, `unsent` per node (all zero when there is a way for everything), and `price` per node: no arc with room left has
 * `cost + price[from] − price[to] < 0`, none in use has more than 0. Those prices prove that no flow is cheaper.
 */
export type Flow = { flow: Int32Array; unsent: Int32Array; price: Float64Array; pivots: number }

/** Costs and prices are whole numbers in floats: beyond this they would no longer be exact. */
const EXACT = Number.MAX_SAFE_INTEGER

/**
 * The cheapest flow among those that send the most. Throws `RangeError` when the costs are too large for exact arithmetic.
 *
 * The tree of the basis is kept strongly feasible (an empty arc of the tree points to the root, a full one away), so that it can
 * never turn in circles among equals.
 */
export function cheapestFlow(network: Network): Flow {
  const { nodes, supply } = network
  const root = nodes - 1
  const arcs = network.from.length
  const dearest = network.cost.reduce((most, cost) => Math.max(most, Math.abs(cost)), 0)
  const unsentCost = dearest * nodes + 1
  if (unsentCost * 8 > EXACT) throw new RangeError('the costs are too large for exact arithmetic')

  // One more arc per node, straight to the root and dearer than every way: what it carries cannot be sent. From a node that sends
  // nothing itself it costs twice that, so that what is left over stays where it comes from.
  const total = arcs + root
  const from = new Int32Array(total)
  const to = new Int32Array(total).fill(root)
  const most = new Int32Array(total).fill(0x7fffffff)
  const cost = new Float64Array(total)
  from.set(network.from)
  to.set(network.to)
  most.set(network.most)
  cost.set(network.cost)
  for (let node = 0; node < root; node++) {
    from[arcs + node] = node
    cost[arcs + node] = supply[node]! > 0 ? unsentCost : 2 * unsentCost
  }

  const flow = new Int32Array(total)
  /** 1: empty and outside the tree, −1: full and outside, 0: of the tree. */
  const state = new Int8Array(total).fill(1)
  const parent = new Int32Array(nodes).fill(root)
  const arcUp = new Int32Array(nodes)
  const depth = new Int32Array(nodes).fill(1)
  const price = new Float64Array(nodes)
  const child = new Int32Array(nodes).fill(-1)
  const next = new Int32Array(nodes).fill(-1)
  const before = new Int32Array(nodes).fill(-1)

  const hang = (node: number, under: number) => {
    const first = child[under]!
    next[node] = first
    before[node] = -1
    if (first >= 0) before[first] = node
    child[under] = node
    parent[node] = under
  }
  const unhang = (node: number) => {
    const [left, right] = [before[node]!, next[node]!]
    if (left >= 0) next[left] = right
    else child[parent[node]!] = right
    if (right >= 0) before[right] = left
  }

  parent[root] = -1
  depth[root] = 0
  for (let node = 0; node < root; node++) {
    hang(node, root)
    arcUp[node] = arcs + node
    state[arcs + node] = 0
    flow[arcs + node] = supply[node]!
    price[node] = -cost[arcs + node]!
  }

  // Half the root: with 570,000 arcs 0.8 s, against 1.1 s with the root and 2.9 s with four times it.
  const block = Math.max(64, Math.ceil(Math.sqrt(total) / 2))
  let at = 0
  /** The worst arc of the next block that has any arc out of line, or −1 when a whole round finds none. */
  const entering = (): number => {
    let worst = 0
    let found = -1
    let left = block
    for (let seen = 0; seen < total; seen++) {
      const off = state[at]! * (cost[at]! + price[from[at]!]! - price[to[at]!]!)
      if (off < worst) {
        worst = off
        found = at
      }
      if (++at === total) at = 0
      if (--left === 0) {
        if (found >= 0) return found
        left = block
      }
    }
    return found
  }

  const stack = new Int32Array(nodes)
  /** Prices and depths below a node that hangs at a new place. */
  const settle = (top: number, change: number) => {
    let size = 0
    stack[size++] = top
    while (size > 0) {
      const node = stack[--size]!
      price[node]! += change
      depth[node] = depth[parent[node]!]! + 1
      for (let below = child[node]!; below >= 0; below = next[below]!) stack[size++] = below
    }
  }

  let pivots = 0
  for (let enter = entering(); enter >= 0; enter = entering()) {
    pivots++
    const forward = state[enter]! > 0
    const first = forward ? from[enter]! : to[enter]!
    const second = forward ? to[enter]! : from[enter]!
    let join = first
    for (let other = second; join !== other; ) {
      if (depth[join]! >= depth[other]!) join = parent[join]!
      else other = parent[other]!
    }
    // Round the circle from the join down to `first`, over the entering arc, and up from `second`: the last arc that blocks leaves.
    let room = most[enter]!
    let leave = -1
    let side = 0
    for (let node = first; node !== join; node = parent[node]!) {
      const arc = arcUp[node]!
      const free = from[arc] === node ? flow[arc]! : most[arc]! - flow[arc]!
      if (free < room) {
        room = free
        leave = node
        side = 1
      }
    }
    for (let node = second; node !== join; node = parent[node]!) {
      const arc = arcUp[node]!
      const free = from[arc] === node ? most[arc]! - flow[arc]! : flow[arc]!
      if (free <= room) {
        room = free
        leave = node
        side = 2
      }
    }
    if (room > 0) {
      flow[enter]! += forward ? room : -room
      for (let node = first; node !== join; node = parent[node]!) {
        const arc = arcUp[node]!
        flow[arc]! += from[arc] === node ? -room : room
      }
      for (let node = second; node !== join; node = parent[node]!) {
        const arc = arcUp[node]!
        flow[arc]! += from[arc] === node ? room : -room
      }
    }
    if (side === 0) {
      state[enter] = forward ? -1 : 1
      continue
    }
    const gone = arcUp[leave]!
    state[gone] = flow[gone] === 0 ? 1 : -1
    state[enter] = 0
    // The part below the leaving arc turns round and hangs on the entering one.
    const top = side === 1 ? first : second
    const anchor = side === 1 ? second : first
    let [node, under, arc] = [top, anchor, enter]
    for (;;) {
      const above = parent[node]!
      const own = arcUp[node]!
      unhang(node)
      hang(node, under)
      arcUp[node] = arc
      if (node === leave) break
      under = node
      node = above
      arc = own
    }
    const reduced = cost[enter]! + price[from[enter]!]! - price[to[enter]!]!
    settle(top, from[enter] === top ? -reduced : reduced)
  }
  return { flow: flow.slice(0, arcs), unsent: flow.slice(arcs), price, pivots }
}

/** What no flow that sends everything can be cheaper than, whatever the prices are: the bound that they prove. */
export function boundOf({ nodes, supply, from, to, most, cost }: Network, price: Float64Array): number {
  let bound = 0
  for (let node = 0; node < nodes - 1; node++) bound += (price[nodes - 1]! - price[node]!) * supply[node]!
  for (let arc = 0; arc < from.length; arc++)
    bound += Math.min(0, cost[arc]! + price[from[arc]!]! - price[to[arc]!]!) * most[arc]!
  return bound
}

/** A network while it is written down. */
export class Draft {
  readonly from: number[] = []
  readonly to: number[] = []
  readonly most: number[] = []
  readonly cost: number[] = []

  /** The number of the new arc. */
  arc(from: number, to: number, most: number, cost: number): number {
    this.to.push(to)
    this.most.push(most)
    this.cost.push(cost)
    return this.from.push(from) - 1
  }

  network(nodes: number, supply: Int32Array): Network {
    const { from, to, most, cost } = this
    return {
      nodes,
      supply,
      from: Int32Array.from(from),
      to: Int32Array.from(to),
      most: Int32Array.from(most),
      cost: Float64Array.from(cost),
    }
  }
}
