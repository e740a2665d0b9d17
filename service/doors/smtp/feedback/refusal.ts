import type { SmtpReply } from '../verbs/reply.ts'

/** As smtp-server wants a refusal: an error whose message begins with the enhanced status. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly responseCode: number

  constructor({ code, status, text }: SmtpReply) {
    super(`${status} ${text}`)
    this.responseCode = code
  }
}
