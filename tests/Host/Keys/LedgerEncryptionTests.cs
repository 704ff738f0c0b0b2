using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The way to a server, encrypted, and the server known by its certificate; and a way with several servers.</summary>
    internal static class LedgerEncryptionTests
    {
        [Test]
        public static void A_server_is_known_by_its_certificate_and_by_its_name_in_it()
        {
            using var f = new LedgerFixture(Backend.Postgres);
            PostgresServer server = TestServer.Get();
            string files = Directory.CreateTempSubdirectory("certificate").FullName;
            try
            {
                string own = MakeCertificate(Path.Combine(files, "own"), "localhost");
                string other = MakeCertificate(Path.Combine(files, "other"), "localhost");
                string byName = f.Address.Replace("127.0.0.1", "localhost") + "&sslmode=verify-full&sslrootcert=";
                Assert.That(() => Ledger.Open(byName + own, null), Fails("offers no encryption"));

                server.Give(Path.Combine(files, "own.key"));
                server.Give(files);
                Set(server, $"ssl_cert_file = '{own}'");
                Set(server, $"ssl_key_file = '{Path.Combine(files, "own.key")}'");
                Set(server, "ssl = on");
                Assert.That(() => TryOpen(byName + own), Is.Null.After(20_000, 100), "the server has taken its certificate");
                using (Ledger ledger = Ledger.Open(byName + own, null))
                {
                    Assert.That(f.Query("SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'nanocomm' "
                        + $"AND datname = '{f.Database}'"), Is.EqualTo(new[] { "True" }));
                }

                Assert.That(() => Ledger.Open(byName + other, null), Fails("no certificate that is known here"), "another signed it");
                Assert.That(() => Ledger.Open(f.Address + "&sslmode=verify-full&sslrootcert=" + own, null),
                    Fails("no certificate that is known here"), "that is not its name");
            }
            finally
            {
                Set(server, "ssl = off");
                Directory.Delete(files, recursive: true);
            }
        }

        [Test]
        public static void Of_several_servers_the_one_that_takes_changes_is_used()
        {
            using var f = new LedgerFixture(Backend.Postgres);
            string several = f.Address.Replace($"127.0.0.1:{TestServer.Get().Port}", $"127.0.0.1:1,127.0.0.1:{TestServer.Get().Port}")
                + "&target_session_attrs=read-write";
            using Ledger ledger = Ledger.Open(several, LedgerFixture.Passphrase, f.Clock);
            Assert.That(ledger.Issue([LedgerFixture.Request()])[0].Epoch, Is.EqualTo(f.Now));
        }

        private static NUnit.Framework.Constraints.Constraint Fails(string says)
        {
            return Throws.TypeOf<LedgerException>().With.Message.Contains(says);
        }

        private static string TryOpen(string address)
        {
            try
            {
                Ledger.Open(address, null).Dispose();
                return null;
            }
            catch (LedgerException error)
            {
                return error.Message;
            }
        }

        private static void Set(PostgresServer server, string setting)
        {
            server.Execute("postgres", $"ALTER SYSTEM SET {setting}");
            server.Execute("postgres", "SELECT pg_reload_conf()");
        }

        private static string MakeCertificate(string path, string name)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            File.WriteAllText(path + ".crt", certificate.ExportCertificatePem());
            File.WriteAllText(path + ".key", key.ExportPkcs8PrivateKeyPem());
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path + ".key", UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return path + ".crt";
        }
    }
}
