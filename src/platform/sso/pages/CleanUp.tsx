/** The yearly clean-up: every platform in use is kept for a reason, or ended. */
import { useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import CleanUpList, { useCleanUp } from './CleanUpList.tsx'

export default function CleanUp() {
  const t = useWords('sso')
  const { data } = useCleanUp()
  return (
    <>
      <PageHead
        title={data ? t('clean_up.of_year', { year: String(data.year) }) : t('clean_up.title')}
        {...(data && {
          subtitle: t('clean_up.subtitle', {
            open: data.rows.filter(({ review }) => !review).length,
            all: data.rows.length,
          }),
        })}
        back={{ to: '/platforms', label: t('platforms.title') }}
      />
      <div className="q-stack">
        <CleanUpList />
      </div>
    </>
  )
}
