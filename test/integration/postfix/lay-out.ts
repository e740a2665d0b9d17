import { chmod, chown, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyDeployFile, readDeployFile, type Replacements } from '../harness/deploy-file.ts'
import type { ProgramHome } from '../harness/programs.ts'

/** A folder of deploy/mta/postfix. */
export type Variant = 'milter' | 'milter-route' | 'policy' | 'policy-route'

export interface Layout {
  readonly directory: string
  readonly postfix: ProgramHome
  readonly submissionPort: number
  readonly reinjectionPort: number
  /** Where all mail goes in the end. */
  readonly sinkPort: number
  /** And its files, each with what stands here for its ports and paths. Behind rspamd's proxy: its own folder. */
  readonly variant: Variant | 'rspamd-proxy'
  readonly mainCf: Replacements
  readonly tables?: Readonly<Record<string, Replacements>>
  /** Further lines of main.cf. */
  readonly settings?: string
}

/** Users of Debian's base system: Postfix wants three that differ, and its own are not made by unpacking. */
export const owner = { name: 'proxy', uid: 13, gid: 13 } as const
const dropGroup = { name: 'uucp', gid: 10 } as const

export const logFileOf = (directory: string): string => join(directory, 'mail.log')

/** Configuration, queue and data directories: what a package's installation and an operator with deploy/mta/postfix would make. */
export async function layOut(layout: Layout): Promise<void> {
  const { directory, variant, mainCf, tables = {}, settings = '' } = layout
  const folder = variant === 'rspamd-proxy' ? variant : `postfix/${variant}`
  await makeFolders(directory)
  const etc = join(directory, 'etc')
  const paths = Object.keys(tables).length > 0 ? { '/etc/postfix': etc } : {}
  const deployed = await readDeployFile(`${folder}/main.cf`, { ...mainCf, ...paths })
  await writeFile(join(etc, 'main.cf'), [baseOf(layout), deployed, settings, ''].join('\n'))
  for (const [name, replacements] of Object.entries(tables))
    await copyDeployFile(`${folder}/${name}`, join(etc, name), replacements)
  await writeFile(join(etc, 'master.cf'), await masterOf(layout))
}

const queueFolders = 'active bounce corrupt defer deferred flush hold incoming private saved trace'.split(' ')

export async function makeFolders(directory: string): Promise<void> {
  const make = async (path: string, mode: number, uid: number, gid = 0): Promise<void> => {
    await mkdir(join(directory, path), { recursive: true })
    await chown(join(directory, path), uid, gid)
    await chmod(join(directory, path), mode)
  }
  await make('etc/sasl', 0o755, 0)
  await make('queue/pid', 0o755, 0)
  for (const name of queueFolders) await make(`queue/${name}`, 0o700, owner.uid)
  await make('queue/maildrop', 0o1730, owner.uid, dropGroup.gid)
  await make('queue/public', 0o2710, owner.uid, dropGroup.gid)
  await make('data', 0o700, owner.uid)
}

/** What the package and the operator had said already before the files of deploy/mta. */
export function baseOf({
  directory,
  postfix,
  sinkPort
}: Pick<Layout, 'directory' | 'postfix' | 'sinkPort'>): string {
  const settings = {
    compatibility_level: '3.6',
    daemon_directory: postfix.at('usr/lib/postfix/sbin'),
    command_directory: postfix.at('usr/sbin'),
    shlib_directory: postfix.at('usr/lib/postfix'),
    meta_directory: postfix.at('usr/share/postfix'),
    queue_directory: join(directory, 'queue'),
    data_directory: join(directory, 'data'),
    mail_owner: owner.name,
    setgid_group: dropGroup.name,
    maillog_file: logFileOf(directory),
    maillog_file_prefixes: directory,
    // The unpacked libraries have to be found by all its processes
    import_environment:
      'MAIL_CONFIG MAIL_LOGTAG TZ LANG=C LD_LIBRARY_PATH SASL_PATH POSTLOG_SERVICE POSTLOG_HOSTNAME',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    myhostname: 'mail.example.org',
    mydestination: '',
    alias_maps: '',
    local_recipient_maps: '',
    relayhost: `[127.0.0.1]:${sinkPort}`
  }
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')
}

/** Stock services, then deploy/mta/postfix/master.cf on ports of ours. */
async function masterOf({ postfix, submissionPort, reinjectionPort }: Layout): Promise<string> {
  const ours = await readDeployFile('postfix/master.cf', {
    'submission inet': `127.0.0.1:${submissionPort} inet`,
    '127.0.0.1:10025': `127.0.0.1:${reinjectionPort}`,
    // There is no certificate here
    'smtpd_tls_security_level=encrypt': 'smtpd_tls_security_level=none'
  })
  return [...(await stockServices(postfix)), ours].join('\n')
}

/** The package's services without those of other programs, without chroot and without any port. */
export async function stockServices(postfix: ProgramHome): Promise<readonly string[]> {
  const stock = await readFile(postfix.at('usr/share/postfix/master.cf.dist'), 'utf8')
  return stock
    .split(/\n(?=[^\s#])/u)
    .map((service) => service.replaceAll(/^#.*\n?/gmu, ''))
    .filter((service) => /^\S+ +unix/u.test(service) && !/ pipe\n/u.test(`${service}\n`))
    .map((service) => service.replace(/^(?<head>\S+ +\S+ +\S+ +\S+ +)y/u, '$<head>n'))
}
