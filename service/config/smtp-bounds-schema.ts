import { z } from 'zod'
import { count } from './schema-values.ts'

const mebibyte = 1_048_576
const minuteMs = 60_000

/** `[smtp.bounds]`: what one client may cost. Each default says why; docs/operate/submission.md has the table. */
export const smtpBoundsSchema = z.strictObject({
  /** An office behind one address, with a mail program or two on each desk; a fifth of all connections. */
  maxPerAddress: count.default(100).describe('Connections of one address at once'),
  /** A /24 or /64 is one customer of some provider: several offices of it, and still less than half of all connections. */
  maxPerNetwork: count.default(200).describe('Connections of one /24 (IPv4) or /64 (IPv6) at once'),
  /** A person has a few devices; a newsletter program opens some twenty. */
  maxPerUser: count.default(50).describe('Connections of one user at once, wherever from'),
  /** As much as Postfix bears (smtpd_hard_error_limit): typing by hand goes wrong less often. */
  maxErrors: count.default(20).describe('Refused commands in a session before 421'),
  /** As Postfix (smtpd_soft_error_limit): a list with a few dead addresses costs nothing. */
  tarpitAfterErrors: count.default(10).describe('Refused commands before each further one waits'),
  /** A guesser makes a tenth of the guesses; a human does not notice. */
  tarpitMs: count.default(1_000).describe('How long it waits'),
  /** As Postfix (smtpd_junk_command_limit): connections are kept warm with a NOOP a minute, not with more. */
  maxIdleCommands: count.default(100).describe('NOOP, RSET, VRFY, HELP, EHLO without a message before 421'),
  /** A fast relay sends 250 messages of four commands each per second on one connection; beyond it waits. */
  commandsPerSecond: count.default(1_000).describe('Commands a second of one connection before it waits'),
  /** Under pressure Postfix gives 10 s (stress); whoever is working needs less than a second. */
  tightIdleTimeoutMs: count
    .default(10_000)
    .describe('Time for a command while four fifths of all connections are used'),
  /** TLS, EHLO and AUTH take a program one second, a human with a terminal two minutes. */
  loginTimeoutMs: count
    .default(2 * minuteMs)
    .describe('Time from the greeting to a login where one is needed'),
  /** Kept connections are worth having, but not for ever: certificates, bounds and users change. */
  maxSessionMs: count.default(60 * minuteMs).describe('Time for a whole session'),
  /** A balancer sends the header at once; the specification asks for at least 3 s, one retransmission. */
  proxyTimeoutMs: count.default(5_000).describe('Time for the PROXY header'),
  /** Four round trips on the worst of lines. */
  tlsTimeoutMs: count.default(30_000).describe('Time for a TLS handshake'),
  /** Slower than any modem: what is slower holds a connection, it does not send. */
  minDataBytesPerSecond: count.default(100).describe('Slowest pace of a message'),
  /** RFC 5321 section 4.5.3.2.5: a block of data may take 3 minutes. */
  dataWindowMs: count.default(3 * minuteMs).describe('Over which the pace is measured'),
  /** 25 MiB at 120 kbit/s. */
  maxDataMs: count.default(30 * minuteMs).describe('Time for one message'),
  /** Invisible to people, a thousandfold brake on a program. */
  authDelayMs: z.int().min(0).default(1_000).describe('What a refused login waits'),
  /** Enough for two typing errors. */
  maxFailuresPerConnection: count.default(3).describe('Refused logins in a session before 421'),
  /** An office with some stale passwords stays below; a guesser gets there in a minute. */
  maxFailuresPerAddress: count
    .default(30)
    .describe('Refused logins of an address within the window before it is banned'),
  /** Four times that: whoever spreads over a /24 gains little. */
  maxFailuresPerNetwork: count.default(120).describe('The same of a /24 or /64'),
  windowMs: count.default(10 * minuteMs).describe('Over which refused logins are counted'),
  /** The first ban ends before its owner calls support. */
  banMs: count.default(5 * minuteMs).describe('The first ban; each further one is twice as long'),
  /** Dynamic addresses change hands within a day. */
  maxBanMs: count.default(24 * 60 * minuteMs).describe('The longest ban'),
  /** A guessed-at name makes strangers wait, less than mail programs do (30 s): its owner gets in from anywhere. */
  maxUserDelayMs: count.default(10_000).describe('The longest that a guessed-at name makes strangers wait'),
  /** Answers would come late for everyone; usual is below 20 ms. */
  maxEventLoopLagMs: count.default(2_000).describe('Lag of the event loop beyond which new work is refused'),
  /** Below http.maxPending (2,000), at which scoring itself refuses: late refusals cost a whole message each. */
  maxScoringPending: count
    .default(1_500)
    .describe('Submissions waiting for scoring beyond which new work is refused'),
  /** Room for a thousand large messages and for deliveries to write what became of theirs. */
  minFreeDiskBytes: z
    .int()
    .min(0)
    .default(512 * mebibyte)
    .describe('Free disk below which messages are refused (452)'),
  /** A process beyond this leaks or is flooded; LMDB’s mapped pages count too, hence the room. */
  maxMemoryBytes: count
    .default(8_192 * mebibyte)
    .describe('Memory of the process beyond which new work is refused')
})
