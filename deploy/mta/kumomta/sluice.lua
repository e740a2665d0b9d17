-- /opt/kumomta/etc/policy/sluice.lua: asks Sluice about every message, once, before KumoMTA takes it.
-- Needs KumoMTA 2025.12.02 or later, for the event smtp_server_data: smtp_server_message_received comes once a recipient.
--
-- In init.lua:
--
--   local sluice = dofile '/opt/kumomta/etc/policy/sluice.lua'
--   sluice.options.password = 'the one of sluice.toml'
--   kumo.on('smtp_server_ehlo', sluice.on_ehlo)
--   kumo.on('smtp_server_data', sluice.on_data)

local kumo = require 'kumo'

local mod = {}

mod.options = {
  url = 'http://127.0.0.1:11333/checkv2',

  -- What proves to Sluice that this is your KumoMTA, so that its mail may teach.
  password = nil,

  -- Sluice answers within 8 seconds (callouts.deadlineMs), or with what its onFailure says.
  timeout = '10 seconds',

  -- With Sluice away or hanging: 'open' lets the message pass unjudged, 'closed' answers 451.
  on_failure = 'open',

  -- With hold = "quarantine" in sluice.toml: the queue that keeps what is held. nil: 451, so that the sender's program tries again.
  hold_queue = nil,
}

local client = nil

local function http_client()
  client = client
    or kumo.http.build_client {
      user_agent = 'KumoMTA-Sluice/1',
      timeout = mod.options.timeout,
    }
  return client
end

-- '192.0.2.7:25', '[2001:db8::7]:25' -> without the port
local function address_of(peer)
  return peer:match '^%[(.*)%]:%d+$' or peer:match '^([^:]*):%d+$' or peer
end

local function path(address)
  return '<' .. tostring(address):gsub('^<(.*)>$', '%1') .. '>'
end

local function paths(addresses)
  local list = {}
  for _, address in ipairs(addresses) do
    list[#list + 1] = path(address)
  end
  return table.concat(list, ', ')
end

local function ask(msg, conn_meta)
  local headers = {
    ['Settings-ID'] = 'kumomta',
    ['Queue-ID'] = tostring(msg:id()),
    ['From'] = path(msg:sender()),
    ['Rcpt'] = paths(msg:recipient_list()),
    ['User'] = conn_meta:get_meta 'authn_id' or conn_meta:get_meta 'authz_id',
    ['IP'] = address_of(conn_meta:get_meta 'received_from' or ''),
    ['Helo'] = conn_meta:get_meta 'sluice_helo',
    ['MTA-Name'] = conn_meta:get_meta 'hostname',
    ['Password'] = mod.options.password,
  }
  local request = http_client():post(mod.options.url)
  for name, value in pairs(headers) do
    if value ~= '' then
      request:header(name, value)
    end
  end
  request:body(msg:get_data())
  local response = request:send()
  local status = response:status_code()
  if status ~= 200 then
    error('Sluice answered ' .. tostring(status))
  end
  local answer = kumo.serde.json_parse(response:text())
  if type(answer) ~= 'table' or type(answer.action) ~= 'string' then
    error 'Sluice answered without an action'
  end
  return answer
end

local function text_of(answer, otherwise)
  local messages = answer.messages
  return type(messages) == 'table' and messages.smtp_message or otherwise
end

-- Fields of these names that came with the message go; ours come on top.
local function label(msg, milter)
  if type(milter) ~= 'table' then
    return
  end
  for name in pairs(milter.remove_headers or {}) do
    msg:remove_all_named_headers(name)
  end
  for name, field in pairs(milter.add_headers or {}) do
    msg:prepend_header(name, field.value)
  end
end

function mod.on_ehlo(domain, conn_meta)
  conn_meta:set_meta('sluice_helo', domain)
end

function mod.on_data(msg, conn_meta)
  local ok, answer = pcall(ask, msg, conn_meta)
  if not ok then
    kumo.log_warn('sluice: not judged: ' .. tostring(answer))
    if mod.options.on_failure == 'closed' then
      kumo.reject(451, '4.3.2 Too busy, try again later')
    end
    return
  end
  local held = answer.action == 'quarantine' and not mod.options.hold_queue
  if answer.action == 'reject' then
    kumo.reject(550, '5.7.1 ' .. text_of(answer, 'Message refused'))
  elseif answer.action == 'soft reject' or held then
    kumo.reject(451, '4.7.1 ' .. text_of(answer, 'Message needs review, try again later'))
  end
  label(msg, answer.milter)
  if answer.action == 'quarantine' then
    msg:set_meta('queue', mod.options.hold_queue)
  end
end

return mod
