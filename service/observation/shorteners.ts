/** Public link shorteners: the reader can't see where they lead. */
export const shorteners: ReadonlySet<string> = new Set([
  'bit.ly', 't.co', 'goo.gl', 'tinyurl.com', 'ow.ly', 'is.gd', 'buff.ly', 'cutt.ly', 'rb.gy', 'rebrand.ly', 'shorturl.at',
  't.ly', 'tiny.cc', 'v.gd', 'bl.ink', 'short.io', 'lnkd.in', 'qrco.de', 's.id', 'shorte.st', 'adf.ly', 'bit.do', 'u.to',
  'soo.gd', 'tr.im', 'x.co', 'clck.ru', 'vk.cc', 'dwz.cn', 't.cn', 'urlz.fr', 'kutt.it', 'snip.ly', 'tny.im', 'yourls.org',
  'linktr.ee', 'page.link', 'app.link', 'onelink.me', 'ln.run', 'n9.cl', 'acortar.link', 'did.li', '2no.co'
]) // prettier-ignore
