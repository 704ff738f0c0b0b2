using System;
using System.Diagnostics;
using System.IO;
using System.IO.Ports;
using System.Linq;
using System.Threading;
using NanoComm.Simulators;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Simulators
{
    [Platform("Linux")]
    internal static class PseudoTerminalTests
    {
        private const int Patience = 20_000;

        private static readonly byte[] EveryByte = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();

        [Test]
        public static void Every_byte_passes_as_it_is_both_ways_for_one_program_after_another()
        {
            using var terminal = new PseudoTerminal();
            terminal.Received += bytes => terminal.Send(bytes.ToArray().Select(b => (byte)~b).ToArray());
            terminal.Start();
            for (int round = 0; round < 3; round++)
            {
                using SerialPort port = Open(terminal);
                port.Write(EveryByte, 0, EveryByte.Length);
                Assert.That(Read(port, EveryByte.Length), Is.EqualTo(EveryByte.Select(b => (byte)~b)), $"round {round}");
            }

            Assert.That(terminal.Overrun, Is.Zero);
        }

        [Test]
        public static void A_program_that_opens_it_as_a_file_needs_no_settings()
        {
            using var terminal = new PseudoTerminal();
            using var arrived = new ManualResetEventSlim();
            byte[] received = null;
            terminal.Received += bytes =>
            {
                received = bytes.ToArray();
                arrived.Set();
            };
            terminal.Start();
            using FileStream file = new(terminal.Name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 0);
            file.Write("SKINFO\r\n"u8);
            Assert.That(arrived.Wait(Patience), Is.True);
            Assert.That(received, Is.EqualTo("SKINFO\r\n"u8.ToArray()), "no echo came before, no end of line was changed");

            terminal.Send("OK\r\n"u8.ToArray());
            var answer = new byte[16];
            Assert.That(file.Read(answer), Is.EqualTo(4));
            Assert.That(answer[..4], Is.EqualTo("OK\r\n"u8.ToArray()));
        }

        [Test]
        public static void Nobody_waits_for_a_program_that_does_not_read()
        {
            using var terminal = new PseudoTerminal();
            terminal.Start();
            using SerialPort port = Open(terminal);
            var line = new byte[1000];
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < 10_000; i++)
            {
                terminal.Send(line);
            }

            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(Patience));
            Assert.That(terminal.Overrun, Is.InRange(9_900_000, 10_000_000), "little is kept for later");
            port.DiscardInBuffer();
            WaitUntilEmpty(port);
            terminal.Send(EveryByte);
            Assert.That(Read(port, EveryByte.Length), Is.EqualTo(EveryByte), "and then it works as before");
        }

        [Test]
        public static void Its_end_is_not_held_up_by_a_program_that_has_it_open()
        {
            var terminal = new PseudoTerminal();
            terminal.Start();
            using SerialPort port = Open(terminal);
            var clock = Stopwatch.StartNew();
            terminal.Dispose();
            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(Patience));
            Assert.That(() => Read(port, 1), Throws.InstanceOf<Exception>(), "the program is told");
        }

        // A simulator speaks on a thread of its own, and is at it when the end comes.
        [Test]
        public static void At_its_end_who_speaks_to_it_is_not_thrown_out()
        {
            for (int round = 0; round < 3; round++)
            {
                var terminal = new PseudoTerminal();
                terminal.Start();
                using var speaks = new ManualResetEventSlim();
                Exception thrown = null;
                bool isOver = false;
                var speaker = new Thread(() =>
                {
                    try
                    {
                        while (!Volatile.Read(ref isOver))
                        {
                            terminal.Send(EveryByte);
                            speaks.Set();
                        }
                    }
                    catch (Exception any)
                    {
                        thrown = any;
                    }
                });
                speaker.Start();
                Assert.That(speaks.Wait(Patience));
                terminal.Dispose();
                Volatile.Write(ref isOver, true);
                speaker.Join();
                Assert.That(thrown, Is.Null);
            }
        }

        private static SerialPort Open(PseudoTerminal terminal)
        {
            var port = new SerialPort(terminal.Name, 115200) { ReadTimeout = Patience };
            port.Open();
            return port;
        }

        private static byte[] Read(SerialPort port, int count)
        {
            var bytes = new byte[count];
            for (int read = 0; read < count;)
            {
                int more = port.BaseStream.Read(bytes, read, count - read);
                read += more > 0 ? more : throw new EndOfStreamException();
            }

            return bytes;
        }

        private static void WaitUntilEmpty(SerialPort port)
        {
            for (int quiet = 0; quiet < 3; quiet = port.BytesToRead == 0 ? quiet + 1 : 0)
            {
                port.DiscardInBuffer();
                Thread.Sleep(20);
            }
        }
    }
}
