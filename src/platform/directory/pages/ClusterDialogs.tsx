/** Acts on clusters: set one up or rename it, and say which schools belong to it from a date on. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Answer } from '../../../ui/Answer.tsx'
import { useAct } from '../../../ui/client.tsx'
import { CheckField, SelectField, TextField } from '../../../ui/Field.tsx'
import { FormDialog } from '../../../ui/FormDialog.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { ALL, type Cluster, useChildren, useDirectory, useToday } from './directory.ts'

const KINDS = ['school_district', 'education_group'] as const

/** A cluster belongs to the district that runs it: the tops of the scope, or what is below a municipality. */
function useDistricts() {
  const roots = useChildren(undefined)
  const city = roots.data?.find(({ kind }) => kind === 'municipality')
  const below = useChildren(city?.id, city !== undefined)
  const districts = (city ? (below.data ?? []) : (roots.data ?? [])).filter(({ kind }) => kind === 'district')
  return districts.length > 0 ? districts : (roots.data ?? [])
}

export function ClusterDialog({ cluster, onClose }: { cluster?: Cluster; onClose: () => void }) {
  const t = useWords('directory')
  const districts = useDistricts()
  const [orgId, setOrgId] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]>(
    KINDS.find((known) => known === cluster?.kind) ?? 'school_district',
  )
  const [name, setName] = useState(cluster?.name ?? '')
  const act = useAct(useDirectory().saveCluster, { done: t('cluster.saved'), refresh: [ALL], quiet: true })
  return (
    <FormDialog
      title={t(cluster ? 'cluster.rename' : 'cluster.new')}
      submit={t('save')}
      act={act}
      onClose={onClose}
      input={() => ({
        ...(cluster ? { clusterId: cluster.id } : {}),
        orgId: orgId || (districts[0]?.id ?? ''),
        kind,
        name: name.trim(),
      })}
    >
      <TextField label={t('name')} required minLength={2} maxLength={60} value={name} onChange={setName} />
      <SelectField
        label={t('kind')}
        required
        value={kind}
        onChange={(value) => setKind(value as typeof kind)}
        choices={KINDS.map((value) => ({ value, label: t(`cluster.${value}`) }))}
      />
      {!cluster && districts.length > 1 && (
        <SelectField
          label={t('cluster.of')}
          required
          value={orgId || (districts[0]?.id ?? '')}
          onChange={setOrgId}
          choices={districts.map(({ id, shortName }) => ({ value: id, label: shortName }))}
        />
      )}
    </FormDialog>
  )
}

export function MembersDialog({ cluster, onClose }: { cluster: Cluster; onClose: () => void }) {
  const t = useWords('directory')
  const directory = useDirectory()
  const schools = useQuery({ queryKey: [...ALL, 'schools'], queryFn: () => directory.schools({}) })
  const [chosen, setChosen] = useState<readonly string[]>(cluster.members.map(({ orgId }) => orgId))
  const [wanted, setWanted] = useState('')
  const [from, setFrom] = useState<string>(useToday())
  const act = useAct(directory.setMembers, { done: t('cluster.members_saved'), refresh: [ALL], quiet: true })
  return (
    <FormDialog
      title={t('cluster.members_of', { name: cluster.name })}
      submit={t('save')}
      wide
      act={act}
      onClose={onClose}
      input={() => ({ clusterId: cluster.id, orgIds: [...chosen], from })}
    >
      <div className="dir-field-row">
        <TextField label={t('cluster.from')} required type="date" value={from} onChange={setFrom} />
        <TextField label={t('cluster.find')} type="search" value={wanted} onChange={setWanted} />
      </div>
      <p role="status" className="q-quiet">
        {t('cluster.chosen', { n: chosen.length })}
      </p>
      <Answer of={schools} height={200}>
        {(rows) => (
          <div className="dir-checks">
            {rows
              .filter(({ name, shortName }) => `${name}${shortName}`.includes(wanted.trim()))
              .map(({ id, shortName }) => (
                <CheckField
                  key={id}
                  label={shortName}
                  checked={chosen.includes(id)}
                  onChange={(on) => setChosen(on ? [...chosen, id] : chosen.filter((other) => other !== id))}
                />
              ))}
          </div>
        )}
      </Answer>
    </FormDialog>
  )
}
