// A lint rule for the pure rooms: time and chance are arguments there, so that the same submission and profile give the same numbers
// in service, training and backtest.

const clocks = new Set(['Date.now', 'performance.now', 'process.hrtime', 'process.uptime'])
const chances = new Set(['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'])
const randomImports = new Set([
  'randomBytes',
  'randomUUID',
  'randomInt',
  'randomFill',
  'randomFillSync',
  'webcrypto'
])

const noClockNoChance = {
  create(context) {
    const report = (node, what) =>
      context.report({
        node,
        message: `${what}: in a pure room time and chance are arguments (DESIGN: the core is pure).`
      })
    return {
      MemberExpression(node) {
        const name = `${node.object.name}.${node.property.name ?? node.property.value}`
        if (clocks.has(name) || chances.has(name)) report(node, name)
      },
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'new Date()')
      },
      CallExpression(node) {
        if (node.callee.name === 'Date') report(node, 'Date()')
      },
      ImportSpecifier(node) {
        if (randomImports.has(node.imported.name)) report(node, node.imported.name)
      }
    }
  }
}

export default { meta: { name: 'pure-rooms' }, rules: { 'no-clock-no-chance': noClockNoChance } }
