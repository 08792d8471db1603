"""The server that is soaked: started on a free port, looked at from outside, and ended in order."""
import collections
import ctypes
import json
import os
import signal
import subprocess
import time

TOKEN = "dl_0123456789abcdefghijklmnopqrstuv"


def die_with_parent():
    """Asks the kernel (PR_SET_PDEATHSIG) to end this child when the soak goes, however that happens."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Server:
    def __init__(self, program, folder):
        self.program, self.database = program, os.path.join(folder, "news.db")
        self.log_path, self.settings = os.path.join(folder, "server.log"), os.path.join(folder, "settings.json")
        self.changes = 0
        self.write_settings()
        # Lines of requests would fill a disk in a long soak.
        command = [program, "serve", "--port", "0", "--database", self.database, "--config", self.settings, "--log-requests", "false"]
        environment = {"PATH": os.environ.get("PATH", ""), "DATELINE_ADMIN_TOKEN": TOKEN}
        with open(self.log_path, "w") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=die_with_parent)
        self.port = self.listening()

    def write_settings(self):
        """Other settings than before, in place of the file at once."""
        with open(self.settings + ".new", "w") as out:
            json.dump({"http": {"cors_origins": "https://desk%d.example" % self.changes, "kept_bytes_max": 8 << 20}}, out)
        os.replace(self.settings + ".new", self.settings)

    def change_settings(self):
        self.changes += 1
        self.write_settings()
        self.process.send_signal(signal.SIGHUP)

    def untaken(self):
        """Changes of settings that the server has not told of."""
        told = sum(line.get("message") == "the settings were read again" for line in self.log_lines())
        return [] if told == self.changes else ["of %d changes of settings %d were taken over" % (self.changes, told)]

    def listening(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            for line in self.log_lines():
                if line.get("message") == "listening":
                    return line["port"]
            time.sleep(0.05)
        self.kill()
        raise SystemExit("soak: the server does not listen; see %s" % self.log_path)

    def log_lines(self):
        lines = []
        with open(self.log_path) as log:
            for text in log:
                try:
                    lines.append(json.loads(text))
                except ValueError:
                    lines.append({"level": "error", "message": text.strip()})
        return lines

    def figures(self):
        """What the kernel says of the process, and the sizes of its files."""
        place = "/proc/%d" % self.process.pid
        with open(place + "/status") as status:
            fields = dict(line.split(":", 1) for line in status)
        with open(place + "/stat") as stat:
            # The name before the last bracket may hold anything.
            ticks = sum(int(field) for field in stat.read().rsplit(")", 1)[1].split()[11:13])
        return {
            "private_mb": round(int(fields["RssAnon"].split()[0]) / 1_024, 1), "threads": int(fields["Threads"]),
            "thread_names": thread_names(place), "descriptors": len(os.listdir(place + "/fd")), "cpu_seconds": ticks / os.sysconf("SC_CLK_TCK"),
            "database_mb": size(self.database), "wal_mb": size(self.database + "-wal"),
        }

    def at_rest(self):
        """Its figures when nobody has asked for a while: connections have lingered out, and spare memory has gone back."""
        time.sleep(15)
        return self.figures()

    def ended(self):
        """What is wrong with how it ends at SIGTERM."""
        if self.process.poll() is not None:
            return ["the server has ended by itself, with status %d" % self.process.returncode]
        self.process.terminate()
        try:
            status = self.process.wait(60)
        except subprocess.TimeoutExpired:
            return ["the server does not end within a minute of SIGTERM"]
        return [] if status == 0 else ["the server ended with status %d after SIGTERM" % status]

    def damage(self):
        """What `dateline check` finds."""
        found = subprocess.run([self.program, "check", "--database", self.database], capture_output=True, text=True)
        return [] if found.returncode == 0 else ["check: " + line for line in (found.stderr or found.stdout).splitlines()[:10]]

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def thread_names(place):
    """How many threads of each name there are. Those of Dispatch have names that end with the class of their queue."""
    names = collections.Counter()
    for task in os.listdir(place + "/task"):
        try:
            with open("%s/task/%s/comm" % (place, task)) as name:
                names[name.read().strip()] += 1
        except OSError:
            pass  # It has just ended.
    return names


def size(path):
    return round(os.path.getsize(path) / (1 << 20), 1) if os.path.exists(path) else 0.0
