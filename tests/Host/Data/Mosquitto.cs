using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using NanoComm.Tests.Host.Tools;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Data
{
    /// <summary>A real broker, Eclipse Mosquitto, on an address of its own, which can be killed and started again; and its own client.</summary>
    internal sealed class Mosquitto : IDisposable
    {
        private const string Address = "127.0.7.41";
        private const int Patience = 30_000;

        private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin"];

        private readonly TemporaryFolder _folder = new();
        private readonly int _port;
        private readonly List<Process> _listeners = [];
        private Process _broker;

        /// <summary>Starts it; the test is skipped where it is not installed.</summary>
        /// <param name="port">Its port; each test has its own.</param>
        /// <param name="settings">Lines of its configuration; it lets everybody in without.</param>
        public Mosquitto(int port, params string[] settings)
        {
            _port = port;
            File.WriteAllLines(Config, [$"listener {port} {Address}", "persistence false", "user root",
                .. settings.Length > 0 ? settings : ["allow_anonymous true"]]);
            Start();
        }

        /// <summary>Where it is, without the scheme.</summary>
        public string Place => $"{Address}:{_port}";

        private string Config => Path.Combine(_folder.Path, "mosquitto.conf");

        /// <summary>A program of it; the test is skipped where it is not installed.</summary>
        public static string Find(string name)
        {
            string path = Folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
            if (path == null)
            {
                Assert.Ignore($"{name} is not installed (Debian packages mosquitto, mosquitto-clients)");
            }

            return path;
        }

        /// <summary>Starts it; what was retained is gone.</summary>
        public void Start()
        {
            _broker = Process.Start(new ProcessStartInfo(Find("mosquitto"), ["-c", Config]) { RedirectStandardError = true, RedirectStandardOutput = true });
            var clock = Stopwatch.StartNew();
            while (!IsListening())
            {
                Assert.That(!_broker.HasExited && clock.ElapsedMilliseconds < Patience, "the broker does not start: " + (_broker.HasExited
                    ? _broker.StandardError.ReadToEnd() : ""));
                Thread.Sleep(20);
            }
        }

        /// <summary>Kills it, without a goodbye to anybody.</summary>
        public void Kill()
        {
            _broker.Kill();
            _broker.WaitForExit();
            _broker.Dispose();
            _broker = null;
        }

        /// <summary>Listens to everything, from what is retained on.</summary>
        public MqttListener Listen()
        {
            Process client = Process.Start(new ProcessStartInfo(Find("mosquitto_sub"), ["-h", Address, "-p", $"{_port}", "-t", "#", "-F", "%r %t %p"])
            {
                RedirectStandardOutput = true,
            });
            _listeners.Add(client);
            return new MqttListener(client.StandardOutput);
        }

        public void Dispose()
        {
            foreach (Process client in _listeners)
            {
                client.Kill();
                client.Dispose();
            }

            if (_broker != null)
            {
                Kill();
            }

            _folder.Dispose();
        }

        private bool IsListening()
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Connect(IPAddress.Parse(Address), _port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }
}
