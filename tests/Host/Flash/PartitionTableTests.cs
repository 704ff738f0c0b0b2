using System;
using System.IO;
using System.Linq;
using NanoComm.Flash;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Flash
{
    /// <summary>The partition table at 0x8000, as ESP-IDF's gen_esp32part makes it of nf-interpreter's partitions_nanoclr_4mb.csv.</summary>
    internal sealed class PartitionTableTests
    {
        [Test]
        public void The_rows_of_the_4_MB_image_are_read()
        {
            Partition[] rows = [.. PartitionTable.Read(FlashMaker.Make())];
            Assert.That(rows.Select(row => $"{row.Label} {row.Type} {row.SubType:X2} {row.Offset:X} {row.Length:X}"), Is.EqualTo(new[]
            {
                "nvs 1 02 9000 6000", "phy_init 1 01 F000 1000", "factory 0 00 10000 1D0000", "deploy 1 84 1E0000 1C0000", "config 1 83 3C0000 40000",
            }));
            Assert.That(rows.Where(row => row.IsLittleFs).Select(row => row.Label), Is.EqualTo(new[] { "config" }));
        }

        [Test]
        public void A_table_without_a_sum_counts_too()
        {
            byte[] flash = FlashMaker.Make();
            flash.AsSpan(0x8000 + (5 * 32), 32).Fill(0xFF);
            Assert.That(PartitionTable.Read(flash), Has.Count.EqualTo(5));
        }

        [TestCase("changed", "damaged")]
        [TestCase("erased", "holds no firmware image")]
        [TestCase("encrypted", "encrypted")]
        [TestCase("short", "no whole flash")]
        [TestCase("cut", "the copy is not whole")]
        public void What_is_no_table_is_told(string kind, string says)
        {
            byte[] flash = FlashMaker.Make();
            if (kind == "changed")
            {
                flash[0x8000 + 12] ^= 1;
            }
            else if (kind == "erased")
            {
                flash.AsSpan(0x8000, 0xC00).Fill(0xFF);
            }
            else if (kind == "encrypted")
            {
                new Random(1).NextBytes(flash.AsSpan(0x8000, 0xC00));
            }

            int length = kind == "short" ? 0x8100 : kind == "cut" ? 2 << 20 : flash.Length;
            Assert.That(() => PartitionTable.Read(flash.AsSpan(0, length)), Throws.TypeOf<InvalidDataException>().With.Message.Contains(says));
        }
    }
}
