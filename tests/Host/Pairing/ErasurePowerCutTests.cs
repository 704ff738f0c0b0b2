using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;

using PowerCutException = NanoComm.Tests.Host.Hal.PowerCutException;
using PowerCutFiles = NanoComm.Tests.Host.Hal.PowerCutFiles;
using Proof = NanoComm.Keys.ErasureRecord;

namespace NanoComm.Tests.Host.Pairing
{
    /// <summary>Requirement R21 under power cuts, with the proof checked by the key office's own implementation.</summary>
    [TestFixture]
    public sealed class ErasurePowerCutTests
    {
        private const int SecondStep = 5;

        private static readonly byte[] ProofKey = Enumerable.Range(0xC0, 32).Select(i => (byte)i).ToArray();

        private static readonly string[] Records =
        [
            .. RecordCatalogue.All().Select(record => record.Name)
                .Except([RecordCatalogue.FactoryKeys, RecordCatalogue.Erasure]),
        ];

        // Before, after and within every operation on the medium, at every byte and in each way it may leave a file;
        // and again at the boots that follow.
        [Test]
        public void Everything_is_erased_in_the_end_and_the_proof_is_authentic()
        {
            int cuts = 0;
            bool isFirst = true;
            for (int first = 0; isFirst; first++)
            {
                PowerCutFiles files = Make();
                isFirst = IsCut(files, first, Order);
                cuts += isFirst ? 1 : 0;
                Check(files);
                bool isSecond = true;
                for (int second = first % SecondStep; isSecond; second += SecondStep)
                {
                    var after = new PowerCutFiles(files);
                    isSecond = IsCut(after, second, Boot);
                    cuts += isSecond ? 1 : 0;
                    Check(after);
                    Finish(after);
                }
            }

            TestContext.Out.WriteLine($"{cuts} power cuts");
            Assert.That(cuts, Is.GreaterThan(1000));
        }

        private static PowerCutFiles Make()
        {
            var files = new PowerCutFiles();
            var store = new DurableStore(files);
            foreach (string name in Records)
            {
                store.Write(name, "a secret"u8.ToArray(), 8);
            }

            byte[] factory = [.. "NCC00001"u8, .. new byte[16], .. ProofKey];
            store.Write(RecordCatalogue.FactoryKeys, factory, factory.Length);
            return files;
        }

        private static bool Order(PowerCutFiles files)
        {
            SimulatedBoard board = BoardOf(files);
            return new Erasure(board).Begin(new ErasureOrder(ErasureOrderKind.Bench)
            {
                OwnTitle = "NCC00001"u8.ToArray(), Proof = board.CreateMac(ProofKey),
            });
        }

        private static bool Boot(PowerCutFiles files)
        {
            return new Erasure(BoardOf(files)).Resume();
        }

        private static SimulatedBoard BoardOf(IFiles files)
        {
            return new SimulatedBoard(new VirtualScheduler(1), files);
        }

        private static bool IsCut(PowerCutFiles files, int point, Func<PowerCutFiles, bool> act)
        {
            bool isCut = false;
            files.CutAt(point);
            try
            {
                act(files);
            }
            catch (PowerCutException)
            {
                isCut = true;
            }

            files.Restart();
            return isCut;
        }

        private static Proof ProofOf(PowerCutFiles files)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = new DurableStore(files).Read(RecordCatalogue.Erasure, buffer);
            return length < 0 ? null : Proof.Parse(buffer.AsSpan(0, length));
        }

        // Nothing is gone without a record of it, and none says that all is while anything is left.
        private static void Check(PowerCutFiles files)
        {
            IEnumerable<string> left = files.Names.Where(name => !name.StartsWith("zeroise.", StringComparison.Ordinal));
            Proof proof = ProofOf(files);
            if (proof is null)
            {
                Assert.That(left.Count(), Is.EqualTo(Records.Length + 1));
                return;
            }

            Assert.That(proof.IsAuthentic(ProofKey));
            Assert.That(!proof.IsDone || !left.Any());
        }

        private static void Finish(PowerCutFiles files)
        {
            Boot(files);
            if (ProofOf(files) is null)
            {
                Assert.That(Order(files), "the order is still there, and is taken again");
                Assert.That(Boot(files));
            }

            Check(files);
            Assert.That(ProofOf(files).IsDone);
        }
    }
}
