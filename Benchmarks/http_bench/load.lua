-- wrk … -s load.lua URL -- TARGETS DEPTH: asks for the targets of a file in turn, so many in one packet.

local packets, count, last = {}, 0, 0

function init(args)
    local targets, depth = {}, tonumber(args[2])
    for target in io.lines(args[1]) do
        targets[#targets + 1] = wrk.format("GET", target, { ["Host"] = "127.0.0.1" })
    end
    -- A packet begins at each target, and goes on with those that follow.
    for first = 1, #targets do
        local packet = {}
        for step = 0, depth - 1 do
            packet[#packet + 1] = targets[(first - 1 + step) % #targets + 1]
        end
        packets[first] = table.concat(packet)
    end
    count = #packets
end

function request()
    last = last % count + 1
    return packets[last]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        'JSON:{"requests":%d,"microseconds":%d,"connect":%d,"read":%d,"write":%d,"status":%d,"timeout":%d,"p50":%d,"p99":%d}\n',
        summary.requests, summary.duration, errors.connect, errors.read, errors.write, errors.status, errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
