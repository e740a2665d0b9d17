import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import type { Closing } from '../harness/closing.ts'
import { freePorts } from '../harness/free-ports.ts'
import type { ProgramHome } from '../harness/programs.ts'
import { startProgram } from '../harness/start-program.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { baseOf, logFileOf, makeFolders, stockServices } from '../postfix/lay-out.ts'
import { libraries } from '../postfix/start-postfix.ts'

/** The limits that both servers are given. */
export const limits = { maxMessageBytes: 100_000, maxRecipients: 5 } as const

/** Postfix's smtpd, strict where it can be, which takes mail from this machine and throws it away. Gives its port. */
export async function startSmtpd(t: Closing, postfix: ProgramHome): Promise<number> {
  const directory = await temporaryDirectory('postfix')
  await chmod(directory, 0o755)
  await makeFolders(directory)
  const [port = 0] = await freePorts(1)
  const etc = join(directory, 'etc')
  await loadCertificate({ directory: etc, hostname: 'mail.example.org', clock: Date.now })
  await writeFile(join(etc, 'main.cf'), baseOf({ directory, postfix, sinkPort: 1 }) + settings(etc))
  const smtpd = `127.0.0.1:${port} inet n - n - - smtpd`
  await writeFile(join(etc, 'master.cf'), [...(await stockServices(postfix)), smtpd, ''].join('\n'))
  await startProgram(t, {
    name: 'postfix',
    path: postfix.at('usr/lib/postfix/sbin/master'),
    args: ['-c', etc, '-s'],
    env: { ...libraries(postfix), MAIL_CONFIG: etc },
    logFile: logFileOf(directory),
    readyPort: port
  })
  return port
}

function settings(etc: string): string {
  return Object.entries({
    relayhost: '',
    default_transport: 'discard:',
    mynetworks: '127.0.0.0/8',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    message_size_limit: limits.maxMessageBytes,
    smtpd_recipient_limit: limits.maxRecipients,
    // What the standard says rather than what the world does
    strict_rfc821_envelopes: 'yes',
    smtpd_helo_required: 'yes',
    smtputf8_enable: 'yes',
    smtpd_discard_ehlo_keywords: 'chunking',
    smtpd_forbid_bare_newline: 'yes',
    smtpd_error_sleep_time: 0,
    smtpd_client_connection_count_limit: 0,
    smtpd_tls_security_level: 'may',
    smtpd_tls_cert_file: join(etc, 'smtp-cert.pem'),
    smtpd_tls_key_file: join(etc, 'smtp-key.pem')
  })
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
}
