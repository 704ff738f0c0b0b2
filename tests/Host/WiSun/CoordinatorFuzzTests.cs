using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using NanoComm.Hal;
using NanoComm.WiSun;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSun
{
    /// <summary>A million mutated module outputs: no exception, no standstill, and no datagram accepted that is not of
    /// the session, checked by a reader of its own.</summary>
    public static partial class CoordinatorFuzzTests
    {
        private const int Inputs = 1_000_000;
        private const int Remembered = 8192;

        // "{0}" is the terminal, "{1}" another one, "{2}" the unit.
        private static readonly string[] Corpus =
        [
            "OK\r\n", "OK 01\r", "FAIL ER10\r\n", "FAIL ER05\r\n", "\r\n",
            "EVENT 21 {0} 00\r\nOK\r\n", "EVENT 21 {0} 01\r\nOK\r\n", "EVENT 21 {0} 02\r\nOK\r\n", "OK\r\nEVENT 21 {0} 00\r\n",
            "EVENT 24 {1}\r\n", "EVENT 25 {0}\r\n", "EVENT 25 {1}\r\n", "EVENT 26 {0}\r\n", "EVENT 27 {1}\r\n",
            "EVENT 29 {0}\r\n", "EVENT 32 {2}\r\n", "EVENT 33 {2}\r\n", "EVENT 20 {1}\r\n",
            "ERXUDP {0} {2} 0E1A 0E1A 001D129100000574 1 000E 1081000105FF0102880162018000\r\n",
            "ERXUDP {0} {2} 0E1A 0E1A 001D129100000574 0 000E 1081000105FF0102880162018000\r\n",
            "ERXUDP {0} {2} 0E1A 0E1A 001D129100000574 9E 1 0 000E 1081000105FF0102880162018000\r\n",
            "ERXUDP {1} {2} 0E1A 0E1A 001D129100000666 1 000E 1081000105FF0102880162018000\r\n",
            "ERXUDP {1} {2} 02CC 02CC 001D129100000666 0 0004 00000000\r\n",
            "ERXUDP {0} {2} 1234 0E1B 001D129100000574 1 000E 1081000105FF0102880162018000\r\n",
            "ESREG 0\r\nOK\r\n", "ESREG 00012345\r\nOK\r\n", "EINFO {2} 001D129000038C21 21 8888 FFFE\r\nOK\r\n",
            "EEDSCAN\r\n21 04 22 0A 3C FF\r\nEVENT 1F {2}\r\n", "EPORT\r\n3610\r\n716\r\n0\r\nOK\r\n",
            "EPANDESC\r\n  Channel:2F\r\n  Channel Page:09\r\n  Pan ID:8888\r\n  Addr:001D129012345678\r\n  LQI:A7\r\n",
        ];

        [TestCase(1)]
        [TestCase(2)]
        public static void No_output_of_a_module_gets_past_the_session(int seed)
        {
            var random = new Random(seed);
            string[] corpus = Corpus.Select(text => string.Format(text, SkReader.Hems, SkReader.Other, SkReader.Own)).ToArray();
            CoordinatorFixture fixture = CoordinatorFixture.Ready();
            var heard = new StringBuilder();
            var buffer = new byte[SkParser.MaxDataLength + 1];
            var peer = new DatagramPeer();
            int accepted = 0;
            int sent = 0;
            for (int i = 0; i < Inputs / 2; i++)
            {
                string input = random.Next(64) == 0 ? corpus[10] : Mutate(corpus[random.Next(corpus.Length)], random);
                heard.Append(input);
                if (heard.Length > 2 * Remembered)
                {
                    heard.Remove(0, heard.Length - Remembered);
                }

                fixture.Module.SayRaw(input);
                fixture.Run(random.Next(16) == 0 ? random.Next(3000) : 0);
                fixture.Coordinator.Port.Open();
                for (int length = fixture.Coordinator.Port.Receive(buffer, peer); length >= 0;
                    length = fixture.Coordinator.Port.Receive(buffer, peer))
                {
                    accepted++;
                    AssertIsOfTheSession(heard.ToString(), peer, buffer.AsSpan(0, length));
                    sent += fixture.Coordinator.Port.Send(buffer, length, peer) ? 1 : 0;
                }

                fixture.Module.Commands.Clear();
            }

            TestContext.Out.WriteLine($"{accepted} accepted, {sent} answered, {fixture.Coordinator.Port.Joins} joins, "
                + $"{fixture.Coordinator.Port.Ignored} ignored, {fixture.Coordinator.UnknownLines} lines unknown, "
                + $"{fixture.Coordinator.ModuleRestarts} restarts");
            Assert.That(accepted, Is.GreaterThan(Inputs / 500));
            Assert.That(fixture.Coordinator.UnknownLines, Is.GreaterThan(Inputs / 10));

            // It still works: whatever state it is in, a terminal is served within minutes.
            fixture.Module.SayRaw("\r\nEVENT 33 " + SkReader.Own + "\r\n");
            fixture.Run(4_000_000);
            fixture.Hear("EVENT 25 @");
            fixture.Run(70_000);
            fixture.Coordinator.Port.Open();
            fixture.Hear(CoordinatorFixture.Datagram("1081"));
            Assert.That(fixture.Receive(), Does.EndWith("1081"));
            fixture.Module.Commands.Clear();
            Assert.That(fixture.Send(CoordinatorFixture.HemsBytes, "1081"));
            fixture.Run(10_000);
            Assert.That(fixture.Module.Commands, Does.Contain("SKSENDTO 1 @ 0E1A 1 0002 1081"));
        }

        // Bytes that say so must have been heard: a secured datagram for the port from that address, and before it that
        // the address has joined, and not that it has left since.
        private static void AssertIsOfTheSession(string heard, DatagramPeer peer, ReadOnlySpan<byte> data)
        {
            string address = string.Join(':', Enumerable.Range(0, 8)
                .Select(i => $"{(peer.Address[2 * i] << 8) | peer.Address[(2 * i) + 1]:X4}"));
            string expected = "ERXUDP " + address + @" [0-9A-F:]{39} " + peer.Port.ToString("X4")
                + " 0E1A [0-9A-F]{16} ([0-9A-F]{2} )?1 ([0-9A-F] )?" + data.Length.ToString("X4") + " "
                + Convert.ToHexString(data) + "[\r\n]";
            Match last = Regex.Matches(heard, expected).LastOrDefault();
            Assert.That(last, Is.Not.Null, $"accepted from {address}: {Convert.ToHexString(data)}");
            Match ended = Event().Matches(heard).LastOrDefault(e => e.Groups[2].Value == address && e.Index < last.Index);
            Assert.That(ended is null || ended.Groups[1].Value == "25", $"accepted after {ended?.Value}");
        }

        // A line begins after another's end, or after a silence, which is not to be seen in the bytes: in doubt a session
        // began, and did not end.
        [GeneratedRegex("(?:EVENT (25)|(?<=^|[\r\n])EVENT (?:26|27|28|29)) ([0-9A-F:]{39})(?: [0-9A-F])?[\r\n]")]
        private static partial Regex Event();

        private static string Mutate(string text, Random random)
        {
            var bytes = new List<char>(text);
            for (int changes = random.Next(4); changes > 0 && bytes.Count > 0; changes--)
            {
                int at = random.Next(bytes.Count);
                switch (random.Next(6))
                {
                    case 0:
                        bytes[at] ^= (char)(1 << random.Next(8));
                        break;
                    case 1:
                        bytes.RemoveAt(at);
                        break;
                    case 2:
                        bytes.Insert(at, (char)random.Next(256));
                        break;
                    case 3:
                        bytes.RemoveRange(at, bytes.Count - at);
                        break;
                    case 4:
                        int length = Math.Min(random.Next(1, 20), bytes.Count - at);
                        bytes.InsertRange(at, bytes.GetRange(at, length));
                        break;
                    default:
                        bytes[at] = (char)random.Next(256);
                        break;
                }
            }

            return new string(bytes.ToArray());
        }
    }
}
