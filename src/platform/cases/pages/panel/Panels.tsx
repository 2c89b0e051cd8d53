/** Meetings that the office convened. */
import { ButtonLink } from '../../../../ui/Button.tsx'
import { useBilingual, useFormat, useWords } from '../../../../ui/i18n.tsx'
import { DataTable } from '../../../../ui/office/DataTable.tsx'
import { PageHead } from '../../../../ui/PageHead.tsx'
import { StatusTag } from '../../../../ui/Tag.tsx'
import { PANELS, type PanelRow, STATE_TONE, useCases } from './meeting.ts'

export default function Panels() {
  const t = useWords('cases')
  const f = useFormat()
  const say = useBilingual()
  const cases = useCases()
  return (
    <>
      <PageHead title={t('panel.title')} subtitle={t('panel.subtitle')} />
      <DataTable<PanelRow>
        caption={t('panel.title')}
        queryKey={PANELS}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({ to: '/panels/$panelId', params: { panelId: id } })}
        load={async () => {
          const rows = await cases.panels({})
          return { rows, next: null, total: rows.length }
        }}
        columns={[
          { key: 'name', title: t('panel.meeting'), cell: ({ name }) => name },
          {
            key: 'call',
            title: t('panel.call'),
            cell: ({ callTitle, stageTitle }) => f.dotted([say(callTitle), say(stageTitle)]),
          },
          { key: 'day', title: t('panel.day'), cell: ({ heldOn }) => f.isoDate(heldOn) },
          { key: 'members', title: t('panel.members'), cell: ({ members }) => f.number(members), figures: true },
          {
            key: 'cases',
            title: t('panel.counted_of'),
            cell: ({ counted, cases: all }) => `${counted} / ${all}`,
            figures: true,
          },
          {
            key: 'state',
            title: t('panel.state'),
            cell: ({ state }) => <StatusTag tone={STATE_TONE[state]}>{t(`panel.state.${state}`)}</StatusTag>,
            card: 'trailing',
          },
        ]}
        empty={{
          title: t('panel.none'),
          hint: t('panel.none_hint'),
          act: <ButtonLink to="/decisions">{t('results.waiting')}</ButtonLink>,
        }}
      />
    </>
  )
}
