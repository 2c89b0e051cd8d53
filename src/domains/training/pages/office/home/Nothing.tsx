/** One line on the home page where nothing is due, and what will come here: a card must not be large for nothing. */
import type { ReactNode } from 'react'
import { Icon } from '../../../../../ui/Icon.tsx'
import './home.css'

export const Nothing = ({ children }: { children: ReactNode }) => (
  <p className="tr-nothing">
    <Icon name="check" size={18} />
    <span>{children}</span>
  </p>
)
