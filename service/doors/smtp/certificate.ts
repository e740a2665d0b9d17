import { mkdir, readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { writePrivateFile } from '../../access/private-file.ts'

export interface Certificate {
  readonly key: string
  readonly cert: string
}

export interface CertificateOptions {
  /** Where the certificate made at first start is kept. */
  readonly directory: string
  readonly hostname: string
  readonly clock: () => number
  /** The operator's own; both or none. */
  readonly certificateFile?: string | undefined
  readonly keyFile?: string | undefined
}

const yearMs = 365 * 24 * 3_600_000
/** Nobody checks a self-signed certificate's age, but clients that pin it should not have to do so again soon. */
const validYears = 10

/** The operator's certificate, else the one made at first start: self-signed, which encrypts but proves nothing. */
export async function loadCertificate({
  directory,
  hostname,
  clock,
  certificateFile,
  keyFile
}: CertificateOptions): Promise<Certificate> {
  if (certificateFile !== undefined && keyFile !== undefined) return read(certificateFile, keyFile)
  const files = [join(directory, 'smtp-cert.pem'), join(directory, 'smtp-key.pem')] as const
  try {
    return await read(...files)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const made = await makeCertificate(hostname, clock())
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await writePrivateFile(files[0], made.cert)
  await writePrivateFile(files[1], made.key)
  return made
}

async function read(certificateFile: string, keyFile: string): Promise<Certificate> {
  const [cert, key] = await Promise.all([readFile(certificateFile, 'utf8'), readFile(keyFile, 'utf8')])
  return { cert, key }
}

async function makeCertificate(hostname: string, now: number): Promise<Certificate> {
  const name =
    isIP(hostname) === 0 ? ({ type: 2, value: hostname } as const) : ({ type: 7, ip: hostname } as const)
  const made = await generate([{ name: 'commonName', value: hostname }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 24 * 3_600_000),
    notAfterDate: new Date(now + validYears * yearMs),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [name, { type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }]
      }
    ]
  })
  return { key: made.private, cert: made.cert }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
