using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using NUnit.Framework;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Dlms;
using NanoComm.Tests.Host.Tools;

namespace NanoComm.Tests.Host.Meter
{
    /// <summary>The utility's association: keys, counters, a line that loses, and a metering unit that is not what it
    /// says.</summary>
    public class MeterAssociationTests
    {
        private static readonly byte[] Guek = ServerBench.Key(0x40);
        private static readonly byte[] Gak = ServerBench.Key(0x80);

        [TestCase(false)]
        [TestCase(true)]
        public void TheSwitchIsLookedAtAndSet(bool isWrapped)
        {
            using var site = new MeterSite(isWrapped);

            AssertSays(site.Run("meter", "switch"), 0, "the switch of 4E434D0000000001 stands at 30 minutes");
            AssertSays(site.Run("meter", "switch", "15"), 0, "stands at 15 minutes, before at 30");
            Assert.That(site.State.Granularity, Is.EqualTo(15));
            AssertSays(site.Run("meter", "switch", "15"), 0, "stands at 15 minutes");
            Assert.That(site.Count(SecurityEventCode.GranularitySwitched), Is.EqualTo(1));
        }

        [Test]
        public void AMeterThatDoesNotSwitchSaysSo()
        {
            using var site = new MeterSite();
            (int exitCode, _, string error) = site.Run("meter", "switch", "7");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain("'7'"));

            site.Run("meter", "switch");
            site.Store.Refuses = true;
            (exitCode, _, error) = site.Run("meter", "switch", "5");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain("refuses: HardwareFault"));

