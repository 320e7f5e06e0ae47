-- What an editor other than VS Code does with `tracewright lsp --stdio`: runs in `nvim --headless`, writes what it
-- learned as JSON. Written for Neovim 0.7, which has neither `vim.lsp.start` nor `-l`.
local node, cli, script, out = vim.env.TRACEWRIGHT_NODE, vim.env.TRACEWRIGHT_CLI, vim.env.TRACEWRIGHT_SCRIPT, vim.env.TRACEWRIGHT_OUT
local report = {}

vim.cmd('edit ' .. script)
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = 'tracewright',
  cmd = { node, cli, 'lsp', '--stdio' },
  root_dir = vim.fn.fnamemodify(script, ':h'),
  settings = { tracewright = { bpftrace = { version = '0.27' }, kernel = { source = 'none' } } },
})
vim.lsp.buf_attach_client(buffer, client)

-- Advice on the program is another matter; here it is its error that comes and goes.
local function diagnostics()
  return vim.tbl_filter(function(d) return d.code == 'syntax' end, vim.diagnostic.get(buffer))
end
report.diagnosed = vim.wait(15000, function() return #diagnostics() > 0 end, 50)
report.diagnostics = vim.tbl_map(function(d)
  return { line = d.lnum, column = d.col, message = d.message, source = d.source, code = d.code }
end, diagnostics())

local document = { uri = vim.uri_from_bufnr(buffer) }
local function ask(method, params)
  params.textDocument = document
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 10000)
  for _, answer in pairs(answers or {}) do return answer.result end
end

local place = { line = 1, character = 21 }
report.hover = ask('textDocument/hover', { position = place })
report.completion = ask('textDocument/completion', { position = place })
report.symbols = ask('textDocument/documentSymbol', {})

-- A correction has to clear the diagnostic.
vim.api.nvim_buf_set_lines(buffer, 2, 3, false, { 'END { $x = 1; print($x); }' })
report.corrected = vim.wait(10000, function() return #diagnostics() == 0 end, 50)

local file = io.open(out, 'w')
file:write(vim.fn.json_encode(report))
file:close()
vim.lsp.stop_client(client)
vim.cmd('qall!')
