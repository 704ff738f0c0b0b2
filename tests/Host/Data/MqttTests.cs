using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NanoComm.Tests.Host.Tools;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Data
{
    /// <summary><c>mqtt</c>, at a real broker (Eclipse Mosquitto) and heard by its own client.</summary>
    internal static class MqttTests
    {
        private const int MeterPort = 36203;
        private const int Patience = 30_000;
        private const string Base = "nanocomm/FAKE-0001/";

        [Test]
        public static void Home_Assistant_finds_the_sensors_and_the_energy_dashboard_takes_them()
        {
            using var broker = new Mosquitto(18841);
            using var meter = new FakeMeterSocket(FakeMeter.Low(), MeterPort);
            MqttListener listener = broker.Listen();
            using var bridge = new Bridge(meter, broker);

            JsonElement energy = listener.WaitForJson("homeassistant/sensor/nanocomm_FAKE-0001/energy_normal/config");
            Assert.That(Text(energy, "device_class", "state_class", "unit_of_measurement", "state_topic", "availability_topic", "value_template"),
                Is.EqualTo(new[] { "energy", "total_increasing", "kWh", Base + "state", Base + "availability", "{{ value_json.energy_normal }}" }));
            Assert.That(energy.GetProperty("device").GetProperty("identifiers")[0].GetString(), Is.EqualTo("nanocomm_FAKE-0001"));
            JsonElement reverse = listener.WaitForJson("homeassistant/sensor/nanocomm_FAKE-0001/energy_reverse/config");
            Assert.That(reverse.GetProperty("unique_id").GetString(), Is.EqualTo("nanocomm_FAKE-0001_energy_reverse"));
            JsonElement power = listener.WaitForJson("homeassistant/sensor/nanocomm_FAKE-0001/power/config");
            Assert.That(Text(power, "device_class", "state_class", "unit_of_measurement"), Is.EqualTo(new[] { "power", "measurement", "W" }));
            JsonElement current = listener.WaitForJson("homeassistant/sensor/nanocomm_FAKE-0001/current_r/config");
            Assert.That(Text(current, "device_class", "state_class", "unit_of_measurement"), Is.EqualTo(new[] { "current", "measurement", "A" }));

            // A meter of two wires has no phase T, and its class no demand: neither is announced nor told.
            JsonElement state = listener.WaitForJson(Base + "state");
            Assert.That(state.EnumerateObject().Select(one => one.Name),
                Is.EqualTo(new[] { "time", "energy_normal", "energy_reverse", "power", "current_r" }));
            uint register = FakeMeter.Low().Register(new DateTime(2026, 11, 23, 12, 15, 0), false).Value;
            Assert.That((state.GetProperty("energy_normal").GetDecimal(), state.GetProperty("power").GetInt32(), state.GetProperty("current_r").GetDecimal()),
                Is.EqualTo((register * 0.3m, -100, 5m)));
            Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("online"));

            // Who comes later finds everything: it is retained.
            MqttListener late = broker.Listen();
            late.WaitFor("homeassistant/sensor/nanocomm_FAKE-0001/energy_normal/config");
            bridge.Dispose();
            Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("offline"), "said at the end");
        }

        [Test]
        public static void A_broker_that_was_gone_is_told_at_once_what_is_true_now()
        {
            using var broker = new Mosquitto(18842);
            var fake = FakeMeter.Low();
            using var meter = new FakeMeterSocket(fake, MeterPort);
            using var bridge = new Bridge(meter, broker);
            broker.Listen().WaitFor(Base + "availability");
            broker.Kill();
            Thread.Sleep(1500);
            fake.Register = (_, _) => 77_777;
            Thread.Sleep(1500);
            broker.Start();

            MqttListener listener = broker.Listen();
            listener.WaitFor("homeassistant/sensor/nanocomm_FAKE-0001/energy_normal/config");
            Assert.That(listener.WaitForJson(Base + "state").GetProperty("energy_normal").GetDecimal(), Is.EqualTo(77_777 * 0.3m));
            Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("online"));
        }

        // As long as that many readings take; once from the first moment on, and once in the middle.
        [Test]
        public static void A_broker_that_is_away_for_long_costs_no_memory_and_is_told_what_is_true_when_it_is_back()
        {
            const int Readings = 1000;
            using var broker = new Mosquitto(18847);
            broker.Kill();
            var settings = new MqttSettings
            {
                Meter = null,
                Broker = new BrokerAddress(broker.Place.Split(':')[0], int.Parse(Port(broker)), false),
                Topic = "nanocomm",
                Discovery = "homeassistant",
            };
            var topics = new MqttTopics(settings, "FAKE-0001");
            using var told = new BlockingCollection<(string Text, bool IsConnected)>();
            var bridge = new MqttBridge(settings, topics, (text, isConnected) => told.Add((text, isConnected))) { Pause = TimeSpan.FromMilliseconds(20) };
            var configs = new Dictionary<string, byte[]> { ["homeassistant/sensor/x/config"] = "{}"u8.ToArray() };
            WeakReference Show(int reading, bool isThere)
            {
                var picture = new MqttPicture(configs, Encoding.ASCII.GetBytes($"{{\"energy_normal\":{reading}}}"), isThere);
                bridge.Show(picture);
                return new WeakReference(picture);
            }

            (string Text, bool IsConnected) Told()
            {
                Assert.That(told.TryTake(out (string Text, bool IsConnected) one, Patience), "nothing is told");
                return one;
            }

            using var end = new CancellationTokenSource();
            Show(0, true);
            Task work = Task.Run(() => bridge.RunAsync(end.Token));
            foreach (int last in new[] { 1, 2 })
            {
                (string text, bool isConnected) = Told();
                Assert.That((text.EndsWith("; connecting again", StringComparison.Ordinal), isConnected), Is.EqualTo((true, false)), text);
                WeakReference[] shown = Enumerable.Range(0, Readings).Select(i => Show(i, i % 2 == 0)).ToArray();
                Show(last, true);
                GC.Collect();
                Assert.That(shown.Count(one => one.IsAlive), Is.LessThan(Readings / 10), "what nobody can be told any more is kept");
                Assert.That(told.Count, Is.LessThan(2), "the same trouble is told again and again");
                broker.Start();
                MqttListener listener = broker.Listen();
                Assert.That(listener.WaitFor(topics.State), Is.EqualTo($"{{\"energy_normal\":{last}}}"), "and nothing older before it");
                Assert.That(listener.WaitFor(topics.Availability), Is.EqualTo("online"));
                while (!Told().IsConnected)
                {
                    // Another word for the same trouble, at most.
                }

                if (last == 1)
                {
                    broker.Kill();
                }
            }

            end.Cancel();
            Assert.That(work.Wait(Patience), "it does not end");
        }

        [Test]
        public static void A_meter_that_goes_and_comes_back_is_offline_meanwhile()
        {
            using var broker = new Mosquitto(18843);
            var fake = FakeMeter.High();
            using var meter = new FakeMeterSocket(fake, MeterPort);
            MqttListener listener = broker.Listen();
            using var bridge = new Bridge(meter, broker);
            Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("online"));
            fake.IsSilent = true;
            Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("offline"));
            fake.IsSilent = false;
            Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("online"));
        }

        [Test]
        public static void Who_is_killed_is_offline_by_the_brokers_word()
        {
            using var broker = new Mosquitto(18844);
            using var meter = new FakeMeterSocket(FakeMeter.Low(), MeterPort);
            MqttListener listener = broker.Listen();
            string tool = Path.Combine(TestContext.CurrentContext.TestDirectory, "nanocomm.dll");
            using (Process program = Process.Start(new ProcessStartInfo("dotnet", [tool, "mqtt", "--from", meter.Address.ToString(), "--broker",
                $"mqtt://{broker.Place}", "--every", "1"]) { RedirectStandardOutput = true }))
            {
                Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("online"));
                program.Kill();
                program.WaitForExit();
            }

            Assert.That(listener.WaitFor(Base + "availability"), Is.EqualTo("offline"));
        }

        [Test]
        public static void A_wrong_password_is_one_line_and_the_right_one_gets_in()
        {
            using var folder = new TemporaryFolder();
            string users = Path.Combine(folder.Path, "users");
            Process.Start(Mosquitto.Find("mosquitto_passwd"), ["-b", "-c", users, "meter", "s3cret-of-the-broker"]).WaitForExit();
            using var broker = new Mosquitto(18845, "allow_anonymous false", $"password_file {users}");
            using var meter = new FakeMeterSocket(FakeMeter.Low(), MeterPort);
            (int exitCode, string output, string error) Run(string password) => ToolCommand.Run(folder.Path,
                new Dictionary<string, string> { ["NANOCOMM_MQTT_PASSWORD"] = password }, "mqtt", "--from", meter.Address.ToString(), "--broker",
                $"mqtt://{broker.Place}", "--broker-user", "meter", "--for", "3");

            (int exitCode, string output, string error) wrong = Run("wrong-of-the-broker");
            Assert.That(wrong.exitCode, Is.EqualTo(2));
            Assert.That(wrong.error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(wrong.error, Does.Contain("does not let us in: look at --broker-user and the password").And.Not.Contain("of-the-broker"));
            (int exitCode, string output, string error) right = Run("s3cret-of-the-broker");
            Assert.That((right.exitCode, right.error), Is.EqualTo((0, "")));
            Assert.That(right.output, Does.Contain($"mqtt://{broker.Place}, as {Base}state").And.Not.Contain("of-the-broker"));
        }

        [Test]
        public static void Over_TLS_a_broker_is_taken_by_its_certificate_alone()
        {
            using var folder = new TemporaryFolder();
            string In(string name) => Path.Combine(folder.Path, name);
            WriteCertificates(folder.Path);
            using var broker = new Mosquitto(18846, "allow_anonymous true", $"certfile {In("broker.crt")}", $"keyfile {In("broker.key")}", "listener 18846 127.0.7.42", $"certfile {In("broker.crt")}", $"keyfile {In("broker.key")}");
            using var meter = new FakeMeterSocket(FakeMeter.Low(), MeterPort);
            (int ExitCode, string Output, string Error) Run(string url, params string[] more) => ToolCommand.Run(["mqtt", "--from", meter.Address.ToString(),
                "--broker", url, "--for", "3", .. more]);

            string place = $"mqtts://{broker.Place}";
            Assert.That(Run(place, "--broker-ca", In("ca.crt")).Output, Does.Contain($"{place}, as {Base}state"));
            (int exitCode, _, string error) = Run(place);
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("is not whom it has to be"), "whom this computer trusts did not sign it");
            Assert.That(Run(place, "--broker-ca", In("other.crt")).Error, Does.Contain("is not whom it has to be"), "another authority");
            Assert.That(Run($"mqtts://127.0.7.42:{Port(broker)}", "--broker-ca", In("ca.crt")).Error, Does.Contain("is not whom it has to be"), "another name");
        }

        [Test]
        public static void Pauses_grow_to_a_minute_and_no_further()
        {
            var pauses = new List<double>();
            for (TimeSpan pause = MqttBridge.FirstPause; pauses.Count < 9; pause = MqttBridge.Longer(pause))
            {
                pauses.Add(pause.TotalSeconds);
            }

            Assert.That(pauses, Is.EqualTo(new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 }));
        }

        [TestCase("is no broker such as", "--broker", "broker.example")]
        [TestCase("is no broker such as", "--broker", "http://broker.example")]
        [TestCase("goes without user and password", "--broker", "mqtt://me:secret@broker.example")]
        [TestCase("--broker-password-file goes with --broker-user", "--broker", "mqtt://127.0.7.41", "--broker-password-file", "x")]
        [TestCase("goes with mqtts://", "--broker", "mqtt://127.0.7.41", "--broker-ca", "x")]
        [TestCase("is no topic", "--broker", "mqtt://127.0.7.41", "--topic", "a/#")]
        [TestCase("x cannot be read", "--broker", "mqtts://127.0.7.41", "--broker-ca", "x")]
        public static void A_bad_command_line_gives_one_line_and_exit_code_2(string says, params string[] arguments)
        {
            (int exitCode, string output, string error) = ToolCommand.Run(["mqtt", "--from", "127.0.7.31", .. arguments]);
            Assert.That((exitCode, output), Is.EqualTo((2, "")));
            Assert.That(error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(error, Does.Contain(says));
        }

        private static string Port(Mosquitto broker) => broker.Place.Split(':')[1];

        private static string[] Text(JsonElement json, params string[] names) => names.Select(name => json.GetProperty(name).GetString()).ToArray();

        private static void WriteCertificates(string folder)
        {
            DateTimeOffset from = DateTimeOffset.UtcNow.AddHours(-1);
            X509Certificate2 Authority(string name)
            {
                using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
                var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
                request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
                X509Certificate2 authority = request.CreateSelfSigned(from, from.AddDays(1));
                File.WriteAllText(Path.Combine(folder, name + ".crt"), authority.ExportCertificatePem());
                return authority;
            }

            using X509Certificate2 ca = Authority("ca");
            Authority("other").Dispose();
            using ECDsa own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var broker = new CertificateRequest("CN=broker", own, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(IPAddress.Parse("127.0.7.41"));
            broker.CertificateExtensions.Add(names.Build());
            using X509Certificate2 signed = broker.Create(ca, from, from.AddHours(20), [1, 2, 3]);
            File.WriteAllText(Path.Combine(folder, "broker.crt"), signed.ExportCertificatePem());
            File.WriteAllText(Path.Combine(folder, "broker.key"), own.ExportPkcs8PrivateKeyPem());
        }

        /// <summary>The command at work, reading each second, in this process.</summary>
        private sealed class Bridge : IDisposable
        {
            private readonly MqttSession _session;
            private readonly Thread _thread;

            public Bridge(FakeMeterSocket meter, Mosquitto broker)
            {
                string[] place = broker.Place.Split(':');
                _session = new MqttSession(new MqttSettings
                {
                    Meter = new HemsSettings { Ip = meter.Address, Every = TimeSpan.FromSeconds(1) },
                    Broker = new BrokerAddress(place[0], int.Parse(place[1]), false),
                    Topic = "nanocomm",
                    Discovery = "homeassistant",
                });
                _thread = new Thread(_session.Run);
                _thread.Start();
            }

            public void Dispose()
            {
                if (_thread.IsAlive)
                {
                    _session.End();
                    _thread.Join();
                    _session.Dispose();
                }
            }
        }
    }
}
