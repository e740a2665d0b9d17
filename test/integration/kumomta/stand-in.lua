-- `lua5.4 stand-in.lua SLUICE.LUA`: KumoMTA as sluice.lua sees it. There is no KumoMTA here, so that every call to it goes to the test:
-- a line of JSON on standard output says what is called, a line of Lua on standard input is the expression that comes back.

local function json(value)
  if type(value) == 'table' then
    local list = {}
    for _, item in ipairs(value) do
      list[#list + 1] = json(item)
    end
    return '[' .. table.concat(list, ',') .. ']'
  elseif type(value) == 'string' then
    local escaped = value:gsub('[%c"\\\127-\255]', function(byte)
      return string.format('\\u%04x', byte:byte())
    end)
    return '"' .. escaped .. '"'
  end
  return value == nil and 'null' or tostring(value)
end

local words = {}

local function call(object, method, ...)
  local arguments = {}
  for _, argument in ipairs { ... } do
    arguments[#arguments + 1] = type(argument) == 'table' and argument.timeout or argument
  end
  io.write(json { object, method, arguments }, '\n')
  io.flush()
  local line = io.read 'l'
  if not line then
    os.exit(0)
  end
  return assert(load('return ' .. line, 'the test', 't', words))()
end

-- What is called with a colon.
local function object(name)
  return setmetatable({}, {
    __index = function(_, method)
      return function(_, ...)
        return call(name, method, ...)
      end
    end,
  })
end

function words.object(name)
  return object(name)
end

function words.fail(text)
  error(text, 0)
end

-- An EnvelopeAddress.
function words.address(text)
  return setmetatable({}, {
    __tostring = function()
      return text
    end,
  })
end

local handlers = {}

package.preload['kumo'] = function()
  return {
    on = function(event, handler)
      handlers[event] = handler
    end,
    reject = function(code, text)
      error { code = code, text = text }
    end,
    log_warn = function(text)
      call('kumo', 'log_warn', text)
    end,
    http = {
      build_client = function(parameters)
        return call('http', 'build_client', parameters)
      end,
    },
    serde = {
      json_parse = function(text)
        return call('serde', 'json_parse', text)
      end,
    },
  }
end

local kumo = require 'kumo'
local sluice = dofile(arg[1])
for name, value in pairs(call('test', 'options')) do
  sluice.options[name] = value
end
kumo.on('smtp_server_ehlo', sluice.on_ehlo)
kumo.on('smtp_server_data', sluice.on_data)

while true do
  local helo = call('test', 'next_message')
  local conn_meta = object 'conn_meta'
  handlers.smtp_server_ehlo(helo, conn_meta)
  local taken, refusal = pcall(handlers.smtp_server_data, object 'msg', conn_meta)
  if taken then
    call('test', 'taken')
  elseif type(refusal) == 'table' then
    call('test', 'refused', refusal.code, refusal.text)
  else
    call('test', 'broken', tostring(refusal))
  end
end
