-- Asks Portcullis whether a request may pass, with HAProxy's own HTTP client. Its argument is Portcullis' address:
--
--     lua-load-per-thread /etc/haproxy/portcullis.lua
--     http-request lua.portcullis http://127.0.0.1:9091
--     http-request deny deny_status 503 unless { var(txn.portcullis) -m str yes }
--
-- Permit (200): the identity headers are set on the request and txn.portcullis is "yes". Denial: the visitor gets
-- Portcullis' answer. No answer, or an unknown one: 503. Only a 200 lets a request pass.

local question = "/portcullis/authz/forward-auth"

-- Milliseconds. Portcullis answers from memory; if it takes longer, it is down.
local patience = 5000

-- The headers for the app, with the separator that joins several lines of one: set from the answer, or removed if the
-- answer has none (a client's token always). Add the names of a site's `identity_headers` here. The last two come back
-- as the app may see them: without our cookies, our access tokens, and a password that was meant for Portcullis.
local told = {
    ["remote-user"] = ",", ["remote-name"] = ",", ["remote-email"] = ",", ["remote-groups"] = ",",
    ["x-portcullis-assertion"] = ",", ["x-portcullis-token"] = ",", ["cookie"] = "; ", ["authorization"] = ",",
}

-- Headers about the visitor's connection or the body: not part of the forward-auth request. Those for ranges, content
-- codings and conditional requests apply to the app's answer, not to Portcullis'.
local left_out = {
    ["connection"] = true, ["keep-alive"] = true, ["proxy-connection"] = true, ["te"] = true, ["trailer"] = true,
    ["transfer-encoding"] = true, ["upgrade"] = true, ["content-length"] = true, ["content-encoding"] = true,
    ["content-type"] = true, ["expect"] = true, ["accept-encoding"] = true, ["range"] = true, ["if-range"] = true,
    ["if-match"] = true, ["if-none-match"] = true, ["if-modified-since"] = true, ["if-unmodified-since"] = true,
}

-- Headers about Portcullis' connection. HAProxy frames the answer itself.
local not_relayed = {
    ["connection"] = true, ["keep-alive"] = true, ["transfer-encoding"] = true, ["content-length"] = true,
    ["upgrade"] = true, ["trailer"] = true,
}

-- HAProxy's tables of header values start at 0.
local function values_of(header)
    local values = {}
    local at = 0
    while header and header[at] ~= nil do
        values[#values + 1] = header[at]
        at = at + 1
    end
    return values
end

local function headers_of_question(txn)
    local headers = {}
    local sent = txn.http:req_get_headers()
    for name, header in pairs(sent) do
        if not left_out[name] then
            headers[name] = values_of(header)
        end
    end
    headers["x-forwarded-method"] = { txn.sf:method() }
    headers["x-forwarded-uri"] = { txn.sf:pathq() }
    -- Inside HTTP/2 a WebSocket has no key, but Portcullis recognises a WebSocket by its key.
    if sent["upgrade"] and not headers["sec-websocket-key"] then
        headers["sec-websocket-key"] = { "AAAAAAAAAAAAAAAAAAAAAA==" }
    end
    return headers
end

local function refuse(txn, answer)
    local reply = txn:reply()
    reply:set_status(answer.status, answer.reason)
    for name, header in pairs(answer.headers or {}) do
        if not not_relayed[name] then
            for _, value in ipairs(values_of(header)) do
                reply:add_header(name, value)
            end
        end
    end
    reply:set_body(answer.body or "")
    txn:done(reply)
end

local function unavailable(txn, reason)
    core.Alert("portcullis: no answer to a question: " .. tostring(reason))
    local reply = txn:reply()
    reply:set_status(503)
    reply:add_header("cache-control", "no-store")
    reply:add_header("retry-after", "5")
    txn:done(reply)
end

local function pass(txn, answer)
    for name, between in pairs(told) do
        local value = table.concat(values_of(answer.headers[name]), between)
        if value ~= "" then
            txn.http:req_set_header(name, value)
        else
            txn.http:req_del_header(name)
        end
    end
    txn:set_var("txn.portcullis", "yes")
end

core.register_action("portcullis", { "http-req" }, function(txn, gateway)
    local answer = core.httpclient():get({
        url = gateway .. question,
        headers = headers_of_question(txn),
        timeout = patience,
    })
    local status = answer and answer.status
    if status == 200 then
        pass(txn, answer)
    elseif status and status >= 300 and status < 600 and answer.headers then
        refuse(txn, answer)
    else
        unavailable(txn, status or "nobody answers")
    end
end, 1)
