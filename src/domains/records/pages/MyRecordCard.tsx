/** On a teacher's home page: the way to the own record. */

import { Card } from '../../../ui/Card.tsx'
import { useWords } from '../../../ui/i18n.tsx'
import { List, ListRow } from '../../../ui/List.tsx'

export default function MyRecordCard() {
  const t = useWords('records')
  return (
    <Card flush>
      <List label={t('me.heading')}>
        <ListRow icon="person" title={t('me.heading')} meta={t('me.card')} go={{ to: '/my/record' }} />
      </List>
    </Card>
  )
}
