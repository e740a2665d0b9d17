import { noIntroduction, type CalloutRequest } from '../asking/callout-request.ts'
import { toIp, type Command } from './commands.ts'
import { createMacros, type Macros } from './macros.ts'
import type { Message } from './message.ts'

/** What the mail server tells of the SMTP client whose messages it shows. */
export interface SmtpClient {
  readonly macros: Macros
  connect(from: Pick<Extract<Command, { kind: 'connect' }>, 'ip' | 'port'>): void
  helo(name: string): void
  /** The question about a message of this client. */
  toRequest(message: Message): Omit<CalloutRequest, 'peer'>
  /** The next client is told of over the same connection: nothing is left of this one. */
  end(): void
}

export function createSmtpClient(): SmtpClient {
  const macros = createMacros()
  let address: { readonly ip: string | null; readonly port: number | null } = { ip: null, port: null }
  let helo: string | null = null

  return {
    macros,
    connect({ ip, port }) {
      address = { ip, port }
    },
    helo(name) {
      helo = name
    },
    toRequest({ content, mailFrom, rcptTo }) {
      const ip = address.ip ?? toIp(macros.get('client_addr') ?? '')
      const raw = content.raw()
      return {
        protocol: 'milter',
        introduction: introductionOf(macros),
        client: { ip, helo, port: address.port, tls: tlsOf(macros) },
        user: macros.get('auth_authen'),
        authMethod: macros.get('auth_type'),
        mailFrom,
        rcptTo,
        queueId: macros.get('i'),
        raw,
        isUnread: !content.hadRoom(),
        sizeBytes: content.sizeBytes()
      }
    },
    end() {
      macros.endConnection()
      address = { ip: null, port: null }
      helo = null
    }
  }
}

/** Each service of Postfix may have a name (milter_macro_daemon_name); `v` is `Postfix 3.7.11`. */
function introductionOf(macros: Macros): CalloutRequest['introduction'] {
  return { ...noIntroduction, settingsId: macros.get('daemon_name'), userAgent: macros.get('v') }
}

function tlsOf(macros: Macros): CalloutRequest['client']['tls'] {
  const version = macros.get('tls_version')
  return version === null ? null : { version, cipher: macros.get('cipher') }
}
