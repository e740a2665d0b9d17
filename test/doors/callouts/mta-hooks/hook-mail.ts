import type { ApiApp } from '../../../../service/doors/api/api-app.ts'
import { bearer } from '../open-hooks.ts'

/** What the bridge mta-hooks-milter 0.1 offers, and needs to be confirmed. */
export const bridgeProperties = [
  '/stage',
  '/action',
  '/timestamp',
  '/protocol',
  '/rawMessage',
  '/envelope',
  '/queue',
  '/client'
] as const

/** As that bridge registers. */
export function registration(given: object = {}): object {
  return {
    name: 'postfix-mta-hooks',
    version: '0.1.0',
    timeoutMs: 20_000,
    serialization: 'json',
    inbound: { stages: ['data'], properties: bridgeProperties },
    outbound: null,
    ...given
  }
}

export const mail = 'From: alice@example.org\r\nSubject: Lunch\r\n\r\nAt noon?\r\n'

/** As that bridge asks; its later versions tell of `auth` and `tls` too. */
export function hook(given: object = {}): object {
  return {
    stage: 'data',
    action: 'accept',
    timestamp: '2026-11-22T08:00:00.000Z',
    protocol: { version: '1.0' },
    rawMessage: base64(mail),
    envelope: {
      from: { address: 'alice@example.org', parameters: { SIZE: '56' } },
      to: [{ address: 'bob@example.net', parameters: {} }]
    },
    queue: { id: '4XyZ12' },
    client: { ip: '203.0.113.7', port: 52311, ehlo: 'laptop.local' },
    ...given
  }
}

export function base64(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64')
}

export const secret = 'correct horse battery'

/** A mail server that has registered. */
export interface HookClient {
  readonly id: string
  readonly post: (payload: object, headers?: Readonly<Record<string, string>>) => ReturnType<typeof inject>
}

export async function register(app: ApiApp, shown = secret): Promise<HookClient> {
  const made = await inject(app, '/callouts/mta-hooks/registrations', registration(), bearer(shown))
  const { registrationId: id, hookEndpoint } = made.json()
  const usual = { ...bearer(shown), 'x-mta-hooks-registration': id, 'x-mta-hooks-request-id': 'request-1' }
  return { id, post: (payload, headers = {}) => inject(app, hookEndpoint, payload, { ...usual, ...headers }) }
}

function inject(app: ApiApp, url: string, payload: object, headers: Readonly<Record<string, string>>) {
  return app.inject({ method: 'POST', url, payload, headers })
}
