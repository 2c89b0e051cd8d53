/** The person: who they are here, their account, the way out. */
import { useQueryClient } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { Icon } from '../../ui/Icon.tsx'
import { useBilingual, useFormat, useWords } from '../../ui/i18n.tsx'
import type { NavEntry } from '../../ui/module.ts'
import { Popup } from '../../ui/Popup.tsx'
import { orgNameIn, type Session } from '../../ui/session.tsx'
import { say } from '../../ui/toast.ts'
import { client } from '../client.ts'
import { forgetSession } from '../session.tsx'

export function UserMenu({ session, own }: { session: Session; own: readonly NavEntry[] }) {
  const t = useWords('web')
  const f = useFormat()
  const pick = useBilingual()
  const router = useRouter()
  const queries = useQueryClient()
  const { name, login } = session.account
  const signOut = async () => {
    try {
      await client.access.signOut()
    } catch {
      say(t('sign_out_failed'), 'alert')
      return
    }
    forgetSession(queries)
    await router.navigate({ to: '/sign-in' })
    await router.invalidate()
  }
  return (
    <Popup
      menu
      label={t('user_menu')}
      button={(wiring) => (
        <button {...wiring} type="button" className="q-user">
          <span className="q-avatar" aria-hidden="true">
            {[...name].at(0)}
          </span>
          <span className="q-user-name">{name}</span>
          <span className="q-hidden">{t('user_menu')}</span>
          <Icon name="chevron-down" size={14} />
        </button>
      )}
    >
      {(close) => (
        <>
          <div className="q-user-card">
            <b>{name}</b>
            <small>{login}</small>
            <ul>
              {session.roles.map(({ role, ...org }) => (
                <li key={`${role}/${org.orgId}`}>
                  {f.dotted([t.has(`role.${role}`) ? t(`role.${role}`) : role, orgNameIn(f.locale, org)])}
                </li>
              ))}
            </ul>
          </div>
          <hr />
          {own.map(({ key, path, icon, label }) => (
            <Link key={key} {...({ to: path } as unknown as { to: string })} onClick={close}>
              <Icon name={icon} size={18} />
              {pick(label)}
            </Link>
          ))}
          {own.length > 0 && <hr />}
          <Link to="/account" onClick={close}>
            <Icon name="person" size={18} />
            {t('account')}
          </Link>
          <Link to="/account/password" onClick={close}>
            <Icon name="key" size={18} />
            {t('change_password')}
          </Link>
          <hr />
          <button type="button" onClick={() => void signOut()}>
            <Icon name="sign-out" size={18} />
            {t('sign_out')}
          </button>
        </>
      )}
    </Popup>
  )
}
