import type { FastifyReply, FastifyRequest } from 'fastify'
import { ProblemError } from './problem-error.ts'

/** Small bodies are bounded by how many submissions may wait; only large ones can fill the memory. */
const worthCounting = 65_536

/**
 * Bounds what all requests in work announce to send: a hundred messages of 25 MB at once are refused early (503), before they are
 * read, and not by the kernel killing the process. `limitBytes`: of one body, assumed where no length is announced.
 */
export function createBodyBudget(
  totalBytes: number,
  limitBytes: number
): (request: FastifyRequest, reply: FastifyReply) => void {
  let inWork = 0
  return ({ headers, routeOptions }, reply) => {
    const announced =
      headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : limitBytes
    // Of a body that is read line by line never more than the limit is in memory
    const bytes = routeOptions.config.streamsBody === true ? Math.min(announced, limitBytes) : announced
    if (!(bytes >= worthCounting) || bytes > limitBytes) return
    if (inWork + bytes > totalBytes) throw new ProblemError('OVERLOADED', { headers: { 'retry-after': '1' } })
    inWork += bytes
    reply.raw.once('close', () => {
      inWork -= bytes
    })
  }
}
