using System;
using System.IO;
using NanoComm.Keys;
using Npgsql;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>Where a ledger is said to be, and how safe the way there is.</summary>
    internal static class LedgerAddressTests
    {
        [TestCase("postgres://clerk@db.example/keys", "db.example", 5432, "keys", "clerk", SslMode.VerifyFull)]
        [TestCase("postgresql://clerk@db.example:5433/keys", "db.example", 5433, "keys", "clerk", SslMode.VerifyFull)]
        [TestCase("postgres://a%40b@10.0.0.7/k%2Fx", "10.0.0.7", 5432, "k/x", "a@b", SslMode.VerifyFull)]
        [TestCase("postgres://c@[2001:db8::1]:5433/k", "2001:db8::1", 5433, "k", "c", SslMode.VerifyFull)]
        [TestCase("postgres://c@a,b/k?target_session_attrs=read-write", "a,b", 5432, "k", "c", SslMode.VerifyFull)]
        [TestCase("postgres://c@a:1,b:2/k", "a:1,b:2", 1, "k", "c", SslMode.VerifyFull)]
        [TestCase("postgres://c@127.0.0.1,db.example/k", "127.0.0.1,db.example", 5432, "k", "c", SslMode.VerifyFull)]
        [TestCase("postgres://c@127.0.0.1/k", "127.0.0.1", 5432, "k", "c", SslMode.Prefer)]
        [TestCase("postgres://c@[::1]/k", "::1", 5432, "k", "c", SslMode.Prefer)]
        [TestCase("postgres://c@localhost/k", "localhost", 5432, "k", "c", SslMode.Prefer)]
        [TestCase("postgres://c@/k?host=/run/postgresql", "/run/postgresql", 5432, "k", "c", SslMode.Prefer)]
        [TestCase("postgres://c@%2Frun%2Fpostgresql/k", "/run/postgresql", 5432, "k", "c", SslMode.Prefer)]
        [TestCase("postgres://c@127.0.0.1/k?sslmode=verify-full", "127.0.0.1", 5432, "k", "c", SslMode.VerifyFull)]
        [TestCase("postgres://c@db.example/k?sslmode=disable", "db.example", 5432, "k", "c", SslMode.Disable)]
        [TestCase("postgres://c@db.example/k?sslmode=verify-ca", "db.example", 5432, "k", "c", SslMode.VerifyCA)]
        public static void A_url_says_where_and_a_way_that_leaves_the_computer_is_encrypted_and_verified(string url, string host, int port,
            string database, string user, SslMode mode)
        {
            ServerSettings settings = ((ServerAddress)LedgerAddress.Parse(url)).Settings;
            settings.Secure();
            NpgsqlConnectionStringBuilder to = settings.Connection;
            Assert.That((to.Host, to.Port, to.Database, to.Username, to.SslMode), Is.EqualTo((host, port, database, user, mode)));
        }

        [TestCase("postgres://c:secret@h/k", "there is a password in the ledger's address")]
        [TestCase("postgres://c:@h/k", "there is a password in the ledger's address")]
        [TestCase("postgres://c@h/k?password=secret", "there is a password in the ledger's address")]
        [TestCase("postgres://c@h/k?sslmode=prefer", "sslmode prefer would go on without encryption")]
        [TestCase("postgres://c@h/k?sslmode=allow", "sslmode allow would go on without encryption")]
        [TestCase("postgres://c@h/k?sslmode=strict", "sslmode 'strict' is none of")]
        [TestCase("postgres://c@h/k?colour=red", "'colour', which is none of")]
        [TestCase("postgres://c@h:many/k", "port 'many'")]
        [TestCase("postgres://c@a:1,b:2,c/k?port=1,2", "give one port")]
        public static void What_is_not_understood_or_not_safe_is_said(string url, string says)
        {
            Assert.That(() => ((ServerAddress)LedgerAddress.Parse(url)).Settings.Secure(),
                Throws.TypeOf<LedgerException>().With.Message.Contains(says).And.Message.Not.Contains("secret"));
        }

        [TestCase("nanocomm.ledger")]
        [TestCase("postgres.ledger")]
        [TestCase("/var/service=x")]
        public static void Everything_else_is_a_file(string text)
        {
            Assert.That(LedgerAddress.Parse(text), Is.TypeOf<FileAddress>());
        }

        [Test]
        public static void A_service_is_read_from_its_file()
        {
            string folder = Directory.CreateTempSubdirectory("service").FullName;
            try
            {
                string file = Path.Combine(folder, "pg_service.conf");
                File.WriteAllText(file, "# the key office\n[other]\nhost=other.example\n\n[keys]\nhost = db.example\nport=5433\n"
                    + "dbname=keys\nuser=clerk\nsslrootcert=/etc/ca.pem\n[last]\nuser=x\n");
                string url = $"postgres:///?service=keys&servicefile={Uri.EscapeDataString(file)}";
                NpgsqlConnectionStringBuilder to = ((ServerAddress)LedgerAddress.Parse(url)).Settings.Connection;
                Assert.That((to.Host, to.Port, to.Database, to.Username, to.RootCertificate),
                    Is.EqualTo(("db.example", 5433, "keys", "clerk", "/etc/ca.pem")));
                Assert.That(() => LedgerAddress.Parse(url.Replace("keys", "none")),
                    Throws.TypeOf<LedgerException>().With.Message.Contains("no service [none]").And.Message.Contains(file));
                File.WriteAllText(file, "[keys]\npassword=secret\n");
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
                    Assert.That(() => LedgerAddress.Parse(url), Throws.TypeOf<LedgerException>().With.Message.Contains("chmod go="));
                    File.SetUnixFileMode(file, UnixFileMode.UserRead);
                }

                Assert.That(((ServerAddress)LedgerAddress.Parse(url)).Settings.Connection.Password, Is.EqualTo("secret"));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        [Test]
        public static void A_file_of_passwords_that_others_can_read_is_refused()
        {
            if (OperatingSystem.IsWindows())
            {
                Assert.Ignore("a file there has the rights of its folder");
                return;
            }

            string file = Path.GetTempFileName();
            try
            {
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
                var address = (ServerAddress)LedgerAddress.Parse($"postgres://c@h/k?passfile={Uri.EscapeDataString(file)}");
                Assert.That(address.Settings.Secure, Throws.TypeOf<LedgerException>().With.Message.Contains($"chmod go= {file}"));
            }
            finally
            {
                File.Delete(file);
            }
        }
    }
}
