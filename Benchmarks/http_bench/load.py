"""Loads a server with wrk and sees what it costs."""
import json
import os
import socket
import subprocess
import time

from .servers import die_with_parent

SCRIPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "load.lua")


def measure(server, targets, seconds, connections, depth, core):
    """One measurement, after a second to warm up: CPU and memory of the server, rate and latencies as wrk sees them."""
    # Ten thousand connections take their time to be made.
    seconds += connections // 5_000
    wrk(server, targets, 1 + connections // 5_000, connections, depth, core)
    before = server.cpu()
    result, memory = wrk(server, targets, seconds, connections, depth, core)
    spent = server.cpu() - before
    failed = sum(result[kind] for kind in ("connect", "read", "write", "timeout", "status"))
    if result["requests"] == 0:
        return {"cpu_us": 0, "rate": 0, "p50_ms": 0, "p99_ms": 0, "private_mb": memory, "failed": max(1, failed)}
    return {"cpu_us": spent / result["requests"] * 1e6, "rate": result["requests"] / max(1, result["microseconds"]) * 1e6,
            "p50_ms": result["p50"] / 1e3, "p99_ms": result["p99"] / 1e3, "private_mb": memory, "failed": failed}


def wrk(server, targets, seconds, connections, depth, core):
    """What wrk says at its end, and the most private memory that the server had meanwhile."""
    command = ["taskset", "-c", str(core), "wrk", "-t1", "-c%d" % connections, "-d%ds" % seconds, "--timeout", "10s", "-s", SCRIPT,
               "http://127.0.0.1:%d" % server.port, "--", targets, str(depth)]
    memory, deadline = 0, time.monotonic() + seconds + 60
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, preexec_fn=die_with_parent) as process:
        while process.poll() is None:
            if time.monotonic() > deadline:
                process.kill()
                raise SystemExit("Benchmarks/http: wrk does not come to its end")
            memory = max(memory, server.private_mb())
            time.sleep(0.1)
        output = process.stdout.read()
    for line in output.splitlines():
        if line.startswith("JSON:"):
            return json.loads(line[5:]), memory
    raise SystemExit("Benchmarks/http: wrk failed: " + output)


class Idle:
    """So many connections, each of which has asked once, held open for the time of a `with`."""

    def __init__(self, port, count):
        self.port, self.count, self.sockets = port, count, []

    def __enter__(self):
        try:
            for _ in range(self.count):
                one = socket.create_connection(("127.0.0.1", self.port), timeout=30)
                self.sockets.append(one)
                one.sendall(b"GET /healthz HTTP/1.1\r\nHost: bench\r\n\r\n")
            for one in self.sockets:
                if not one.recv(4_096).startswith(b"HTTP/1.1 200 "):
                    raise SystemExit("Benchmarks/http: an idle connection was turned away")
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        for one in self.sockets:
            one.close()
