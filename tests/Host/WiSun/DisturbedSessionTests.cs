using System;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Host.WiSun
{
    /// <summary>A whole session, start-up to answer, with one line of the module's damaged in every way: nothing gets
    /// in that should not, and in the end a terminal is answered.</summary>
    public static class DisturbedSessionTests
    {
        private const int SecurityAt = 114;

        private const string Get = "1081000105FF010288016201" + "8000";
        private const string Other = "1081000205FF010288016201" + "8800";
        private const string Answer = "1081000102880105FF01720180" + "0130";

        [Test]
        public static void A_line_cut_at_every_position()
        {
            ForEveryLine((line, length) => Enumerable.Range(0, length)
                .Select(position => Play(line, bytes => bytes[..position], 0)).Sum());
        }

        [Test]
        public static void A_byte_missing_at_every_position()
        {
            ForEveryLine((line, length) => Enumerable.Range(0, length)
                .Select(position => Play(line, bytes => [.. bytes[..position], .. bytes[(position + 1)..]], 0)).Sum());
        }

        [Test]
        public static void A_bit_turned_over_at_every_position()
        {
            ForEveryLine((line, length) => Enumerable.Range(0, length * 8).Select(bit => Play(line, bytes =>
            {
                byte[] changed = bytes.ToArray();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                return IsPlain(bytes) && changed[SecurityAt] == '1' ? bytes : changed;
            }, 0)).Sum());
        }

        [Test]
        public static void A_line_doubled()
        {
            ForEveryLine((line, _) => Play(line, bytes => [.. bytes, .. bytes], 0));
        }

        [TestCase(100)]
        [TestCase(600)]
        [TestCase(1500)]
        [TestCase(7000)]
        public static void A_line_delayed(int milliseconds)
        {
            ForEveryLine((line, _) => Play(line, null, milliseconds));
        }

        [Test]
        public static void A_line_with_noise_before_and_within()
        {
            ForEveryLine((line, length) => Enumerable.Range(0, length)
                .Select(position => Play(line, bytes => [.. bytes[..position], 0xFF, 0x00, .. bytes[position..]], 0)).Sum());
        }

        // One digit says whether a datagram came encrypted, and nothing else does: should the line turn over just its
        // lowest bit, and just in a datagram forged in the terminal's name, then nobody can tell.
        private static bool IsPlain(byte[] line)
        {
            return line.Length > SecurityAt && line[SecurityAt] == '0' && line[0] == 'E' && line[1] == 'R';
        }

        private static void ForEveryLine(Func<int, int, int> play)
        {
            // How many lines there are, and how long each is, an undisturbed session tells.
            int played = 0;
            int lines = Run(-1, null, 0, out _, out _);
            for (int line = 0; line < lines; line++)
            {
                Run(line, bytes => bytes, 0, out _, out int length);
                played += play(line, length);
            }

            Assert.That(lines, Is.GreaterThan(25));
            TestContext.Out.WriteLine($"{played} sessions of {lines} lines");
        }

        private static int Play(int line, Func<byte[], byte[]> change, long delay)
        {
            Run(line, change, delay, out bool isAnswered, out _);
            Assert.That(isAnswered, $"line {line}");
            return 1;
        }

        private static int Run(int number, Func<byte[], byte[]> change, long delay, out bool isAnswered, out int length)
        {
            var module = new FakeModule();
            var line = new DisturbedLine(module, number, change, delay);
            var fixture = new CoordinatorFixture(false, true, CoordinatorFixture.Day, module, line);
            line.Clock = fixture.Board.Time;
            fixture.Run(20_000);
            Exchange(fixture);
            int lines = line.Lines;
            length = line.Original.Length;

            // The terminal that got no answer comes back, as they do.
            fixture.Run(40_000);
            fixture.Hear("EVENT 27 @");
            fixture.Run(1000);
            isAnswered = Exchange(fixture);
            Assert.That(fixture.Coordinator.Port.Lost, Is.Zero);
            return lines;
        }

        // Joins, asks, is answered, and is lied to.
        private static bool Exchange(CoordinatorFixture fixture)
        {
            fixture.Hear("EVENT 25 @");
            fixture.Run(100);
            fixture.Coordinator.Port.Open();
            fixture.Hear(CoordinatorFixture.Datagram("#", "0E1A", "1", Other));
            fixture.Hear(CoordinatorFixture.Datagram("@", "0E1A", "0", Other));
            fixture.Hear(CoordinatorFixture.Datagram(Get));
            fixture.Run(500);
            bool isReceived = false;
            for (string received = fixture.Receive(); received != ""; received = fixture.Receive())
            {
                Assert.That(received, Does.Not.EndWith(Other), "from outside of the session");
                isReceived = true;
            }

            fixture.Module.Commands.Clear();
            bool isSent = isReceived && fixture.Send(CoordinatorFixture.HemsBytes, Answer);
            fixture.Run(8000);
            return isSent && fixture.Module.Commands.Contains("SKSENDTO 1 @ 0E1A 1 000F " + Answer);
        }
    }
}
