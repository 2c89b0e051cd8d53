/** A call for organisations, before one begins. */
import { CallView } from './CallPage.tsx'
import { ForSchool } from './ForSchool.tsx'

export default function SchoolCall() {
  return <ForSchool>{(org, choosing) => <CallView org={org} choosing={choosing} />}</ForSchool>
}
