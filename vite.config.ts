/** Builds the web app into dist/web; in development it serves it and passes calls on to the server. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const server = process.env.QIANGSHI_SERVER ?? 'http://127.0.0.1:3000'

/**
 * In development JSON is served as a module of JavaScript, which browsers refuse where the import says `type: 'json'`. Node wants it
 * said, so the words are taken out on the way to the browser; the build needs no such thing.
 */
const plainJson: Plugin = {
  name: 'plain-json-imports',
  apply: 'serve',
  enforce: 'pre',
  transform: (code, id) =>
    /\.tsx?(\?|$)/.test(id) && code.includes("type: 'json'")
      ? {
          code: code
            .replaceAll(/,\s*\{\s*with:\s*\{\s*type:\s*'json',?\s*\},?\s*\}/g, '')
            .replaceAll(/\s+with\s+\{\s*type:\s*'json'\s*\}/g, ''),
          map: null,
        }
      : null,
}

export default defineConfig({
  root: fileURLToPath(new URL('src/web', import.meta.url)),
  plugins: [plainJson, react()],
  build: {
    outDir: fileURLToPath(new URL('dist/web', import.meta.url)),
    emptyOutDir: true,
    manifest: true,
    // The policy of the server allows no inline data in fonts or scripts; small files stay files.
    assetsInlineLimit: 0,
    // Only pages of offices load such chunks (tables, charts); the first load is kept small by a test.
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'vendor',
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|@orpc|intl-messageformat|@formatjs)[\\/]/,
            },
            // What every page uses stays one file that changes seldom; what few use stays with them.
            {
              name: 'ui',
              test: /src[\\/](base|ui[\\/](?!office|form[\\/]|gallery|Gallery|Qr|Why|why|PrintWhy|OutcomeRows|SchoolRules|OrgLink))/,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/rpc': server, '/api': server, '/files': server } },
})
