using System.Threading;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The one server of these tests, started when a test first wants it; each test has a database of its own.</summary>
    [SetUpFixture]
    internal sealed class TestServer
    {
        private static readonly Lock Starting = new();

        private static PostgresServer _server;
        private static int _databases;

        /// <summary>The server. Where there is none, the test is skipped by name.</summary>
        public static PostgresServer Get()
        {
            if (!PostgresServer.CanStart)
            {
                Assert.Ignore("skipped: " + PostgresServer.Missing);
            }

            lock (Starting)
            {
                return _server ??= PostgresServer.Start("fsync=off", "deadlock_timeout=100ms");
            }
        }

        /// <summary>A database that is a copy of another one, and does not know it.</summary>
        public static string Copy(string template)
        {
            PostgresServer server = Get();
            string name = $"test{Interlocked.Increment(ref _databases)}";
            lock (Starting)
            {
                server.Execute("postgres", $"CREATE DATABASE {name} TEMPLATE {template}");
            }

            return name;
        }

        [OneTimeTearDown]
        public static void Stop()
        {
            _server?.Dispose();
            _server = null;
        }
    }
}
