using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Simulators;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Tools
{
    internal static class HemsModuleTests
    {
        private const string Address = "FE80:0000:0000:0000:021D:1290:0003:C890";

        private static readonly HemsPan Pan = new(0x2F, 0x8888, "001D129012345678", 0x80, "CCDDEEFF");

        [Test]
        public static void A_dead_port_says_to_look_at_the_dongle()
        {
            var clock = Stopwatch.StartNew();
            HemsFault fault = Assert.Throws<HemsFault>(() => Make(new Script()).Open());
            Assert.That(fault.Message, Does.Contain("no Wi-SUN module answers at /dev/x").And.Contain("this side"));
            Assert.That(clock.Elapsed, Is.InRange(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(25)), "three attempts");
        }

        [TestCase("EINFO " + Address + " 001D129000000001 21 FFFF FFFE", "A1")]
        [TestCase("EINFO " + Address + " 001D129000000001 21 FFFF 0", "C2")]
        public static void The_dialect_shows_in_EINFO_and_echo_and_garbage_do_no_harm(string info, string dialect)
        {
            var script = new Script(("SKRESET", "SKRESET\r\nOK"), ("SKSREG", "SKSREG SFE 0\r\nOK"),
                ("SKVER", "EVER 1.2.10\r\n\r\nOK"), ("SKINFO", $"{info}\r\nOK"), ("ROPT", "OK 01"), ("", "\u0080\u00FFgarbage"));
            HemsModule module = Make(script);
            module.Open();
            Assert.That((module.Version, module.Dialect), Is.EqualTo(("1.2.10", dialect)));
        }

        [Test]
        public static void A_refusal_names_the_command_and_no_secret()
        {
            var script = new Script(("SKSETPWD", "FAIL ER06"));
            HemsFault fault = Assert.Throws<HemsFault>(() => Make(script).Use(RouteBCredentials.MadeUp));
            Assert.That(fault.Message, Does.Contain("refuses SKSETPWD (FAIL ER06)")
                .And.Not.Contain(RouteBCredentials.MadeUp.Password));
            Assert.That(script.Commands.Single(), Is.EqualTo($"SKSETPWD C {RouteBCredentials.MadeUp.Password}"));
        }

        [Test]
        public static void A_scan_finds_the_nearest_meter_of_the_id()
        {
            string beacons = Beacon("2F", "8888", "60", "CCDDEEFF") + Beacon("30", "9999", "90", "CCDDEEFF")
                + Beacon("31", "7777", "F0", "00000000");
            HemsPan pan = Make(new Script(("SKSCAN", $"OK\r\n{beacons}EVENT 22 {Address}"))).Scan("CCDDEEFF", 4);
            Assert.That(pan, Is.EqualTo(new HemsPan(0x30, 0x9999, "001D129012345678", 0x90, "CCDDEEFF")));
            Assert.That(pan.Rssi, Is.EqualTo(-64.7).Within(0.1));
            Assert.That(Make(new Script(("SKSCAN", $"OK\r\nEVENT 22 {Address}"))).Scan("CCDDEEFF", 4), Is.Null);
        }

        [TestCase("24", null)]
        [TestCase("25", Address)]
        public static void A_join_ends_by_its_event(string number, string joined)
        {
            var script = new Script(("SKSREG", "OK"), ("SKLL64", Address),
                ("SKJOIN", $"OK\r\nEVENT 21 {Address} 00\r\nERXUDP {Address} {Address} 02CC 02CC 001D129012345678 0 0001 x\r\n"
                    + $"EVENT {number} {Address}"));
            Assert.That(Make(script).Join(Pan), Is.EqualTo(joined));
            Assert.That(script.Commands, Is.EqualTo(new[]
            {
                "SKSREG S2 2F", "SKSREG S3 8888", "SKLL64 001D129012345678", $"SKJOIN {Address}",
            }));
        }

        [TestCase("EVENT 21 " + Address + " 00\r\nOK", true)]
        [TestCase("OK\r\nEVENT 21 " + Address + " 00", true)]
        [TestCase("EVENT 21 " + Address + " 01\r\nOK", false)]
        [TestCase("EVENT 21 " + Address + " 02\r\nOK", false)]
        [TestCase("FAIL ER10", false)]
        public static void A_datagram_is_sent_when_EVENT_21_says_so(string answer, bool isSent)
        {
            Assert.That(Make(new Script(("SKSENDTO", answer))).Send(Address, [0x10, 0x81]), Is.EqualTo(isSent));
        }

        [Test]
        public static void What_comes_while_a_command_waits_is_kept_and_plain_datagrams_are_not_believed()
        {
            string plain = $"ERXUDP {Address} {Address} 0E1A 0E1A 001D129012345678 0 0001 p";
            string encrypted = $"ERXUDP {Address} {Address} 0E1A 0E1A 001D129012345678 1 0001 e";
            HemsModule module = Make(new Script(
                ("SKSENDTO", $"{plain}\r\n{encrypted}\r\nEVENT 29 {Address}\r\nEVENT 21 {Address} 00\r\nOK")));
            module.Send(Address, [1]);
            var clock = Stopwatch.StartNew();
            Assert.That(module.Receive(clock, 1000), Is.TypeOf<HemsDatagram>().With.Property("Data").EqualTo("e"u8.ToArray()));
            Assert.That(module.Receive(clock, 1000), Is.EqualTo(new HemsNotice(HemsNotice.Expired, 0)));
            Assert.That(module.Receive(clock, 0), Is.Null);
        }

        private static HemsModule Make(Script script)
        {
            return new HemsModule(script, "/dev/x", CancellationToken.None);
        }

        private static string Beacon(string channel, string pan, string lqi, string pairingId)
        {
            return $"EVENT 20 {Address}\r\nEPANDESC\r\n  Channel:{channel}\r\n  Channel Page:09\r\n  Pan ID:{pan}\r\n"
                + $"  Addr:001D129012345678\r\n  LQI:{lqi}\r\n  PairID:{pairingId}\r\n";
        }

        // Answers what a command begins with; the command itself is kept.
        private sealed class Script(params (string Command, string Answer)[] answers) : IByteLine
        {
            public event Action<ReadOnlyMemory<byte>> Received;

            public List<string> Commands { get; } = [];

            public void Send(ReadOnlyMemory<byte> bytes)
            {
                string command = Encoding.Latin1.GetString(bytes.Span).TrimEnd();
                if (command.Length > 0)
                {
                    Commands.Add(command);
                }

                string answer = answers.FirstOrDefault(pair => pair.Command == command.Split(' ')[0]).Answer;
                if (answer is not null)
                {
                    Received?.Invoke(Encoding.Latin1.GetBytes(answer + "\r\n"));
                }
            }
        }
    }
}
