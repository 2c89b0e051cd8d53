/** What holds for a person today, as a record sheet. Light: a teacher's phone shows it too. */
import { Card, Facts } from '../../../ui/Card.tsx'
import { useFormat, useWords } from '../../../ui/i18n.tsx'
import { useCodes } from './codes.ts'
import { RevealIdentity } from './RevealIdentity.tsx'
import { type Person, useToday } from './records.ts'

export function PersonFacts({ person, own }: { person: Person; own?: boolean }) {
  const t = useWords('records')
  const f = useFormat()
  const codes = useCodes()
  const day = (date: string | null) => (date ? f.date(date) : null)
  const today = useToday()
  const honours = person.honours.filter(({ until }) => until === null || until > today)
  return (
    <div className="q-stack">
      <Card title={t('facts.now')}>
        <Facts
          columns={1}
          items={[
            { label: t('school'), value: person.orgName },
            { label: t('employed_from'), value: day(person.employedFrom) },
            {
              label: t('category'),
              value: f.dotted([codes.label('category', person.category), codes.label('basis', person.basis)]),
            },
            { label: t('stage'), value: f.list(person.stages.map((code) => codes.label('stage', code))) },
            { label: t('subject'), value: f.list(person.subjects.map((code) => codes.label('subject', code))) },
            { label: t('title'), value: codes.label('title', person.title) },
            { label: t('post'), value: f.list(person.posts.map((code) => codes.label('post', code))) },
            {
              label: t('honour'),
              value: f.list(honours.map(({ code, name }) => codes.named('honour', code, name))),
            },
          ]}
        />
      </Card>
      <Card title={t('facts.basics')}>
        <Facts
          columns={1}
          items={[
            { label: t('number'), value: <span className="q-num">{person.number}</span> },
            { label: t('sex'), value: codes.label('sex', person.sex) },
            { label: t('birth_date'), value: day(person.birthDate) },
            {
              label: codes.label('idType', person.idType) || t('id_number'),
              value: person.idMasked && <RevealIdentity person={person} own={own ?? false} />,
            },
            { label: t('work_since'), value: day(person.workSince) },
            ...(person.teachingSince && person.teachingSince !== person.workSince
              ? [{ label: t('teaching_since'), value: day(person.teachingSince) }]
              : []),
            ...(person.qualifiedOn ? [{ label: t('qualified_on'), value: day(person.qualifiedOn) }] : []),
            ...(own
              ? []
              : [
                  {
                    label: t('account'),
                    value: f.dotted([
                      person.login,
                      t(
                        person.accountActive === null
                          ? 'account.none'
                          : person.accountActive
                            ? 'account.active'
                            : 'account.asleep',
                      ),
                    ]),
                  },
                ]),
          ]}
        />
      </Card>
    </div>
  )
}
