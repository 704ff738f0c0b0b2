using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using Npgsql;

namespace NanoComm.Keys
{
    /// <summary>How a server is reached: libpq's names, and what they mean for the driver. A connection that leaves the computer is
    /// encrypted and the server's certificate verified, unless it is said otherwise.</summary>
    internal sealed class ServerSettings
    {
        private const int ConnectSeconds = 10;
        private const int CommandSeconds = 120;

        // A clerk waits that long for others; one who is gone in the middle of a change keeps others waiting no longer than that.
        private const string SessionOptions = "-c lock_timeout=30s -c idle_in_transaction_session_timeout=5min";

        private static readonly string[] Known =
        [
            "host", "port", "dbname", "user", "password", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey",
            "target_session_attrs", "connect_timeout", "service", "servicefile", "mark",
        ];

        private static readonly Dictionary<string, SslMode> SslModes = new()
        {
            ["disable"] = SslMode.Disable,
            ["allow"] = SslMode.Allow,
            ["prefer"] = SslMode.Prefer,
            ["require"] = SslMode.Require,
            ["verify-ca"] = SslMode.VerifyCA,
            ["verify-full"] = SslMode.VerifyFull,
        };

        private readonly Dictionary<string, string> _values;

        private ServerSettings(Dictionary<string, string> values)
        {
            _values = values;
            string unknown = values.Keys.FirstOrDefault(name => !Known.Contains(name));
            if (unknown is not null)
            {
                throw new LedgerException($"the ledger's address says '{unknown}', which is none of {string.Join(", ", Known.Except(
                    ["password"]))}");
            }

            Connection = Build();
        }

        /// <summary>For the driver.</summary>
        public NpgsqlConnectionStringBuilder Connection { get; }

        /// <summary>Where the mark of this clerk is to be; null for the usual place.</summary>
        public string MarkPath => Get("mark");

        /// <summary>What messages call the ledger.</summary>
        public string Name => $"postgres://{Connection.Host}"
            + (Connection.Host.Contains(',') || Connection.Host.StartsWith('/') ? "" : $":{Connection.Port}") + $"/{Connection.Database}";

        /// <summary>The user that the server is to know.</summary>
        public string User => Connection.Username;

        private bool IsLocal => Connection.Host.Split(',').All(host => host.StartsWith('/') || host == "localhost"
            || (IPAddress.TryParse(host, out IPAddress address) && IPAddress.IsLoopback(address)));

        /// <summary>What an address says.</summary>
        public static ServerSettings Of(Dictionary<string, string> values)
        {
            if (values.ContainsKey("password"))
            {
                throw PasswordIsOpen();
            }

            return values.TryGetValue("service", out string service)
                ? new ServerSettings(Join(values, ServiceFile.Read(service, values.GetValueOrDefault("servicefile"))))
                : new ServerSettings(values);
        }

        /// <summary>What the service of a name says.</summary>
        public static ServerSettings OfService(string name) => new(ServiceFile.Read(name, null));

        /// <summary>That others can see a password in the address.</summary>
        public static LedgerException PasswordIsOpen()
        {
            return new LedgerException("there is a password in the ledger's address, where others can see it: take it out, and put it into "
                + "~/.pgpass as host:port:database:user:password (chmod 600), or into PGPASSWORD");
        }

        private static Dictionary<string, string> Join(Dictionary<string, string> first, Dictionary<string, string> second)
        {
            var all = new Dictionary<string, string>(second);
            foreach ((string name, string value) in first)
            {
                all[name] = value;
            }

            return all;
        }

        private static string Environ(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

        private string Get(string name) => _values.GetValueOrDefault(name);

        private int Number(string name, string value, int most)
        {
            return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most ? number
                : throw new LedgerException($"the ledger's address: {name} '{value}' is no number up to {most}");
        }

        private NpgsqlConnectionStringBuilder Build()
        {
            string user = Get("user") ?? Environ("PGUSER") ?? Environment.UserName;
            var connection = new NpgsqlConnectionStringBuilder
            {
                Username = user,
                Database = Get("dbname") ?? Environ("PGDATABASE") ?? user,
                ApplicationName = "nanocomm",
                SearchPath = PostgresLedger.Schema,
                Options = SessionOptions,
                Pooling = false,
                MaxAutoPrepare = 40,
                AutoPrepareMinUsages = 3,
                CommandTimeout = CommandSeconds,
                TcpKeepAlive = true,
                Timeout = Get("connect_timeout") is string timeout ? Number("connect_timeout", timeout, 1000) : ConnectSeconds,
                Password = Get("password"),
                Passfile = Get("passfile"),
                RootCertificate = Get("sslrootcert"),
                SslCertificate = Get("sslcert"),
                SslKey = Get("sslkey"),
            };
            SetHosts(connection);
            if (Get("target_session_attrs") is string wanted)
            {
                connection.TargetSessionAttributes = wanted;
            }

            return connection;
        }

        private void SetHosts(NpgsqlConnectionStringBuilder connection)
        {
            string[] hosts = (Get("host") ?? Environ("PGHOST") ?? "localhost").Split(',');
            string[] ports = (Get("port") ?? Environ("PGPORT") ?? $"{NpgsqlConnection.DefaultPort}").Split(',');
            int[] numbers = ports.Select(port => port.Length == 0 ? NpgsqlConnection.DefaultPort : Number("port", port, ushort.MaxValue))
                .ToArray();
            if (numbers.Length != 1 && numbers.Length != hosts.Length)
            {
                throw new LedgerException("the ledger's address: give one port, or one for each host");
            }

            connection.Port = numbers[0];
            connection.Host = numbers.Length == 1 ? string.Join(',', hosts)
                : string.Join(',', hosts.Zip(numbers, (host, port) => host.Contains(':') ? $"[{host}]:{port}" : $"{host}:{port}"));
        }

        /// <summary>Looks whether the connection is as safe as it must be, and sets how it is.</summary>
        public void Secure()
        {
            string passfile = Get("passfile") ?? Environ("PGPASSFILE")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pgpass");
            if (File.Exists(passfile) && Get("password") is null && Environ("PGPASSWORD") is null)
            {
                ServiceFile.RefuseOpen(passfile);
            }

            string wanted = Get("sslmode") ?? Environ("PGSSLMODE") ?? (IsLocal ? "prefer" : "verify-full");
            if (!SslModes.TryGetValue(wanted, out SslMode mode))
            {
                throw new LedgerException($"the ledger's address: sslmode '{wanted}' is none of {string.Join(", ", SslModes.Keys)}");
            }

            if (!IsLocal && mode is SslMode.Allow or SslMode.Prefer)
            {
                throw new LedgerException($"the ledger's address: sslmode {wanted} would go on without encryption when somebody on the way "
                    + "wants it so: say verify-full, which is usual, or disable if the way is safe");
            }

            Connection.SslMode = mode;
        }
    }
}
