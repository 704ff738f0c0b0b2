using System;
using System.IO;
using System.Linq;
using NanoComm.Keys;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Keys
{
    /// <summary>A lot's file: one unit is unpacked without the others, and none is taken for another.</summary>
    [Parallelizable]
    internal sealed class FactoryLotTests
    {
        private FactoryBench _bench;

        [SetUp]
        public void SetUp()
        {
            _bench = new FactoryBench();
        }

        [TearDown]
        public void TearDown()
        {
            _bench.Dispose();
        }

        [TestCase(UnitKind.Communication)]
        [TestCase(UnitKind.Metering)]
        public void What_is_packed_is_unpacked_and_no_key_lies_open(UnitKind kind)
        {
            using UnitKeys keys = UnitKeys.MakeUp(kind);
            using (var writer = new FactoryLotWriter(_bench.Lot, FactoryBench.LotPassphrase))
            {
                writer.Add(new NewUnit(FactoryBench.Title(1), kind, "S1", keys));
                writer.Add(new NewUnit(FactoryBench.Title(2), kind, "S2", UnitKeys.MakeUp(kind), "rev B", "2026-07"));
                Assert.That(() => writer.Add(new NewUnit(FactoryBench.Title(1), kind, "S1", keys)), Fails("in the lot already"));
                writer.Complete();
                Assert.That(File.Exists(_bench.Lot), Is.False, "not before it is finished");
                writer.Finish();
            }

            byte[] file = File.ReadAllBytes(_bench.Lot);
            Assert.That(file.AsSpan().IndexOf(keys.WrappingKey) + file.AsSpan().IndexOf(keys.ProofKey), Is.EqualTo(-2));
            using FactoryLot lot = _bench.Open();
            Assert.That(lot.Count, Is.EqualTo(2));
            Assert.That(lot.Titles(), Is.EqualTo(new[] { FactoryBench.Title(1), FactoryBench.Title(2) }));
            NewUnit first = lot.Unpack(FactoryBench.Title(1));
            NewUnit second = lot.Unpack(FactoryBench.Title(2));
            Assert.That((first.Kind, first.Serial, first.Hardware, first.Lot), Is.EqualTo((kind, "S1", (string)null, (string)null)));
            Assert.That((second.Serial, second.Hardware, second.Lot), Is.EqualTo(("S2", "rev B", "2026-07")));
            Assert.That(first.Keys.WrappingKey, Is.EqualTo(keys.WrappingKey));
            Assert.That(first.Keys.ProofKey, Is.EqualTo(keys.ProofKey));
            Assert.That(first.Keys.Utility?.EncryptionKey, Is.EqualTo(keys.Utility?.EncryptionKey));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(File.GetUnixFileMode(_bench.Lot), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }

        [Test]
        public void A_wrong_passphrase_is_said_before_a_unit_is_asked_for()
        {
            _bench.MakeLot();
            using FactoryLot lot = FactoryLot.Open(_bench.Lot);
            Assert.That(() => lot.Unlock("another phrase of length"), Fails("wrong passphrase for the lot"));
            Assert.That(() => new FactoryLotWriter(_bench.In("other.ncl"), "short"), Fails("12 characters"));
            Assert.That(() => new FactoryLotWriter(_bench.Lot, FactoryBench.LotPassphrase), Fails("is there already"));
        }

        [Test]
        public void A_unit_in_another_s_place_or_out_of_another_lot_is_refused()
        {
            _bench.MakeLot();
            _bench.MakeLot(path: _bench.In("other.ncl"));
            string title = FactoryBench.Title(1).ToString();
            _bench.Execute(_bench.Lot, $"UPDATE unit SET sealed = (SELECT sealed FROM unit WHERE title = '{FactoryBench.Title(2)}') "
                + $"WHERE title = '{title}'");
            _bench.Execute(_bench.Lot, $"ATTACH '{_bench.In("other.ncl")}' AS other; UPDATE unit SET sealed = (SELECT sealed FROM other.unit "
                + $"WHERE title = '{FactoryBench.Title(3)}') WHERE title = '{FactoryBench.Title(3)}'");
            using FactoryLot lot = _bench.Open();
            Assert.That(() => lot.Unpack(FactoryBench.Title(1)), Fails("is damaged or was tampered with"));
            Assert.That(() => lot.Unpack(FactoryBench.Title(3)), Fails("is damaged or was tampered with"));
            using UnitKeys good = lot.Unpack(FactoryBench.Title(2)).Keys;
            Assert.That(() => lot.Unpack(FactoryBench.Title(4)), Fails("is not in the lot"));
        }

        [TestCase("UPDATE lot SET units = 2", "head in")]
        [TestCase("UPDATE lot SET iterations = 1", "not sound")]
        [TestCase("UPDATE lot SET iterations = 2000000000", "not sound")]
        [TestCase("UPDATE lot SET salt = zeroblob(3)", "not sound")]
        [TestCase("UPDATE lot SET sealed = zeroblob(32)", "wrong passphrase")]
        [TestCase("UPDATE lot SET scheme = 'scrypt'", "locked by 'scrypt'")]
        [TestCase("DELETE FROM lot", "head in")]
        [TestCase("PRAGMA application_id = 5", "is not a factory's lot")]
        public void A_head_that_was_altered_is_told(string statement, string says)
        {
            _bench.MakeLot(1);
            _bench.Execute(_bench.Lot, statement);
            Assert.That(() => _bench.Open().Dispose(), Fails(says));
        }

        [Test]
        public void Damage_anywhere_gives_the_right_keys_or_none()
        {
            _bench.MakeLot(2);
            byte[] whole = File.ReadAllBytes(_bench.Lot);
            byte[] right;
            using (FactoryLot lot = _bench.Open())
            {
                right = lot.Unpack(FactoryBench.Title(1)).Keys.ProofKey;
            }

            var random = new Random(11);
            int told = 0;
            for (int i = 0; i < 12; i++)
            {
                byte[] bad = [.. whole];
                int at = random.Next(bad.Length - 200);
                random.NextBytes(bad.AsSpan(at, 200));
                File.WriteAllBytes(_bench.Lot, i % 4 == 3 ? whole[..at] : bad);
                try
                {
                    using FactoryLot lot = _bench.Open();
                    Assert.That(lot.Unpack(FactoryBench.Title(1)).Keys.ProofKey, Is.EqualTo(right));
                }
                catch (LedgerException)
                {
                    told++;
                }
            }

            Assert.That(told, Is.GreaterThanOrEqualTo(3));
        }

        [Test]
        public void What_is_not_finished_is_gone()
        {
            using (var writer = new FactoryLotWriter(_bench.Lot, FactoryBench.LotPassphrase))
            {
                writer.Add(new NewUnit(FactoryBench.Title(1), UnitKind.Communication, "S1", UnitKeys.MakeUp(UnitKind.Communication)));
                writer.Complete();
            }

            Assert.That(Directory.GetFiles(_bench.Office.Folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "test.ledger", "test.ledger.epoch" }));
        }

        private static NUnit.Framework.Constraints.Constraint Fails(string says)
        {
            return Throws.TypeOf<LedgerException>().With.Message.Contains(says);
        }
    }
}
