using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NanoComm.Pairing;
using NanoComm.Tool;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Board
{
    /// <summary>Lines of a unit's log in words: those of the firmware on a board and on the PC, of the chip, of the interpreter.</summary>
    internal sealed class LogWordsTests
    {
        [TestCase("12034 I main: firmware image ESP32_PSRAM_REV3_IPV6 1.17.0.512", "12034", "Info", "main", "the unit starts")]
        [TestCase("90000 E board: restarting: memory is low", "90000", "Error", "board", "too little memory was left")]
        [TestCase("90000 E board: restarting: the loop metering has made no step for 900 s", "90000", "Error", "board", "restarts itself")]
        [TestCase("600 D memory: managed 3145728 free; internal 102400 of 204800 free, largest block 65536", "600", "Debug", "memory",
            "3072 kB left for the program, 100 of 200 kB for sockets and radio, at most 64 kB in one piece")]
        [TestCase("600 W memory: managed 1024 free; internal 102400 of 204800 free, largest block 65536", "600", "Warning", "memory", "too little; the unit restarts")]
        [TestCase("5 W udp: closed: udp 0.0.0.0: link, and no address: DHCP has not answered", "5", "Warning", "udp", "DHCP server")]
        [TestCase("04:50:03.399 metering reading the metering unit", "04:50:03.399", "Info", "metering", "readings arrive")]
        [TestCase("04:49:49.055 wi-sun   Warning: the module does not answer", "04:49:49.055", "Warning", "wi-sun", null)]
        [TestCase("{\"at\":\"2026-11-29T04:50:03\",\"event\":\"log\",\"level\":\"Info\",\"source\":\"metering\",\"text\":\"reading the metering unit\"}",
            "2026-11-29T04:50:03", "Info", "metering", "readings arrive")]
        [TestCase("rst:0x1 (POWERON_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", "", "Info", "boot", "the power was switched on")]
        [TestCase("rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", "", "Error", "boot", "look at the supply")]
        [TestCase("rst:0x8 (TG1WDT_SYS_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)", "", "Error", "boot", "a watchdog")]
        [TestCase("waiting for download", "", "Warning", "boot", "let go of the BOOT button")]
        [TestCase("invalid header: 0xffffffff", "", "Error", "boot", "no firmware image")]
        [TestCase("I (29) boot: ESP-IDF v5.4.1 2nd stage bootloader", "29", "Info", "boot", null)]
        [TestCase("Brownout detector was triggered", "", "Error", "panic", "look at the supply")]
        [TestCase("Guru Meditation Error: Core  0 panic'ed (LoadProhibited). Exception was unhandled.", "", "Error", "panic", "the interpreter failed")]
        [TestCase("Backtrace: 0x400d1234:0x3ffb5e30", "", "Error", "panic", null)]
        [TestCase("    ++++ Exception System.OutOfMemoryException - CLR_E_OUT_OF_MEMORY (1) ++++", "", "Error", "interpreter", "managed heap is used up")]
        [TestCase("what nobody knows", "", "Info", "", null)]
        public void A_line_is_taken_apart_and_explained(string line, string time, string level, string source, string words)
        {
            LogEntry entry = LogParser.Parse(line);
            Assert.That((entry.Time, entry.Level.ToString(), entry.Source), Is.EqualTo((time, level, source)));
            Assert.That(entry.Words, words is null ? Is.Null : Does.Contain(words));
        }

        [Test]
        public void Every_code_of_the_field_swap_page_has_the_words_of_swap()
        {
            foreach (PairingDetail code in Enum.GetValues<PairingDetail>().Where(code => code != PairingDetail.None))
            {
                PairingState state = code == PairingDetail.TicketWaits ? PairingState.TicketLoaded
                    : code is PairingDetail.Replaced or PairingDetail.RetiredByOrder or PairingDetail.ErasedByBench ? PairingState.Retired : PairingState.Refused;
                LogEntry entry = LogParser.Parse($"1 W pairing: {PairingText.Of(state, code)}");

                // A unit's log does not tell an erasure by the bench from one by a ticket.
                PairingDetail told = code == PairingDetail.ErasedByBench ? PairingDetail.RetiredByOrder : code;
                Assert.That(entry.Code, Is.EqualTo((int)told), code.ToString());
                Assert.That(entry.Words, Is.EqualTo($"{SwapAdvice.What(told)} {SwapAdvice.Do(told)}"));
            }

            Assert.That(LogParser.Parse("1 I pairing: paired with the metering unit").Code, Is.Null);
        }

        [Test]
        public void Text_comes_in_packets_too_once_a_debugger_has_spoken()
        {
            byte[] stream = [.. "1 I a: before\r\n"u8, .. Packet(1, "2 I b: in a "), .. Packet(0x0F, "\x01\x02\x03"), .. Packet(1, "packet\r\n"),
                .. "NFPK is no marker\n"u8];
            foreach (int step in new[] { 1, 7, stream.Length })
            {
                var lines = new LogLines();
                List<string> all = [];
                for (int at = 0; at < stream.Length; at += step)
                {
                    all.AddRange(lines.Take(stream.AsSpan(at, Math.Min(step, stream.Length - at))));
                }

                Assert.That(all, Is.EqualTo(new[] { "1 I a: before", "2 I b: in a packet", "NFPK is no marker" }));
                Assert.That(lines.Unreadable, Is.Zero);
            }
        }

        [Test]
        public void Colours_of_ESP_IDF_are_taken_off()
        {
            Assert.That(new LogLines().Take("\x1B[0;32mI (29) boot: x\x1B[0m\r\n"u8), Is.EqualTo(new[] { "I (29) boot: x" }));
        }

        [Test]
        public void What_is_no_text_is_counted_and_makes_no_line()
        {
            var noise = new byte[20_000];
            new Random(3).NextBytes(noise);
            var lines = new LogLines();
            Assert.That(lines.Take(noise).Count, Is.LessThan(40), "a few that look like text are bound to come");
            Assert.That(lines.Unreadable, Is.GreaterThan(10_000));
            Assert.That(lines.Take("\n1 I a: b\n"u8), Does.Contain("1 I a: b"));
        }

        private static byte[] Packet(uint command, string payload)
        {
            byte[] text = Encoding.Latin1.GetBytes(payload);
            var packet = new byte[32 + text.Length];
            "NFPKTV1\0"u8.CopyTo(packet);
            BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(16), command);
            BinaryPrimitives.WriteUInt32LittleEndian(packet.AsSpan(28), (uint)text.Length);
            text.CopyTo(packet, 32);
            return packet;
        }
    }
}
