/** Every permission of the house against every role, by module: who may do what, and how far it reaches. */
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../../../ui/Answer.tsx'
import { Icon } from '../../../ui/Icon.tsx'
import { useBilingual, useWords } from '../../../ui/i18n.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import './accounts.css'
import { useAccess } from './accounts.ts'

const moduleOf = (permission: string) => permission.slice(0, permission.indexOf('.'))

export default function Roles() {
  const t = useWords('access')
  const pick = useBilingual()
  const access = useAccess()
  const matrix = useQuery({ queryKey: ['access', 'matrix'], queryFn: () => access.matrix(), staleTime: 600_000 })
  return (
    <>
      <PageHead title={t('roles.heading')} subtitle={t('roles.subtitle')} />
      <Answer of={matrix} height={480}>
        {({ roles, permissions }) => (
          // biome-ignore lint/a11y/useSemanticElements: a region that scrolls
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it must be reachable by keyboard
          <div className="access-matrix" role="region" aria-label={t('roles.heading')} tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('roles.permission')}</th>
                  {roles.map((role) => (
                    <th key={role.id} scope="col">
                      {pick(role)}
                      <small>{t(role.reach === 'self' ? 'roles.self' : 'roles.subtree')}</small>
                    </th>
                  ))}
                </tr>
              </thead>
              {[...new Set(permissions.map(({ id }) => moduleOf(id)))].map((module) => (
                <tbody key={module}>
                  <tr className="access-module">
                    <th scope="rowgroup">{t.has(`module.${module}`) ? t(`module.${module}`) : module}</th>
                    <td colSpan={roles.length} />
                  </tr>
                  {permissions
                    .filter(({ id }) => moduleOf(id) === module)
                    .map((permission) => (
                      <tr key={permission.id}>
                        <th scope="row">
                          {pick(permission)}
                          <small>{permission.id}</small>
                        </th>
                        {roles.map((role) => (
                          <td key={role.id}>
                            {permission.roles.includes(role.id) ? (
                              <>
                                <Icon name="check" size={16} />
                                <span className="q-hidden">{t('roles.may')}</span>
                              </>
                            ) : (
                              <span className="q-hidden">{t('roles.may_not')}</span>
                            )}
                          </td>
                        ))}
                      </tr>
                    ))}
                </tbody>
              ))}
            </table>
          </div>
        )}
      </Answer>
    </>
  )
}
