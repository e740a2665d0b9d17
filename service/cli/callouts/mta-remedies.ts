import type { CalloutKind } from '../../config/callouts-schema.ts'

/** What an operator has to add so that a mail server asks us, and shows who authenticated. */
export interface MtaRemedy {
  /** As people call it. */
  readonly title: string
  /** Where the configuration that our own tests use stands. */
  readonly folder: string
  /** Lines that connect it. `{rspamd}`, `{policy}`, `{milter}`, `{http}` stand for our addresses. */
  readonly connect: readonly string[]
  /** Lines that are missing when no authenticated user arrives. */
  readonly user: readonly string[]
}

const saslInPostfix = [
  '# /etc/postfix/main.cf: whoever sends has to log in',
  'smtpd_sasl_auth_enable = yes',
  'smtpd_relay_restrictions = permit_sasl_authenticated, reject'
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
    connect: ['# /etc/postfix/main.cf', 'smtpd_milters = inet:{milter}', 'milter_default_action = tempfail'],
    user: [...saslInPostfix, ...macros]
  },
  'postfix-policy': {
    title: 'Postfix, as a policy service',
    folder: 'deploy/mta/postfix',
    connect: [
      '# /etc/postfix/main.cf: before permit_sasl_authenticated and permit_mynetworks, which end the list',
      'smtpd_recipient_restrictions = check_policy_service inet:{policy}, permit_sasl_authenticated, reject',
      'smtpd_end_of_data_restrictions = check_policy_service inet:{policy}'
    ],
    user: [
      ...saslInPostfix,
      '# and ask us before permit_sasl_authenticated, which ends the list for those who logged in',
      'smtpd_recipient_restrictions = check_policy_service inet:{policy}, permit_sasl_authenticated, reject'
    ]
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
      'upstream "local" { default = yes; hosts = "{rspamd}"; settings_id = "rspamd-proxy"; }'
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
      'timeout = 10'
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
      'url = "http://{rspamd}/check?Settings-ID=zonemta"',
      'interfaces = ["*"]',
      'ignoreOrigins = []',
      'ip = true'
    ],
    user: [
      '# /etc/zone-mta/interfaces/feeder.toml: whoever sends has to log in',
      '[feeder]',
      'authentication = true'
    ]
  },
  postal: {
    title: 'Postal',
    folder: 'deploy/mta/postal',
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
      'filter "sluice" proc-exec "sluice filter opensmtpd"',
      'listen on all port 587 tls-require pki mail auth filter "sluice"'
    ],
    user: [
      '# /etc/smtpd.conf: the filter belongs on the listener that asks for a login',
      'listen on all port 587 tls-require pki mail auth filter "sluice"'
    ]
  },
  rspamd: {
    title: 'a client of rspamd’s HTTP protocol',
    folder: 'deploy/mta/rspamd-proxy',
    connect: ['POST http://{rspamd}/checkv2'],
    user: [
      '# Send the header field User with the name of whoever authenticated, and From, Rcpt, IP, Helo, Queue-ID beside it'
    ]
  },
  'exim-rspamd': {
    title: 'Exim, variant=rspamd',
    folder: 'deploy/mta/exim',
    connect: ['# exim4.conf', 'spamd_address = {rspamdHost} {rspamdPort} variant=rspamd'],
    user: [
      '# exim4.conf, in every authenticator: who has logged in ($auth1 for LOGIN)',
      'server_set_id = $auth2'
    ]
  },
  spamc: {
    title: 'a client of SpamAssassin’s spamd',
    folder: 'deploy/mta/exim',
    connect: ['# exim4.conf', 'spamd_address = {rspamdHost} {rspamdPort}'],
    user: [
      '# The protocol has no login: use variant=rspamd, or a milter; or let the mail server write a header field',
      '# sluice.toml, in its [[callouts.clients]]',
      'identityHeader = "X-AuthUser"',
      '# exim4.conf, in the ACL of acl_smtp_predata',
      'warn add_header = :at_start:X-AuthUser: $authenticated_id'
    ]
  },
  stalwart: {
    title: 'Stalwart',
    folder: 'deploy/mta/stalwart',
    connect: ['[session.hook."sluice"]', 'url = "{http}/callouts/stalwart"', 'stages = ["data"]'],
    user: ['# The listener has to ask for a login', '[session.auth]', 'require = true']
  },
  'mta-hooks': {
    title: 'MTA Hooks',
    folder: 'deploy/mta/mta-hooks',
    connect: ['GET {http}/.well-known/mta-hooks'],
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