            site.Store.Refuses = false;
            site.Server.Quirks.Miss("0.0.96.129.0.255");
            (exitCode, _, error) = site.Run("meter", "switch", "5");
            Assert.That(exitCode, Is.EqualTo(1));
            Assert.That(error, Does.Contain("refuses: ObjectUndefined").And.Contain("0-0:96.129.0.255"));
        }

        [Test]
        public void TheEventsAreTheMetersOwn()
        {
            using var site = new MeterSite();
            site.State.Events.Add(new DateTime(2026, 3, 31, 7, 8, 9), SecurityEventCode.TicketNotAuthentic);
            site.State.Events.Add(new DateTime(2026, 3, 31, 7, 8, 10), (SecurityEventCode)200);

            (int exitCode, string output, _) = site.Run("meter", "events", "--json");
            Assert.That(exitCode, Is.Zero);
            Assert.That(output, Does.Contain("\"first\": \"2026-03-31T07:08:09+09:00\",\n    \"code\": 14,\n    \"event\": "
                + "\"ticket not authentic\",\n    \"times\": 1"));
            Assert.That(site.Run("meter", "events").Output, Does.Match("2026-03-31 07:08:09 +│ +1 │ ticket not authentic")
                .And.Contains("event 200, unknown to this program"));
        }

        [Test]
        public void EveryEventOfTheSimulatedMeterHasWords()
        {
            IEnumerable<string> words = Enum.GetValues<SecurityEventCode>().Select(code => NanoComm.Tool.MeterEvents.Describe((int)code));

            Assert.That(words, Is.Unique.And.All.Not.Contains("unknown to this program"));
        }

        [Test]
        public void WrongKeysAreToldAndNothingIsDone()
        {
            using var site = new MeterSite();
            MeterSite.WriteKeys(site.Keys, "4E434D0000000001", "4E43550000000003", Guek, ServerBench.Key(0x81));

            AssertFails(site.Run("meter", "switch", "5"), "refuses these keys");
            Assert.That(site.Count(SecurityEventCode.AuthenticationFailed), Is.EqualTo(1));
            site.Clock.AdvanceSeconds(1);
            MeterSite.WriteKeys(site.Keys, "4E434D0000000001", "4E43550000000009", Guek, Gak);
            AssertFails(site.Run("meter", "switch", "5"), "refuses these keys");
            Assert.That(site.State.Granularity, Is.EqualTo(30));
        }

        [Test]
        public void AnotherMeterIsToldByItsTitle()
        {
            using var site = new MeterSite();
            MeterSite.WriteKeys(site.Keys, "4E434D0000000002", "4E43550000000003", Guek, Gak);

            AssertFails(site.Run("meter", "switch", "5"), "is 4E434D0000000001, and --keys has those of 4E434D0000000002");
        }

        private static readonly (string Name, Action<MeteringUnitFaults> Lie, string What)[] Lies =
        [
            ("tag", faults => faults.WrongTag = true, "is not authentic"),
            ("proof", faults => faults.WrongProof = true, "is not authentic"),
            ("counter", faults => faults.ReplaysCounter = true, "is not authentic"),
            ("challenge", faults => faults.EchoesChallenge = true, "no challenge, or our own"),
            ("title", faults => faults.EchoesTitle = true, "is 4E43550000000003, and --keys has those"),
            ("invoke id", faults => faults.WrongInvokeId = true, "makes no sense"),
            ("exception", faults => faults.ExceptionCounter = 7, "has ended the association"),
            ("types", faults => faults.WrongTypes = true, "something else than a number"),
            ("restart", faults => faults.RestartsAfter = 2, "has closed the link in the middle"),
        ];

        private static IEnumerable<string> LieNames => Lies.Select(lie => lie.Name);

        [TestCaseSource(nameof(LieNames))]
        public void WhatIsNotAuthenticOrMakesNoSenseEndsIt(string name)
        {
            using var site = new MeterSite();
            (_, Action<MeteringUnitFaults> lie, string what) = Lies.Single(each => each.Name == name);
            lie(site.Server.Faults);

            (int exitCode, string output, string error) = site.Run("meter", "switch", "5");
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(error, Does.Contain(what));
            Assert.That(output, Is.Empty);
            Assert.That(site.State.Granularity, Is.EqualTo(30));
        }

        [Test]
        public void AMeterThatDoesNotAnswerIsTold()
        {
            using var site = new MeterSite();
            site.Server.Faults.NeverAnswers = true;

            AssertFails(site.Run("meter", "switch"), "does not answer: look whether it has power");
            Assert.That(site.Received.Count(bytes => bytes.Length > 5 && bytes[5] == 0x93), Is.EqualTo(3), "SNRM, sent again twice");
        }

        [Test]
        public void WhereNobodyListensThatIsTold()
        {
            using var site = new MeterSite();
            var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            string nowhere = listener.LocalEndpoint.ToString();
            listener.Stop();

            AssertFails(ToolCommand.Run("meter", "switch", "--mu", $"tcp:{nowhere}", "--keys", site.Keys),
                $"--mu: nobody takes the call at {nowhere} within 5 s");
            AssertFails(ToolCommand.Run("meter", "switch", "--mu", site.In("ttyNone"), "--keys", site.Keys), "--mu: the serial port ");
            AssertFails(ToolCommand.Run("meter", "switch", "--mu", "tcp:nowhere", "--keys", site.Keys), "is not HOST:PORT");
        }

        [Test]
        public void WhatTheLineLosesIsSentAgain([Range(1, 2)] int losses)
        {
            using var site = new MeterSite();
            site.Losses = losses;

            AssertSays(site.Run("meter", "switch", "1"), 0, "stands at 1 minutes, before at 30");
        }

        [Test]
        [Platform("Linux")]
        public void ASerialPortIsAsGood()
        {
            using var site = new MeterSite();
            using var port = new PseudoTerminal();
            port.Received += bytes => site.Server.Receive(bytes.Span);
            site.Server.Send += port.Send;
            port.Start();

            AssertSays(ToolCommand.Run("meter", "switch", "15", "--mu", port.Name, "--baud", "9600", "--keys", site.Keys), 0,
                "stands at 15 minutes, before at 30");
        }

        [Test]
        public void WhoSpeaksAnotherWrappingIsTold()
        {
            using var site = new MeterSite(isWrapped: true);
            AssertFails(ToolCommand.Run("meter", "switch", "--mu", $"tcp:{site.Address}", "--keys", site.Keys), "does not answer: look");

            using var hdlc = new MeterSite();
            AssertFails(ToolCommand.Run("meter", "switch", "--mu", $"wrapper:{hdlc.Address}", "--keys", hdlc.Keys),
                "does not answer within 5 s");
        }

        [Test]
        public void NoCounterIsUsedTwiceWhateverBecomesOfItsFile()
        {
            using var site = new MeterSite();
            site.Run("meter", "switch");
            site.Run("meter", "switch");
            string file = site.Keys + ".counter";
            uint kept = uint.Parse(File.ReadAllText(file));
            File.WriteAllText(file, $"{kept + 5_000_000}\n");
            site.Run("meter", "switch");

            List<uint> counters = Counters(site).ToList();
            Assert.That(counters, Has.Count.EqualTo(9), "AARQ, proof and question of three runs");
            Assert.That(counters, Is.Unique.And.Ordered);
            Assert.That(counters[^1], Is.GreaterThan(kept + 5_000_000 - 1));
            Assert.That(uint.Parse(File.ReadAllText(file)), Is.GreaterThan(counters[^1]));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        [TestCase("some")]
        [TestCase("")]
        [TestCase("-5")]
        [TestCase("99999999999")]
        public void ACounterThatIsNoneSendsNothing(string text)
        {
            using var site = new MeterSite();
            File.WriteAllText(site.Keys + ".counter", text);

            AssertFails(site.Run("meter", "switch"), "should hold the next counter, a number, and does not");
            Assert.That(site.Received, Is.Empty);
        }

        [Test]
        public void KeysAtTheirEndSendNothing()
        {
            using var site = new MeterSite();
            File.WriteAllText(site.Keys + ".counter", "4294967290");

            AssertFails(site.Run("meter", "switch"), "these keys are used up");
        }

        [Test]
        public void KeysInUseAreNotUsedTwiceAtOnce()
        {
            using var site = new MeterSite();
            using (new FileStream(site.Keys, FileMode.Open, FileAccess.Read, FileShare.None))
            {
                AssertFails(site.Run("meter", "switch"), "is in use: another command works with these keys now");
            }

            AssertSays(site.Run("meter", "switch"), 0, "stands at");
        }

        [Test]
        [Platform(Exclude = "Win")]
        [UnsupportedOSPlatform("windows")]
        public void KeysThatOthersCanReadAreRefused()
        {
            using var site = new MeterSite();
            File.SetUnixFileMode(site.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

            AssertFails(site.Run("meter", "switch"), $"others can read {site.Keys}: shut them out with chmod 600");
            Assert.That(site.Received, Is.Empty);
        }

        [TestCase("", "holds no keys of the utility")]
        [TestCase("[]", "holds no keys of the utility")]
        [TestCase("[1]", "holds no keys of the utility")]
        [TestCase("{\"utility_guek\":\"00\"}", "holds no keys of the utility")]
        [TestCase("[{\"title\":\"4E434D0000000001\",\"kind\":\"cu\"}]", "holds no keys of the utility")]
        [TestCase("[{\"title\":\"4E434D0000000001\",\"utility_title\":\"4E43550000000003\",\"utility_guek\":\"00\",\"utility_gak\":\"00\"}]",
            "holds no keys of the utility")]
        [TestCase("[{\"utility_guek\":\"00\"},{\"utility_guek\":\"00\"}]", "holds the keys of 2 metering units")]
        public void AFileWithoutKeysIsToldSo(string content, string what)
        {
            using var site = new MeterSite();
            File.WriteAllText(site.Keys, content);

            AssertFails(site.Run("meter", "switch"), what);
        }

        [Test]
        public void AFileThatIsNotThereIsToldSo()
        {
            using var site = new MeterSite();
            File.Delete(site.Keys);

            AssertFails(site.Run("meter", "switch"), $"--keys: there is no file {site.Keys}");
        }

        // Of ciphered requests, and of the initiate request in an AARQ; HDLC frames that begin an APDU.
        private static IEnumerable<uint> Counters(MeterSite site)
        {
            foreach (byte[] bytes in site.Received)
            {
                var frames = new HdlcDeframer();
                foreach (HdlcFrame frame in frames.Push(bytes).Where(frame => frame.Information.Length > 3))
                {
                    byte[] apdu = frame.Information[3..].ToArray();
                    int at = apdu[0] == 0x60 ? apdu.AsSpan().IndexOf((byte[])[0x21, 0x1F, 0x30]) + 3 : Array.IndexOf(apdu, (byte)0x30) + 1;
                    yield return BinaryPrimitives.ReadUInt32BigEndian(apdu.AsSpan(at));
                }
            }
        }

        private static void AssertSays((int ExitCode, string Output, string Error) run, int exitCode, string what)
        {
            Assert.That(run.Error, Is.Empty);
            Assert.That(run.ExitCode, Is.EqualTo(exitCode));
            Assert.That(run.Output, Does.Contain(what));
        }

        private static void AssertFails((int ExitCode, string Output, string Error) run, string what)
        {
            Assert.That(run.Error, Does.Contain(what));
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
        }
    }
}
