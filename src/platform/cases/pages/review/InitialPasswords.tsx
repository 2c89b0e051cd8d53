/** Initial passwords of new accounts: shown once, and taken along as a file, to be handed to each. */
import { Button } from '../../../../ui/Button.tsx'
import { useWords } from '../../../../ui/i18n.tsx'
import { Notice } from '../../../../ui/Notice.tsx'
import { saveFile } from '../../../../ui/save-file.ts'
import { passwordList } from './password-list.ts'

type Account = { name: string; login: string; password: string }

export function InitialPasswords({ accounts }: { accounts: readonly Account[] }) {
  const t = useWords('cases')
  const heads = [t('review.name'), t('review.login'), t('review.initial_password')]
  const save = () => {
    const text = passwordList(
      heads,
      accounts.map(({ name, login, password }) => [name, login, password]),
    )
    saveFile(new File([text], t('review.passwords_file'), { type: 'text/csv;charset=utf-8' }), 'passwords.csv')
  }
  return (
    <>
      <Notice
        tone="wait"
        title={t('review.passwords_once', { n: accounts.length })}
        act={
          <Button icon="download" onClick={save}>
            {t('review.passwords_save')}
          </Button>
        }
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <div className="rev-passwords" tabIndex={0}>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {accounts.map(({ name, login, password }) => (
              <tr key={login}>
                <td>{name}</td>
                <td>{login}</td>
                <td>
                  <code>{password}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
