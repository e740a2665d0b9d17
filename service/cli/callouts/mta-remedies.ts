import type { CalloutKind } from '../../config/callouts-schema.ts'

/** What an operator has to add so that a mail server asks us, and shows who authenticated. */
export interface MtaRemedy {
  /** As people call it. */
  readonly title: string
  /** Where the configuration that our own tests use stands: every line to connect by is a line of it. null: there is none. */
  readonly folder: string | null
  /** Lines that connect it. `{rspamd}`, `{policy}`, `{milter}`, `{http}` stand for our addresses. */
  readonly connect: readonly string[]
  /** Lines that are missing when no authenticated user arrives. */
  readonly user: readonly string[]
}

const submission = '# /etc/postfix/master.cf, at the service `submission`'

const saslInPostfix = [
  `${submission}: whoever sends has to log in`,
  '  -o smtpd_sasl_auth_enable=yes',
  '  -o smtpd_relay_restrictions=permit_sasl_authenticated,reject'
]

const macros = [
  '# /etc/postfix/main.cf: Postfix sends these by default; a line of your own may have dropped them',
  'milter_mail_macros = i {auth_type} {auth_authen} {auth_author} {mail_addr} {mail_host} {mail_mailer}',
  'milter_connect_macros = j {daemon_name} {daemon_addr} v _'
]

