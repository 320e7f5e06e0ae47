/**
 * Runs inside the extension host, as another extension would: the MCP server that Tracewright offers is started by the
 * editor and one of its tools is called, with nobody signed in to anything.
 */
const assert = require('node:assert/strict')
const vscode = require('vscode')

const server = 'tracewright.tracewright/Tracewright'
const toolName = 'mcp_tracewright_bpftrace_validate_program'

exports.run = async () => {
  // An agent's first request would activate it; a test has no agent.
  await vscode.extensions.getExtension('tracewright.tracewright').activate()
  const tool = await startedTool(60_000)
  assert.ok(tool, `${toolName} is not among ${vscode.lm.tools.map(({ name }) => name).join(', ')}`)
  assert.ok(tool.inputSchema.properties.program, 'the tool describes its argument')

  const good = await call({ program: 'BEGIN { printf("hello\\n"); exit(); }' })
  assert.equal(good.valid, true)

  const bad = await call({ program: 'BEGIN { print(1 + ); }', bpftrace_version: '0.27' })
  assert.equal(bad.valid, false)
  const errors = bad.diagnostics.filter(({ severity }) => severity === 'error')
  assert.deepEqual(
    errors.map(({ code, line }) => ({ code, line })),
    [{ code: 'syntax', line: 1 }],
  )
}

/** Just after activation the command may do nothing, so it is given again until the tool is there. */
async function startedTool(patience) {
  const deadline = Date.now() + patience
  while (Date.now() < deadline) {
    await vscode.commands.executeCommand('workbench.mcp.startServer', server, { waitForLiveTools: true })
    const tool = vscode.lm.tools.find(({ name }) => name === toolName)
    if (tool) return tool
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  return undefined
}

async function call(input) {
  const result = await vscode.lm.invokeTool(toolName, { input, toolInvocationToken: undefined })
  const text = result.content.map((part) => part.value ?? '').join('')
  return JSON.parse(text)
}
