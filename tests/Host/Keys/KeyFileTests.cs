using System;
using System.IO;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>The file in which a factory hands over keys.</summary>
    [Parallelizable]
    internal static class KeyFileTests
    {
        private const string Passphrase = "between factory and office";
        private const int Units = 600;
        private const int HeaderLength = 24;

        private static readonly NewUnit[] Made = Enumerable.Range(0, Units).Select(i =>
        {
            UnitKind kind = i % 2 == 0 ? UnitKind.Metering : UnitKind.Communication;
            return new NewUnit(SystemTitle.MakeUp("NCX"), kind, $"S{i}", UnitKeys.MakeUp(kind));
        }).ToArray();

        private static readonly byte[] File = Write();

        [Test]
        public static void What_is_written_is_read()
        {
            NewUnit[] read = Read(File);
            Assert.That(read, Has.Length.EqualTo(Units));
            for (int i = 0; i < Units; i++)
            {
                Assert.That((read[i].Title, read[i].Kind, read[i].Serial),
                    Is.EqualTo((Made[i].Title, Made[i].Kind, Made[i].Serial)));
                Assert.That(read[i].Keys.WrappingKey, Is.EqualTo(Made[i].Keys.WrappingKey));
                Assert.That(read[i].Keys.ProofKey, Is.EqualTo(Made[i].Keys.ProofKey));
                Assert.That(read[i].Keys.Utility?.EncryptionKey, Is.EqualTo(Made[i].Keys.Utility?.EncryptionKey));
                Assert.That(read[i].Keys.Utility?.AuthenticationKey, Is.EqualTo(Made[i].Keys.Utility?.AuthenticationKey));
                Assert.That(read[i].Keys.Utility?.ClientTitle, Is.EqualTo(Made[i].Keys.Utility?.ClientTitle));
            }
        }

        [Test]
        public static void No_key_is_in_the_clear()
        {
            Assert.That(Made.Any(unit => File.AsSpan().IndexOf(unit.Keys.WrappingKey) >= 0), Is.False);
        }

        [Test]
        public static void A_file_cut_short_at_the_end_of_a_piece_is_refused()
        {
            int first = HeaderLength + 4 + PieceLength(HeaderLength);
            int second = first + 4 + PieceLength(first);
            Assert.That(() => Read(File[..first]), Fails("cut short"));
            Assert.That(() => Read(File[..second]), Fails("cut short"));
            Assert.That(() => Read(File[..^1]), Fails("cut short"));
            Assert.That(() => Read([.. File, 0]), Fails("cut short"));
        }

        [Test]
        public static void Pieces_exchanged_doubled_or_left_out_are_refused()
        {
            int first = HeaderLength + 4 + PieceLength(HeaderLength);
            int second = first + 4 + PieceLength(first);
            byte[] header = File[..HeaderLength];
            byte[] one = File[HeaderLength..first];
            byte[] two = File[first..second];
            byte[] three = File[second..];
            Assert.That(Read([.. header, .. one, .. two, .. three]), Has.Length.EqualTo(Units));
            Assert.That(() => Read([.. header, .. two, .. one, .. three]), Throws.TypeOf<LedgerException>());
            Assert.That(() => Read([.. header, .. one, .. one, .. two, .. three]), Throws.TypeOf<LedgerException>());
            Assert.That(() => Read([.. header, .. one, .. three]), Throws.TypeOf<LedgerException>());
            Assert.That(() => Read([.. header, .. three]), Throws.TypeOf<LedgerException>());
        }

        [Test]
        public static void A_file_altered_or_that_is_none_is_refused()
        {
            var random = new Random(4);
            for (int i = 0; i < 12; i++)
            {
                byte[] bad = [.. File];
                bad[i < 6 ? 4 * i : random.Next(File.Length)] ^= (byte)(1 << random.Next(8));
                Assert.That(() => Read(bad), Throws.TypeOf<LedgerException>(), $"try {i}");
            }

            Assert.That(() => Read([]), Fails("not a file of keys"));
            Assert.That(() => Read(File[..10]), Fails("not a file of keys"));
            Assert.That(() => Read(new byte[1000]), Fails("not a file of keys"));
        }

        [Test]
        public static void A_wrong_passphrase_is_said()
        {
            Assert.That(() => KeyFile.Read(new MemoryStream(File), "another phrase of length").ToArray(),
                Fails("wrong passphrase"));
            Assert.That(() => KeyFile.Write(new MemoryStream(), "short", Made), Fails("12 characters"));
        }

        private static NUnit.Framework.Constraints.Constraint Fails(string says)
        {
            return Throws.TypeOf<LedgerException>().With.Message.Contains(says);
        }

        private static int PieceLength(int offset)
        {
            return (File[offset] << 24) | (File[offset + 1] << 16) | (File[offset + 2] << 8) | File[offset + 3];
        }

        private static byte[] Write()
        {
            var file = new MemoryStream();
            KeyFile.Write(file, Passphrase, Made);
            return file.ToArray();
        }

        private static NewUnit[] Read(byte[] file) => KeyFile.Read(new MemoryStream(file), Passphrase).ToArray();
    }
}
