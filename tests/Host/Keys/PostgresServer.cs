using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading;
using Npgsql;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>
    /// A PostgreSQL server for the tests, from the programs of Debian's package, in a folder of its own: on a socket in that
    /// folder and on a free port of 127.0.0.1. It ends with the program that started it, whatever ends that.
    /// </summary>
    internal sealed class PostgresServer : IDisposable
    {
        /// <summary>Why a test that needs one was not run.</summary>
        public const string Missing = "no PostgreSQL server (apt-get install postgresql)";

        private const string SuperUser = "postgres";

        // Ends the server when the test program's end of the pipe is closed, and leaves nothing.
        private const string Keeper = "trap '' HUP INT TERM; \"$@\" >>\"$FOLDER/log\" 2>&1 & p=$!; read x; kill -QUIT $p 2>/dev/null; wait $p; "
            + "[ \"$x\" = keep ] || rm -rf \"$FOLDER\"";

        private const int WaitSeconds = 60;
        private const int KillSignal = 9;
        private const int StopSignal = 19;

        private readonly string _folder;
        private readonly string _programs;
        private readonly string[] _settings;
        private Process _keeper;

        private PostgresServer(string programs, string[] settings)
        {
            _programs = programs;
            _settings = settings;
            _folder = Directory.CreateTempSubdirectory("pg").FullName;
            Port = FreePort();
        }

        /// <summary>The port on 127.0.0.1, and in the socket's name.</summary>
        public int Port { get; }

        /// <summary>The folder of its socket and its data.</summary>
        public string Folder => _folder;

        /// <summary>The process that the others are children of.</summary>
        public int MainProcess => int.Parse(File.ReadLines(Path.Combine(_folder, "data", "postmaster.pid")).First());

        /// <summary>Whether there is a server to start on this machine.</summary>
        public static bool CanStart => FindPrograms() is not null;

        /// <summary>Starts one.</summary>
        /// <param name="settings">Settings as name=value; without fsync=on a power cut would damage it, a kill does not.</param>
        public static PostgresServer Start(params string[] settings)
        {
            var server = new PostgresServer(FindPrograms() ?? throw new InvalidOperationException(Missing), settings);
            try
            {
                server.MakeData();
                server.Run();
                return server;
            }
            catch
            {
                server.Dispose();
                throw;
            }
        }

        /// <summary>An address of a database as nanocomm takes it.</summary>
        /// <param name="database">The database.</param>
        /// <param name="mark">Where the clerk's mark is to be.</param>
        /// <param name="user">The user.</param>
        public string Address(string database, string mark, string user = SuperUser)
        {
            return $"postgres://{user}@127.0.0.1:{Port}/{database}?mark={Uri.EscapeDataString(mark)}";
        }

        /// <summary>Does something as the superuser.</summary>
        public void Execute(string database, string text)
        {
            using NpgsqlConnection connection = Connect(database);
            using var command = new NpgsqlCommand(text, connection);
            command.ExecuteNonQuery();
        }

        /// <summary>A connection of the superuser.</summary>
        public NpgsqlConnection Connect(string database)
        {
            var connection = new NpgsqlConnection($"Host={_folder};Port={Port};Username={SuperUser};Database={database};Pooling=false;"
                + "Search Path=nanocomm;Timeout=5");
            connection.Open();
            return connection;
        }

        /// <summary>Makes the server's user the owner of a file or folder.</summary>
        public void Give(string path)
        {
            if (Environment.IsPrivilegedProcess)
            {
                RunToEnd("/", "chown", "nobody:nogroup", path);
            }
        }

        /// <summary>Starts it again after a kill.</summary>
        public void Run()
        {
            _keeper?.Dispose();
            string[] command =
            [
                .. AsUser(), Path.Combine(_programs, "postgres"), "-D", Path.Combine(_folder, "data"), "-k", _folder, "-p", $"{Port}",
                "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60",
                .. _settings.SelectMany(setting => new[] { "-c", setting }),
            ];
            var start = new ProcessStartInfo("sh", ["-c", Keeper, "sh", .. command])
            {
                RedirectStandardInput = true, WorkingDirectory = _folder,
            };
            start.Environment["FOLDER"] = _folder;
            _keeper = Process.Start(start);
            WaitUntilUp();
        }

        /// <summary>Kills it as a whole, as a power cut would but for what the operating system holds.</summary>
        public void Kill()
        {
            // Stopped first: what it started between the look and the kill would hold the memory that the next one wants, and
            // that one would not start.
            int main = MainProcess;
            _ = SendSignal(main, StopSignal);
            string[] children = File.ReadAllText($"/proc/{main}/task/{main}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (string child in children)
            {
                Kill(int.Parse(child, CultureInfo.InvariantCulture));
            }

            Kill(main);
            SpinWait.SpinUntil(() => children.All(HasEnded), WaitSeconds * 1000);
            _keeper.StandardInput.WriteLine("keep");
            _keeper.WaitForExit();
        }

        /// <summary>Kills one process.</summary>
        public static void Kill(int process) => _ = SendSignal(process, KillSignal);

        public void Dispose()
        {
            if (_keeper is { HasExited: false })
            {
                _keeper.StandardInput.Close();
                _keeper.WaitForExit();
            }

            _keeper?.Dispose();
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }

        private static string FindPrograms()
        {
            if (OperatingSystem.IsWindows())
            {
                return null;
            }

            string[] debian = Directory.Exists("/usr/lib/postgresql")
                ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => folder.Length).ThenByDescending(folder => folder)
                    .Select(folder => Path.Combine(folder, "bin")).ToArray() : [];
            string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
            return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb"))
                && File.Exists(Path.Combine(folder, "postgres")));
        }

        // The server refuses to run as root.
        private static string[] AsUser()
        {
            return Environment.IsPrivilegedProcess ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];
        }

        private static int FreePort()
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return ((IPEndPoint)socket.LocalEndPoint).Port;
        }

        private static void RunToEnd(string folder, params string[] command)
        {
            var start = new ProcessStartInfo(command[0], command.Skip(1))
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            };
            using Process process = Process.Start(start);
            string said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{command[0]}: {said}");
            }
        }

        [DllImport("libc", EntryPoint = "kill")]
        private static extern int SendSignal(int process, int signal);

        // Also when nobody has asked for its exit code yet.
        private static bool HasEnded(string process)
        {
            try
            {
                return File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return true;
            }
        }

        private void MakeData()
        {
            Give(_folder);
            RunToEnd(_folder, [.. AsUser(), Path.Combine(_programs, "initdb"), "-D", Path.Combine(_folder, "data"), "-U", SuperUser, "-A",
                "trust", "-N", "--no-instructions", "--locale=C", "-E", "UTF8"]);
        }

        private string LogTail() => string.Join('\n', File.ReadLines(Path.Combine(_folder, "log")).TakeLast(10));

        private void WaitUntilUp()
        {
            long start = Stopwatch.GetTimestamp();
            while (true)
            {
                try
                {
                    Connect("postgres").Dispose();
                    return;
                }
                catch (NpgsqlException error)
                {
                    if (Stopwatch.GetElapsedTime(start).TotalSeconds > WaitSeconds)
                    {
                        throw new InvalidOperationException($"the server is not up; its log ends:\n{LogTail()}", error);
                    }

                    Thread.Sleep(20);
                }
            }
        }
    }
}
