/** Checking in: by the address behind the QR code, which checks in at once, or by the six digits on the host's screen. */
import { useState } from 'react'
import { one, useAddress } from '../../../../ui/address.ts'
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { ByDigits } from './ByDigits.tsx'
import { ByToken } from './ByToken.tsx'
import { Arrived, type Result } from './CheckInResult.tsx'
import './my.css'

export default function CheckIn() {
  const t = useWords('training')
  const [search] = useAddress()
  const token = one(search.t)
  return (
    <div className="my-page my-narrow">
      <PageHead title={t('my.check_in')} />
      <Attempt key={token} token={token} session={one(search.session)} />
    </div>
  )
}

function Attempt({ token, session }: { token: string; session: string }) {
  const [result, setResult] = useState<Result | null>(null)
  if (result) return <Arrived result={result} />
  return token ? <ByToken token={token} onDone={setResult} /> : <ByDigits preferred={session} onDone={setResult} />
}
