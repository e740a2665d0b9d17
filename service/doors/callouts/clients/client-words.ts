import type { ClientKindName, HoldExpression } from './client-kinds.ts'

/** What one kind of client does, in the words of its own operators. */
export interface ClientWords {
  readonly name: string
  readonly asksBy: string
  readonly allow: string
  /** For every value of `hold` that the kind can be given. */
  readonly holds: Partial<Readonly<Record<HoldExpression, string>>>
  readonly block: string
  readonly label: string
  /** Sluice is away, or gives no answer in the client's own time. */
  readonly failure: string
  /** Whether Sluice learns who has logged in, and what the message says. */
  readonly login: string
  readonly content: string
  /** Under `deploy/mta/`: the configuration that the integration tests use. null: there is none. */
  readonly deploy: string | null
}

const labelled = 'the three fields; forged ones go'
const softReject = '`soft reject`: 451 4.7.1'
const passesLabelled = 'leaves, with `X-Sluice-Verdict: hold`'

export const clientWords = {
  'postfix-milter': {
    name: 'Postfix, milter',
    asksBy: 'milter, port 10041',
    allow: 'continue',
    holds: {
      quarantine: 'quarantine: its hold queue',
      tempfail: '451 4.7.1',
      reject: '550 5.7.1',
      route:
        'continue, with `X-Sluice-Verdict: hold`: its header checks send it to the relay port, and Sluice keeps it',
      label: passesLabelled
    },
    block: '550 5.7.1',
    label: labelled,
    failure: '`default_action`',
    login: '`{auth_authen}`',
    content: 'whole',
    deploy: 'postfix'
  },
  'postfix-policy': {
    name: 'Postfix, policy service',
    asksBy: 'policy delegation, port 10040',
    allow: '`DUNNO`',
    holds: {
      quarantine: '`HOLD`: its hold queue',
      tempfail: '451 4.7.1',
      reject: '550 5.7.1',
      route: '`FILTER` to the relay port, and Sluice keeps it'
    },
    block: '550 5.7.1',
    label: 'none',
    failure: '`default_action`',
    login: '`sasl_username`',
    content: 'none: only the envelope is judged',
    deploy: 'postfix'
  },
  'rspamd-proxy': {
    name: 'rspamd 3, proxy worker',
    asksBy: 'rspamd HTTP, port 11333',
    allow: '`no action`',
    holds: {
      quarantine: '`reject`, on which its milter quarantines: the hold queue of Postfix',
      tempfail: softReject,
      reject: '`reject`: 554 5.7.1',
      label: passesLabelled
    },
    block: '`reject`: 554 5.7.1',
    label: labelled,
    failure: '`default_action` of Postfix',
    login: '`{auth_authen}`',
    content: 'whole',
    deploy: 'rspamd-proxy'
  },
  haraka: {
    name: 'Haraka 3',
    asksBy: 'rspamd HTTP, port 11333',
    allow: '`no action`',
    holds: { tempfail: softReject, reject: '`reject`: 550', label: passesLabelled },
    block: '`reject`: 550',
    label: labelled,
    failure: 'leaves, or 450 by `[defer]`',
    login: '`User`',
    content: 'whole',
    deploy: 'haraka'
  },
  zonemta: {
    name: 'ZoneMTA 3',
    asksBy: 'rspamd HTTP, port 11333',
    allow: '`no action`',
    holds: { reject: '`reject`: 550', label: 'leaves' },
    block: '`reject`: 550',
    label: 'its own `X-Zone-Spam-…`',
    failure: 'leaves; 421 while Sluice hangs',
    login: '`user`',
    content: 'whole, up to its `maxSize`',
    deploy: 'zonemta'
  },
  postal: {
    name: 'Postal',
    asksBy: 'rspamd HTTP, port 11333',
    allow: 'points below its threshold',
    holds: { reject: 'points above its threshold: hard fail', label: 'leaves' },
    block: 'points above its threshold: hard fail',
    label: 'none',
    failure: 'leaves',
    login: 'none',
    content: 'whole',
    deploy: null
  },
  kumomta: {
    name: 'KumoMTA',
    asksBy: 'rspamd HTTP, port 11333, by a Lua file',
    allow: '`no action`',
    holds: {
      tempfail: '451 4.7.1',
      reject: '550 5.7.1',
      quarantine: 'goes into its `hold_queue`',
      label: passesLabelled
    },
    block: '550 5.7.1',
    label: 'the three fields',
    failure: 'leaves, or 451 by `on_failure`',
    login: '`authn_id`',
    content: 'whole',
    deploy: 'kumomta'
  },
  opensmtpd: {
    name: 'OpenSMTPD 7',
    asksBy: 'its filter `sluice filter opensmtpd`, which asks port 11333',
    allow: '`proceed`',
    holds: { tempfail: '451 4.7.1', reject: '550 5.7.1', label: passesLabelled },
    block: '550 5.7.1',
    label: labelled,
    failure: 'leaves, or 451 by `--on-failure`',
    login: '`link-auth`',
    content: 'whole',
    deploy: 'opensmtpd'
  },
  rspamd: {
    name: 'rspamc, and whatever else asks as it does',
    asksBy: 'rspamd HTTP, port 11333',
    allow: '`no action`',
    holds: {
      tempfail: '`soft reject`',
      quarantine: '`quarantine`',
      reject: '`reject`',
      label: 'no action, with the label in `milter.add_headers`'
    },
    block: '`reject`',
    label: '`milter.add_headers`',
    failure: 'its own',
    login: '`User`',
    content: 'whole',
    deploy: null
  },
  'exim-rspamd': {
    name: 'Exim 4, `variant=rspamd`',
    asksBy: 'RSPAMC, port 11333 or a unix socket',
    allow: '`$spam_action` is `no action`',
    holds: {
      quarantine: '`quarantine`: its ACL freezes the message',
      tempfail: '`soft reject`: its ACL says 451 4.7.1',
      reject: '`reject`: its ACL says 550 5.7.1',
      label: passesLabelled
    },
    block: '`reject`: its ACL says 550 5.7.1',
    label: 'by its ACL, out of `$spam_report`; forged ones go',
    failure: 'leaves (`/defer_ok`), or 451',
    login: '`User`',
    content: 'whole',
    deploy: 'exim/rspamd'
  },
  spamc: {
    name: 'spamc, and Exim 4 without a variant',
    asksBy: 'SPAMC, port 11333',
    allow: 'fewer than 6 points',
    holds: {
      quarantine: '6 to 15 points: spam to spamc; the ACL of Exim freezes the message',
      label: 'fewer than 15 points, with `X-Sluice-Verdict: hold`'
    },
    block: '15 points and more; the ACL of Exim says 550 5.7.1',
    label: 'in the message that it gets back; forged ones go',
    failure: 'leaves, or 451 without `/defer_ok`',
    login: 'none: `identityHeader`',
    content: 'whole',
    deploy: 'exim/spamd'
  },
  stalwart: {
    name: 'Stalwart, MTA hook',
    asksBy: 'HTTP, `POST /callouts/stalwart`',
    allow: '`accept`',
    holds: { tempfail: '`reject` with 451 4.7.1', reject: '`reject` with 550 5.7.1', label: passesLabelled },
    block: '`reject` with 550 5.7.1',
    label: labelled,
    failure: '451, or leaves by `tempFailOnError`',
    login: '`sasl.login`',
    content: 'in UTF-8: other bytes are lost',
    deploy: 'stalwart'
  },
  'mta-hooks': {
    name: 'MTA Hooks (draft 01), and its milter bridge',
    asksBy: 'HTTP, `/.well-known/mta-hooks`',
    allow: '204, or labels only',
    holds: {
      quarantine: '`/action` is `quarantine`',
      tempfail: '`reject` with 451 4.7.1',
      reject: '`reject` with 550 5.7.1',
      label: passesLabelled
    },
    block: '`reject` with 550 5.7.1',
    label: labelled,
    failure: '451; of the bridge by `--fail-open`',
    login: '`/auth`; none of bridge 0.1',
    content: 'whole',
    deploy: 'mta-hooks'
  }
} as const satisfies Record<ClientKindName, ClientWords>