const mtaRemedies: Readonly<Record<CalloutKind, MtaRemedy>> = {
  'postfix-milter': {
    title: 'Postfix, as a milter',
    folder: 'deploy/mta/postfix',
    connect: [
      submission,
      '  -o smtpd_milters=$mua_milters',
      '  -o milter_macro_daemon_name=ORIGINATING',
      '# /etc/postfix/main.cf',
      'mua_milters =',
      '  { inet:{milter},',
      '    connect_timeout=5s, command_timeout=5s, content_timeout=15s,',
      '    default_action=accept }'
    ],
    user: [...saslInPostfix, ...macros]
  },
  'postfix-policy': {
    title: 'Postfix, as a policy service',
    folder: 'deploy/mta/postfix',
    connect: [
      submission,
      '  -o smtpd_recipient_restrictions=$mua_recipient_restrictions',
      '  -o smtpd_end_of_data_restrictions=$mua_end_of_data_restrictions',
      '# /etc/postfix/main.cf',
      'mua_recipient_restrictions =',
      '  check_policy_service { inet:{policy}, timeout=2s, try_limit=1, default_action=DUNNO,',
      '    policy_context=submission }',
      'mua_end_of_data_restrictions =',
      '  check_policy_service { inet:{policy}, timeout=10s, try_limit=1, default_action=DUNNO,',
      '    policy_context=submission }'
    ],
    user: saslInPostfix
  },
  'rspamd-proxy': {
    title: 'rspamd’s proxy worker',
    folder: 'deploy/mta/rspamd-proxy',
    connect: [
      '# /etc/rspamd/local.d/worker-proxy.inc',
      'milter = yes;',
      'timeout = 10s;',
      'max_retries = 1;',
      '# of the package’s own name: it takes the place of its scanner',
      'upstream "local" {',
      '  default = yes;',
      '  hosts = "{rspamd}";',
      '  settings_id = "rspamd-proxy";',
      '}',
      '# /etc/rspamd/local.d/worker-normal.inc',
      'enabled = false;'
    ],
    user: [...saslInPostfix, ...macros]
  },
  haraka: {
    title: 'Haraka with haraka-plugin-rspamd',
    folder: 'deploy/mta/haraka',
    connect: [
      '# config/plugins: a line',
      'rspamd',
      '# config/rspamd.ini',
      'host = {rspamdHost}',
      'port = {rspamdPort}',
      'timeout = 10',
      '[request]',
      'settings_id = haraka',
      '[auth]',
      'header = Password',
      'value_env = SLUICE_PASSWORD'
    ],
    user: [
      '# config/rspamd.ini: by default the plugin skips those who logged in, and ignores a reject of their mail',
      '[check]',
      'authenticated = true',
      'relay = true',
      'local_ip = true',
      'private_ip = true',
      '[reject]',
      'authenticated = true'
    ]
  },
  zonemta: {
    title: 'ZoneMTA with its rspamd plugin',
    folder: 'deploy/mta/zonemta',
    connect: [
      '# /etc/zone-mta/plugins/sluice.toml',
      '["core/rspamd"]',
      'enabled = ["receiver", "main", "sender"]',
      'url = "http://{rspamd}/check?Settings-ID=zonemta&Password=change-me"',
      'interfaces = ["*"]',
      'ignoreOrigins = []',
      'ip = true',
      '# no less than maxSize of the interfaces',
      'maxSize = 31457280'
    ],
    user: [
      '# /etc/zone-mta/interfaces/feeder.toml: whoever sends has to log in',
      '[feeder]',
      'authentication = true'
    ]
  },
  postal: {
    title: 'Postal',
    folder: null,
    connect: ['# postal.yml', 'rspamd:', '  enabled: true', '  host: {rspamdHost}', '  port: {rspamdPort}'],
    user: [
      '# Postal never says who authenticated: send through our SMTP door instead, or ask POST /v1/verdicts'
    ]
  },
  kumomta: {
    title: 'KumoMTA',
    folder: 'deploy/mta/kumomta',
    connect: [
      '-- init.lua',
      "local sluice = dofile '/opt/kumomta/etc/policy/sluice.lua'",
      "sluice.options.password = 'the one of sluice.toml'",
      "kumo.on('smtp_server_ehlo', sluice.on_ehlo)",
      "kumo.on('smtp_server_data', sluice.on_data)"
    ],
    user: [
      '-- init.lua: the listener has to ask for a login; sluice.lua passes conn_meta authn_id on',
      "kumo.on('smtp_server_auth_plain', function(authz, authc, password) … end)"
    ]
  },
  opensmtpd: {
    title: 'OpenSMTPD',
    folder: 'deploy/mta/opensmtpd',
    connect: [
      '# /etc/smtpd.conf',
      'filter "sluice" proc-exec "/opt/sluice/node_modules/.bin/node /opt/sluice/service/cli/sluice.ts filter opensmtpd --url http://{rspamd} --password-file /etc/sluice/opensmtpd-password --timeout-ms 10000 --on-failure open" user sluice group sluice',
      'listen on 0.0.0.0 port 587 tls-require pki mail.example.org auth <users> filter "sluice"'
    ],
    user: [
      '# /etc/smtpd.conf: the filter belongs on the listener that asks for a login',
      'listen on 0.0.0.0 port 587 tls-require pki mail.example.org auth <users> filter "sluice"'
    ]
  },
  rspamd: {
    title: 'a client of rspamd’s HTTP protocol',
    folder: null,
    connect: ['POST http://{rspamd}/checkv2'],
    user: [
      '# Send the header field User with the name of whoever authenticated, and From, Rcpt, IP, Helo, Queue-ID beside it'
    ]
  },
  'exim-rspamd': {
    title: 'Exim, variant=rspamd',
    folder: 'deploy/mta/exim/rspamd',
    connect: [
      '# exim4.conf, main section',
      'spamd_address = /run/sluice/rspamd.sock variant=rspamd tmo=10s',
      '# sluice.toml',
      '[callouts]',
      'rspamdSocket = "/run/sluice/rspamd.sock"'
    ],
    user: [
      '# exim4.conf, in every authenticator: who has logged in ($auth1 for LOGIN)',
      'server_set_id = $auth2'
    ]
  },
  spamc: {
    title: 'a client of SpamAssassin’s spamd',
    folder: 'deploy/mta/exim/spamd',
    connect: ['# exim4.conf, main section', 'spamd_address = {rspamdHost} {rspamdPort} tmo=10s'],
    user: [
      '# The protocol has no login: use variant=rspamd, or a milter; or let the mail server write a header field',
      '# sluice.toml, in its [[callouts.clients]]',
      'identityHeader = "X-AuthUser"',
      '# exim4.conf, in the ACL of acl_smtp_predata',
      'warn add_header = :at_start:X-AuthUser: $authenticated_id',
      '# exim4.conf, in the ACL of acl_smtp_data: it is nobody else’s business',
      'warn remove_header = X-AuthUser'
    ]
  },
  stalwart: {
    title: 'Stalwart',
    folder: 'deploy/mta/stalwart',
    connect: [
      '# config.toml, up to 0.15; since 0.16 as in mta-hook.json',
      '[session.hook."sluice"]',
      'enable = "local_port != 25"',
      'url = "{http}/callouts/stalwart"',
      'stages = ["data"]',
      'timeout = "12s"',
      '[session.hook."sluice".options]',
      'tempfail-on-error = true',
      '[session.hook."sluice".auth]',
      'username = "sluice"',
      'secret = "of-this-stalwart-only"'
    ],
    user: [
      '# The listeners on which users send have to ask for a login',
      '[session.auth]',
      'require = "local_port != 25"'
    ]
  },
  'mta-hooks': {
    title: 'MTA Hooks',
    folder: 'deploy/mta/mta-hooks',
    connect: ['# Where it finds everything', '# {http}/.well-known/mta-hooks'],
    user: [
      '# Ask for the property /auth when registering; the milter bridge of rspamd has none: use our milter instead'
    ]
  }
}

const byKind: ReadonlyMap<string, MtaRemedy> = new Map(Object.entries(mtaRemedies))

/** Of a kind that a newer service knows and this command does not: what its protocol needs. */
export function remedyOf(kind: string): MtaRemedy {
  return byKind.get(kind) ?? mtaRemedies.rspamd
}
