/** The page that ends letters, for people who are not signed in: plain HTML without a script, in the language their browser asks for. */
import { localeOf, ownWords } from '../../inbox/index.ts'

const plain = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char]!)

/** `ask` shows the button, `done` what came of it, `unknown` that the link is none of ours. */
export function localePage(accepted: string | undefined): (state: 'ask' | 'done' | 'unknown') => string {
  const locale = localeOf(/^\s*en/i.test(accepted ?? '') ? 'en' : 'zh-CN')
  const t = ownWords(locale)
  return (state) => {
    const title = t(state === 'ask' ? 'mail.unsubscribe.title' : `mail.unsubscribe.${state}`)
    const text = t(state === 'ask' ? 'mail.unsubscribe.ask' : `mail.unsubscribe.${state}_text`)
    const act = state === 'ask' ? `<form method="post"><button>${plain(t('mail.unsubscribe.act'))}</button></form>` : ''
    return `<!doctype html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${plain(title)}</title>
<style>body{font:16px/1.6 system-ui,sans-serif;max-width:32rem;margin:12vh auto;padding:0 1rem;color:#23211d;background:#fcfbf8}h1{font-size:1.25rem}button{font:inherit;min-height:44px;padding:0 1.25rem;border:0;border-radius:6px;color:#fff;background:#0e6b66}a{color:#0e6b66}</style>
<main><h1>${plain(title)}</h1><p>${plain(text)}</p>${act}<p><a href="/account/notices">${plain(t('mail.digest.settings'))}</a></p></main></html>`
  }
}
