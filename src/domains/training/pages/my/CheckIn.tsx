/** Checking in: by the address behind the QR code, which checks in at once, or by the six digits on the host's screen. */
import { one, useAddress } from '../../../../ui/address.ts'
import { useWords } from '../../../../ui/i18n.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { ByDigits } from './ByDigits.tsx'
import { ByToken } from './ByToken.tsx'
import './my.css'

export default function CheckIn() {
  const t = useWords('training')
  const [search] = useAddress()
  const token = one(search.t)
  return (
    <div className="my-page my-narrow">
      <PageHead title={t('my.check_in')} />
      {token ? <ByToken key={token} token={token} /> : <ByDigits preferred={one(search.session)} />}
    </div>
  )
}
