// The import law. Stack and edges are declared here, once; everything else follows. There are no exceptions.
const platform = [
  'db',
  'cipher',
  'outbound',
  'audit',
  'jobs',
  'files',
  'sheets',
  'inbox',
  'directory',
  'access',
  'desk',
  'sso',
  'upstream',
  'provisioning',
  'policy',
  'forms',
  'documents',
  'credentials',
  'privacy',
  'ledger',
  'allocation',
  'cases',
  'booking',
  'indicators',
]
const domains = { records: [], training: ['records'], burden: ['records'] }

const test = '[.](test|fixture)[.]tsx?$|^test/'
// A contract is one file, or a folder of that name beside it.
const contract = '/contract([.]ts$|/)'
const door = '/(index|contract)[.]ts$|^src/[^/]+/[^/]+/pages/index[.]tsx$'
const browser = '^src/(web|ui)/|^src/(domains|platform)/[^/]+/pages/'
const orpc =
  '/contract([.]ts$|/)|/api[.]ts$|^src/platform/access/guard[.]ts$|^src/server/|^src/ui/client[.]tsx?$|^src/web/client[.]ts$'
const law = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    law('no-circles', 'Two things in a circle are one thing.', { pathNot: test }, { circular: true }),
    law('base-knows-no-one', '', { path: '^src/base/', pathNot: test }, { path: '^src/(?!base/)' }),
    law(
      'ui-knows-base',
      'Messages of its own and types of contracts apart.',
      { path: '^src/ui/', pathNot: test },
      { path: '^src/(?!base/|ui/)', pathNot: [contract] },
    ),
    law(
      'platform-names-no-domain',
      'Domains register with the platform.',
      { path: '^src/platform/', pathNot: test },
      { path: '^src/(domains|server|web)/' },
    ),
    ...platform.map((name, i) =>
      law(
        `${name}-looks-down`,
        'The platform is a stack; contracts are common ground.',
        { path: `^src/platform/${name}/`, pathNot: test },
        {
          path: `^src/platform/(${platform.slice(i + 1).join('|') || '-'})/`,
          pathNot: contract,
        },
      ),
    ),
    ...Object.entries(domains).map(([name, may]) =>
      law(
        `${name}-edges`,
        'Declare the edge above first.',
        { path: `^src/domains/${name}/`, pathNot: test },
        { path: '^src/domains/', pathNot: `^src/domains/(${[name, ...may].join('|')})/` },
      ),
    ),
    law(
      'use-the-door',
      'Others are entered by index.ts, contract.ts or pages/index.tsx.',
      { path: '^src/(?:(?:domains|platform)/([^/]+)|server|web)/', pathNot: test },
      {
        path: '^src/(domains|platform)/',
        pathNot: [door, '^src/(domains|platform)/$1/', '/messages/'],
      },
    ),
    law(
      'contract-is-common-ground',
      '',
      { path: contract },
      {
        pathNot: ['^src/base/', contract, 'node_modules/(zod|@orpc/contract)/'],
      },
    ),
    law(
      'rules-are-pure',
      'Rules decide; they never read, write or wait.',
      { path: '^src/(domains|platform)/[^/]+/rules/', pathNot: test },
      {
        pathNot: [
          '^src/base/',
          contract,
          '/units[.]ts$',
          '^src/(domains|platform)/[^/]+/rules/',
          '^(node:)?crypto$',
          'node_modules/zod/',
        ],
      },
    ),
    law(
      'api-is-thin',
      'SQL lives in service and queries.',
      { path: '/api[.]ts$' },
      { path: ['node_modules/(kysely|pg)/'] },
    ),
    law(
      'browser-sees-contracts',
      '',
      { path: browser, pathNot: test },
      {
        path: ['^src/server/', '^src/(domains|platform)/', 'node_modules/(pg|kysely|@orpc/server)/'],
        pathNot: [browser, contract, '/messages/'],
      },
    ),
    law('browser-has-no-node', '', { path: browser, pathNot: test }, { dependencyTypes: ['core'] }),
    law(
      'orpc-is-confined',
      'Its youth must not spread.',
      { path: '^src/', pathNot: [orpc, test] },
      { path: 'node_modules/@orpc/' },
    ),
    law('tests-are-leaves', '', { pathNot: test }, { path: test }),
    law(
      'everybody-is-declared',
      'A folder that is not in the lists above is not under the law.',
      { path: '^src/' },
      {
        path: '^src/(platform|domains)/',
        pathNot: `^src/(platform/(${platform.join('|')})|domains/(${Object.keys(domains).join('|')}))/`,
      },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    parser: 'tsc',
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
