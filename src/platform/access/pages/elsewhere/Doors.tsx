/** Other providers at the sign-in page: nothing is there where there are none. */
import { useQuery } from '@tanstack/react-query'
import { Button } from '../../../../ui/Button.tsx'
import { useAct, useClient } from '../../../../ui/client.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { knock, leaveFor } from '../../../../ui/knock.ts'
import { useLocale } from '../../../../ui/locale.ts'
import { Failure } from '../../../../ui/Notice.tsx'
import type { upstreamContract } from '../../../upstream/contract.ts'

export function Doors({ back }: { back: string }) {
  const t = useWords('upstream')
  const locale = useLocale()
  const upstream = useClient<typeof upstreamContract>('upstream')
  const { data = [] } = useQuery({
    queryKey: ['upstream', 'doors'],
    queryFn: () => upstream.doors(),
    staleTime: 600_000,
  })
  const begin = useAct((provider: string) => knock<{ to: string }>('/upstream/begin', { provider, back }), {
    quiet: true,
  })
  if (data.length === 0) return null
  const go = async (key: string) => {
    const answer = await begin.run(key)
    if (answer) leaveFor(answer.to)
  }
  return (
    <section className="q-stack" aria-label={t('doors.title')}>
      {data.map(({ key, name, nameEn }) => (
        <Button key={key} wide icon="link" busy={begin.busy} onClick={() => void go(key)}>
          {t('doors.by', { name: locale === 'en' && nameEn ? nameEn : name })}
        </Button>
      ))}
      {begin.error ? <Failure error={begin.error} /> : null}
    </section>
  )
}
