/** Where the web app begins: words first, then the first picture, then the Chinese face in slices as it is needed. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../ui/theme.css'
import './shell/shell.css'
import './shell/nav.css'
import { currentLocale, markDocument } from '../ui/locale.ts'
import { loadWords, offerWords, placeWords } from '../ui/words.ts'
import { App } from './app.tsx'
import zh from './messages/zh-CN.json' with { type: 'json' }
import { modules } from './modules.ts'

markDocument()
placeWords('web', 'zh-CN', zh)
offerWords('web', {
  'zh-CN': async () => ({ default: zh }),
  en: () => import('./messages/en.json', { with: { type: 'json' } }),
})
for (const module of modules) offerWords(module.name, module.messages)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
// Words that cannot be loaded must not keep the page white: keys are shown until they can.
await Promise.all(['ui', 'web'].map((module) => loadWords(module, currentLocale()))).catch(() => undefined)
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
void import('./face.ts')
