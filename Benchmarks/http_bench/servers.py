"""The two servers: started on one core, and ended by the process that was started."""
import ctypes
import http.client
import os
import signal
import socket
import subprocess
import time

TICKS = os.sysconf("SC_CLK_TCK")


def die_with_parent():
    """Asks the kernel (PR_SET_PDEATHSIG) to end this child when the bench goes, however that happens."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Server:
    def start(self, command, folder, core, port):
        self.port = port
        self.log = open(os.path.join(folder, self.name + ".log"), "w")
        self.process = subprocess.Popen(["taskset", "-c", str(core)] + command, stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
                                        preexec_fn=die_with_parent)
        deadline = time.monotonic() + 30
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise SystemExit("Benchmarks/http: %s does not answer; see %s" % (self.name, self.log.name))
            time.sleep(0.02)

    # What says that it has started.
    probe = "/healthz"

    def answers(self):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            client.request("GET", self.probe)
            return client.getresponse().status == 200
        except OSError:
            return False
        finally:
            client.close()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def processes(self):
        """Its process and the children of that."""
        with open("/proc/%d/task/%d/children" % (self.process.pid, self.process.pid)) as children:
            return [self.process.pid] + [int(child) for child in children.read().split()]

    def cpu(self):
        """CPU seconds used so far, user and system."""
        ticks = 0
        for process in self.processes():
            with open("/proc/%d/stat" % process) as stat:
                # The name before the last bracket may hold anything.
                ticks += sum(int(field) for field in stat.read().rsplit(")", 1)[1].split()[11:13])
        return ticks / TICKS

    def private_mb(self):
        kilobytes = 0
        for process in self.processes():
            with open("/proc/%d/status" % process) as status:
                kilobytes += sum(int(line.split()[1]) for line in status if line.startswith("RssAnon:"))
        return kilobytes / 1_024


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Dateline(Server):
    name = "Dateline"

    def __init__(self, program, database, folder, core):
        port = free_port()
        # More connections than are asked for: those of the measurement before may still be closing.
        self.start([program, "serve", "--database", database, "--port", str(port), "--http-loops", "1", "--log-requests", "false",
                    "--http-connections-max", "15000"], folder, core, port)


class Nginx(Server):
    """One worker over the files that hold Dateline's answers; what is open stays open, and nothing is logged."""

    name = "nginx"

    def __init__(self, folder, core):
        port = free_port()
        temporary = os.path.join(folder, "nginx")
        os.makedirs(temporary, exist_ok=True)
        with open(os.path.join(folder, "files", "health.json")) as file:
            health = file.read()
        temporaries = " ".join("%s_temp_path %s;" % (kind, temporary) for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        # The worker of a superuser's nginx becomes another user, who may not see the files.
        user = "user root;" if os.geteuid() == 0 else ""
        path = os.path.join(folder, "nginx.conf")
        with open(path, "w") as out:
            out.write("""
daemon off; worker_processes 1; pid %(temporary)s/pid; error_log stderr error; worker_rlimit_nofile 60000; %(user)s
events { worker_connections 15000; multi_accept on; }
http {
    access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; etag off; default_type application/json; %(temporaries)s
    keepalive_timeout 75; keepalive_requests 100000000;
    open_file_cache max=200000 inactive=600s; open_file_cache_valid 600s; open_file_cache_min_uses 1;
    server {
        listen 127.0.0.1:%(port)d backlog=4096;
        root %(folder)s/files;
        location = /healthz { return 200 '%(health)s'; }
        location = /v1/articles { try_files /list.json =404; }
        location /v1/articles/ { }
    }
}
""" % dict(temporary=temporary, user=user, temporaries=temporaries, port=port, folder=folder, health=health))
        self.start(["/usr/sbin/nginx", "-c", path, "-p", temporary], folder, core, port)
