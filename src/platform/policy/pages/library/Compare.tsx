/** Two versions side by side: what the second says otherwise than the first, figure by figure and condition by condition. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../../ui/Answer.tsx'
import { one, useAddress } from '../../../../ui/address.ts'
import { Button } from '../../../../ui/Button.tsx'
import { useClient } from '../../../../ui/client.tsx'
import { SelectField } from '../../../../ui/Field.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { Empty } from '../../../../ui/Notice.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import type { PackVersionRow, policyContract } from '../../contract.ts'
import { Differences } from './Differences.tsx'
import { LibraryTabs } from './LibraryTabs.tsx'
import '../policy.css'

export default function Compare() {
  const t = useWords('policy')
  const f = useFormat()
  const pick = useBilingual()
  const policy = useClient<typeof policyContract>('policy')
  const [search, change] = useAddress()
  const [before, after] = [one(search.before), one(search.after)]
  const versions = useQuery({ queryKey: ['policy', 'versions'], queryFn: () => policy.versions() })
  const found = useQuery({
    queryKey: ['policy', 'compare', before, after],
    queryFn: () => policy.comparePacks({ before, after }),
    enabled: before !== '' && after !== '' && before !== after,
  })
  const label = ({ id, name, adopted, inForce, loadedAt }: PackVersionRow) =>
    f.dotted([
      pick(name),
      adopted && t('library.layer_adopted'),
      inForce ? t('parameters.now') : f.isoDate(new Date(loadedAt)),
      id.slice(id.indexOf('@') + 1),
    ])
  const choices = (versions.data ?? []).map((version) => ({ value: version.id, label: label(version) }))
  const adopted = (versions.data ?? []).some((version) => version.adopted && [before, after].includes(version.id))
  return (
    <>
      <PageHead title={t('library.compare_title')} subtitle={t('library.compare_subtitle')} />
      <LibraryTabs />
      <div className="q-stack">
        <div className="pol-compare-ask">
          <SelectField
            label={t('library.before')}
            value={before}
            onChange={(value) => change({ before: value || undefined })}
            placeholder={t('library.choose_version')}
            choices={choices}
          />
          <SelectField
            label={t('library.after')}
            value={after}
            onChange={(value) => change({ after: value || undefined })}
            placeholder={t('library.choose_version')}
            choices={choices}
          />
          <Button icon="refresh" disabled={!before && !after} onClick={() => change({ before: after, after: before })}>
            {t('library.swap')}
          </Button>
        </div>
        {before === '' || after === '' || before === after ? (
          <Empty icon="columns" title={t('library.choose_two')} hint={t('library.choose_two_hint')} />
        ) : (
          <Answer of={found} height={400}>
            {(diff) => (
              <>
                {adopted && <p className="q-quiet">{t('library.compare_adopted')}</p>}
                <Differences diff={diff} />
              </>
            )}
          </Answer>
        )}
      </div>
    </>
  )
}
