import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { loadCertificate } from '../../../service/doors/smtp/certificate.ts'
import { isRoot } from '../harness/as-root.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'

test(
  'a policy of MTA-STS is fetched once over HTTPS, and holds when its host is gone',
  { timeout: 60_000 },
  async (t) => {
    if (!isRoot(t, 'port 443')) return
    const directory = await temporaryDirectory('sts')
    await loadCertificate({ directory, hostname: '*.b.test', clock: Date.now })
    const files = [join(directory, 'smtp-cert.pem'), join(directory, 'smtp-key.pem')]
    const child = fileURLToPath(new URL('sts-child.ts', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [child, ...files], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: files[0] }
    })
    assert.deepEqual(JSON.parse(stdout), {
      told: ['sts', 'sts', 'sts', 'deferred 4.7.5'],
      asked: ['/.well-known/mta-sts.txt'],
      mode: 'enforce'
    })
  }
)
