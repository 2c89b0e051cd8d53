/** A platform's sign: one or two characters on its colour. */
import './sso.css'

export const Face = ({
  icon,
  name,
  colour,
  large,
}: {
  icon: string
  name: string
  colour: string
  large?: boolean
}) => (
  <span className={`sso-face sso-face-${colour}${large ? ' sso-face-large' : ''}`} aria-hidden="true">
    {icon || [...name][0]}
  </span>
)
