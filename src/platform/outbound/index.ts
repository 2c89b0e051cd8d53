/** The one way out: requests of the product to other systems pass a guard of addresses. */
export { type Ask, Outbound, type Resolve } from './send.ts'
