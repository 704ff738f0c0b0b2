using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Rig;
using NanoComm.Simulators;
using NanoComm.Tests.Host.Hal;

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
                OpenedFiles files = Make();
                isFirst = IsCut(files, first, Order);
                cuts += isFirst ? 1 : 0;
                Check(files);
                bool isSecond = true;
                for (int second = first % SecondStep; isSecond; second += SecondStep)
                {
                    var after = new OpenedFiles(files);
                    isSecond = IsCut(after, second, Boot);
                    cuts += isSecond ? 1 : 0;
                    Check(after);
                    Finish(after);
                }
            }

            TestContext.Out.WriteLine($"{cuts} power cuts");
            Assert.That(cuts, Is.GreaterThan(1000));
        }

        private static OpenedFiles Make()
        {
            var files = new OpenedFiles();
            var store = new DurableStore(files);
            foreach (string name in Records)
            {
                store.Write(name, "a secret"u8.ToArray(), 8);
            }

            byte[] factory = [.. "NCC00001"u8, .. new byte[16], .. ProofKey];
            store.Write(RecordCatalogue.FactoryKeys, factory, factory.Length);
            return files;
        }

        private static bool Order(IFiles files)
        {
            return new Erasure(BoardOf(files)).Begin(new ErasureOrder(ErasureOrderKind.Bench));
        }

        private static bool Boot(IFiles files)
        {
            return new Erasure(BoardOf(files)).Resume();
        }

        private static SimulatedBoard BoardOf(IFiles files)
        {
            return new SimulatedBoard(new VirtualScheduler(1), files);
        }

        private static bool IsCut(OpenedFiles medium, int point, Func<IFiles, bool> act)
        {
            var files = new PowerCutFiles(medium, new PowerSupply());
            files.Power.CutAtPoint(point);
            try
            {
                act(files);
            }
            catch (PowerCutException)
            {
                return true;
            }

            return false;
        }

        private static Proof ProofOf(OpenedFiles files)
        {
            var buffer = new byte[DurableStore.MaxLength];
            int length = new DurableStore(files).Read(RecordCatalogue.Erasure, buffer);
            return length < 0 ? null : Proof.Parse(buffer.AsSpan(0, length));
        }

        // Nothing is gone without a record of it, and none says that all is while anything is left but the proof key; nor does
        // one that says "begun" become one by an altered byte.
        private static void Check(OpenedFiles files)
        {
            IEnumerable<string> left = files.Names.Where(name => !name.StartsWith("zeroise.", StringComparison.Ordinal));
            Proof proof = ProofOf(files);
            if (proof is null)
            {
                Assert.That(left.Count(), Is.EqualTo(Records.Length + 1));
                return;
            }

            Assert.That(proof.IsAuthentic(ProofKey));
            var factory = new byte[DurableStore.MaxLength];
            int length = new DurableStore(files).Read(RecordCatalogue.FactoryKeys, factory);
            bool isProofKeyAlone = left.All(name => name.StartsWith("factory.", StringComparison.Ordinal)) && length == 8 + ProofKey.Length;
            Assert.That(!proof.IsDone || !left.Any() || isProofKeyAlone);
            byte[] altered = proof.Bytes.ToArray();
            altered[1] ^= 1;
            Assert.That(Proof.Parse(altered).IsAuthentic(ProofKey), Is.False);
        }

        private static void Finish(OpenedFiles files)
        {
            Boot(files);
            if (ProofOf(files) is null)
            {
                Assert.That(Order(files), "the order is still there, and is taken again");
                Assert.That(Boot(files));
            }

            Check(files);
            Assert.That(ProofOf(files).IsDone);
            Boot(files);
            Assert.That(new DurableStore(files).LengthOf(RecordCatalogue.FactoryKeys), Is.LessThan(0));
        }
    }
}
