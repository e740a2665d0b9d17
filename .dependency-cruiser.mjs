/** The dependency rule. Each room names the rooms it may import; everything else is forbidden. */
const s = (...rooms) => rooms.map((room) => `service/${room}`)
const doorsMayImport = s(
  'message',
  'contracts',
  'verdict',
  'scoring',
  'authentication',
  'access',
  'telemetry',
  'senders',
  'queue',
  'delivery',
  'history',
  'models',
  'operations',
  'storage'
)

const mayImport = {
  'service/message': [],
  'service/telemetry': [],
  'service/config': [],
  'service/contracts': s('message', 'verdict'),
  'service/parse': s('message'),
  'service/observation': s('message', 'parse'),
  'service/profile': s('message', 'observation'),
  'service/features': s('message', 'observation', 'profile'),
  'service/models': s('features', 'telemetry'),
  'service/verdict': s('message', 'features', 'models', 'profile'),
  'service/storage': s('message', 'telemetry'),
  'service/senders': s('message', 'observation', 'profile', 'storage', 'telemetry'),
  'service/authentication': s('message', 'telemetry'),
  'service/scoring': s(
    'message',
    'parse',
    'observation',
    'profile',
    'senders',
    'features',
    'models',
    'verdict',
    'authentication',
    'telemetry',
    'history'
  ),
  'service/queue': s('message', 'verdict', 'storage', 'telemetry'),
  'service/delivery': s('message', 'parse', 'queue', 'authentication', 'storage', 'telemetry'),
  'service/history': s(
    'message',
    'storage',
    'telemetry',
    'observation',
    'features',
    'models',
    'senders',
    'verdict',
    'queue',
    'delivery'
  ),
  'service/access': s('message', 'storage', 'telemetry'),
  'service/notify': s('message', 'storage', 'telemetry'),
  'service/operations': s(
    'message',
    'scoring',
    'senders',
    'queue',
    'notify',
    'telemetry',
    'access',
    'history',
    'models',
    'storage'
  ),
  'service/doors/api': doorsMayImport,
  'service/doors/callouts': doorsMayImport,
  'service/doors/stream': doorsMayImport,
  'service/doors/smtp': doorsMayImport,
  'service/console': s(
    'message',
    'contracts',
    'verdict',
    'access',
    'telemetry',
    'senders',
    'queue',
    'delivery',
    'history',
    'models',
    'authentication',
    'operations'
  ),
  datasets: [],
  training: [
    'datasets',
    ...s(
      'message',
      'contracts',
      'parse',
      'observation',
      'profile',
      'features',
      'models',
      'verdict',
      'senders',
      'scoring',
      'storage',
      'history',
      'telemetry'
    )
  ],
  notebooks: ['training', 'datasets']
}

/** Allowed above, but as types only: these rooms meet their effects through arguments. */
const typesOnly = [
  ['service/contracts', s('verdict')],
  ['service/scoring', s('history')],
  ['service/verdict', s('features', 'models', 'profile')],
  ['service/operations', s('access', 'history', 'models', 'storage')],
  ['service/console', s('senders', 'queue', 'delivery', 'history', 'models', 'authentication', 'operations')],
  ['service/history', s('observation', 'features', 'models', 'senders', 'verdict', 'queue', 'delivery')],
  ['service/doors', s('senders', 'queue', 'delivery', 'history', 'models', 'operations', 'storage')]
]

/** Each outside package has one door. */
const doors = {
  '(fastify|@fastify/(?!otel(/|$))[^/]+)': s('doors/api', 'doors/callouts', 'console'),
  '@fastify/otel': s('telemetry'),
  '(kafkajs|@platformatic/kafka)': s('doors/stream'),
  'smtp-server': s('doors/smtp', 'cli'),
  selfsigned: s('doors/smtp'),
  piscina: s('scoring'),
  'mx-connect': s('delivery'),
  nodemailer: [...s('delivery', 'notify'), 'training', 'datasets'],
  mailauth: s('authentication', 'delivery'),
  mailparser: s('parse'),
  '@tensorflow/[^/]+': [...s('models'), 'training'],
  '(@clickhouse/client|chdb|ffi-rs)': s('history'),
  '(lmdb|redis)': s('storage'),
  pino: s('telemetry')
}

const ours = '^(service|training|datasets|notebooks|test|benchmarks)/'
const inFolder = (folder) => `^${folder}/`

const folderRules = Object.entries(mayImport).map(([folder, targets]) => ({
  name: `may-import: ${folder}`,
  comment: `${folder} may import ${targets.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: inFolder(folder) },
  to: { path: ours, pathNot: [folder, ...targets].map(inFolder) }
}))

const typeRules = typesOnly.map(([folder, targets]) => ({
  name: `types-only: ${folder}`,
  severity: 'error',
  from: { path: inFolder(folder) },
  to: { path: targets.map(inFolder), dependencyTypesNot: ['type-only'] }
}))

const doorRules = Object.entries(doors).map(([name, folders]) => ({
  name: `one-door: ${name}`,
  severity: 'error',
  from: { path: ours, pathNot: [...folders.map(inFolder), '^(test|benchmarks)/'] },
  to: { path: `(^|node_modules/)${name}(/|$)` }
}))

export default {
  forbidden: [
    ...folderRules,
    ...typeRules,
    ...doorRules,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'nobody-imports-main',
      severity: 'error',
      from: { pathNot: '^(test|service/cli)/' },
      to: { path: '^service/main[.]ts$' }
    },
    {
      name: 'only-main-composes',
      severity: 'error',
      from: { pathNot: '^service/(main[.]ts$|composition/)' },
      to: { path: '^service/composition/' }
    },
    {
      name: 'pure-core',
      comment: 'these rooms compute; they do not touch files, sockets, timers or processes',
      severity: 'error',
      from: { path: '^service/(message|contracts|observation|profile|features|verdict)/' },
      to: {
        dependencyTypes: ['core'],
        path: '^(node:)?(fs|net|tls|dns|http|https|child_process|worker_threads|timers|process)(/|$)'
      }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' }
  }
}
