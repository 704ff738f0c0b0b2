using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.Simulators.Dlms;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>Commit at SAP 3, and what is left of the old unit afterwards.</summary>
    public class ServerCommitTests
    {
        private static readonly byte[] NotAllowed = [0xD8, 1, 1];
        private static readonly byte[] Clock = [0xC0, 1, 0xC1, .. ServerClient.Reference(8, "0.0.1.0.0.255", 2)];

        private static readonly PairingKeys Old = PairingBench.Pairing(5, 1);
        private static readonly PairingKeys New = PairingBench.Pairing(6, 2);

        [Test]
        public void TheFirstPairingIsAnExchangeLikeAnyOther()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);

            Assert.That(bench.Works(Old));
            Assert.That(bench.Look(), Is.EqualTo(((byte)1, 5u, 0u, PairingResult.Committed)));
            Assert.That(bench.State.Slots.Tombstone, Is.Empty, "nothing was replaced");
            Assert.That(bench.Count(SecurityEventCode.Committed), Is.EqualTo(1));
        }

        [Test]
        public void TheReplyCarriesTheReceiptUnderTheKeysOfItsAssociation()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            bench.Stage(New);
            byte[] response = bench.Commit(bench.Associated(3, New), New);

            byte[] head =
            [
                1, .. PairingBench.MeterTitle, .. New.ClientTitle, 0, 0, 0, 6, .. New.TicketId,
                0x07, 0xEA, 4, 1, 3, 12, 34, 56, 0, 0xFD, 0xE4, 0,
            ];
            byte[] receipt = [.. head, .. HMACSHA256.HashData(PairingBench.ProofKey, head)];
            Assert.That(response, Is.EqualTo((byte[])[0xC7, 1, 0xC1, 0, 1, 0, 9, 81, .. receipt]));
            foreach (ServerClient client in new[] { bench.Associated(2, New), bench.Associated(1, bench.Utility) })
            {
                Assert.That(client.Get(8192, PairingBench.PairingName, 6), Is.EqualTo((byte[])[9, 81, .. receipt]));
            }

            bench.Server.Restart();
            Assert.That(bench.Associated(2, New).Get(8192, PairingBench.PairingName, 6)[2..], Is.EqualTo(receipt),
                "kept");
        }

        [Test]
        public void AnInvalidClockIsToldInTheReceipt()
        {
            var bench = new PairingBench();
            bench.Energy.IsClockValid = false;
            bench.Exchange(Old);

            Assert.That(bench.State.Slots.Receipt[37..49],
                Is.EqualTo(new byte[] { 0x07, 0xEA, 4, 1, 3, 12, 34, 56, 0, 0xFD, 0xE4, 1 }));
            byte[] clock = bench.Associated(2, Old).Get(8, "0.0.1.0.0.255", 2);
            Assert.That(clock[^1], Is.EqualTo(1));
        }

        [Test]
        public void TheTombstoneIsMadeUnderTheOldKeys()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            bench.Exchange(New);

            byte[] head = [.. "retired"u8, .. PairingBench.MeterTitle, .. Old.ClientTitle, 0, 0, 0, 6];
            var tag = new byte[12];
            using var gcm = new AesGcm(Old.EncryptionKey, tag.Length);
            gcm.Encrypt((byte[])[.. PairingBench.MeterTitle, 0xFF, 0xFF, 0xFF, 0xFF], [], [], tag.AsSpan(),
                [0x10, .. Old.AuthenticationKey, .. head]);
            byte[] data = bench.Associated(16).Get(8192, PairingBench.PairingName, 7);
            Assert.That(data, Is.EqualTo((byte[])[9, 39, .. head, .. tag]));
        }

        [Test]
        public void ARotationForTheSameUnitIsAnExchangeLikeAnyOther()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            PairingKeys rotated = PairingBench.Pairing(6, 1);
            bench.Exchange(rotated);

            Assert.That(bench.Works(rotated));
            Assert.That(bench.Works(Old), Is.False);
        }

        [Test]
        public void EveryAssociationEndsWithTheCommitTheOldUnitsToo()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            ServerClient old = bench.Associated(2, Old);
            ServerClient utility = bench.Associated(1, bench.Utility);
            ServerClient anybody = bench.Associated(16);
            bench.Stage(New);
            ServerClient pending = bench.Associated(3, New);
            Assert.That(old.Serve(Clock)[0], Is.EqualTo(0xC4), "until then");

            bench.Commit(pending, New);
            foreach (ServerClient client in new[] { old, utility, anybody, pending })
            {
                Assert.That(client.Serve(Clock), Is.EqualTo(NotAllowed), $"SAP {client.Sap}");
            }

            Assert.That(bench.Works(Old), Is.False);
            Assert.That(bench.Works(New));
        }

        [Test]
        public void ACommitDoneTwiceIsDoneOnce()
        {
            var bench = new PairingBench();
            bench.Stage(New);
            ServerClient client = bench.Associated(3, New);
            byte[] request = client.Cipher(0xCB,
                PairingBench.CommitRequest(6, PairingBench.MeterTitle, New.ClientTitle));
            Assert.That(client.Request(request)[0], Is.EqualTo(0xCF));
            byte[] receipt = bench.State.Slots.Receipt;

            Assert.That(client.Request(request), Is.EqualTo(NotAllowed));
            client.Connect();
            Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(13), "nothing is pending");
            Assert.That(bench.State.Slots.Receipt, Is.EqualTo(receipt));
            Assert.That(bench.Stage(New), Is.EqualTo(PairingBench.Answer(0, PairingResult.CommittedAlready)));
            Assert.That(bench.Works(New));
        }

        [Test]
        public void ALostReplyIsRepeatedByTheDataLink()
        {
            var bench = new PairingBench();
            bench.Stage(New);
            ServerClient client = bench.Associated(3, New);
            byte[] information = [0xE6, 0xE6, 0, .. client.Cipher(0xCB,
                PairingBench.CommitRequest(6, PairingBench.MeterTitle, New.ClientTitle))];
            byte[] frame = client.Frame((byte)((client.ReceiveNumber << 5) | 0x10 | (client.SendNumber << 1)), information);
            byte[] reply = client.Exchange(frame);

            Assert.That(client.Exchange(frame), Is.EqualTo(reply), "the same frame: no counter twice");
            Assert.That(bench.Count(SecurityEventCode.Committed), Is.EqualTo(1));
        }

        [Test]
        public void ACommitThatDoesNotMatchIsRefusedAndMayBeTriedAgain()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            bench.Stage(New);
            ServerClient client = bench.Associated(3, New);
            byte[] meter = PairingBench.MeterTitle;
            byte[][] mismatched =
            [
                PairingBench.CommitRequest(5, meter, New.ClientTitle),
                PairingBench.CommitRequest(7, meter, New.ClientTitle),
                PairingBench.CommitRequest(6, Old.ClientTitle, New.ClientTitle),
                PairingBench.CommitRequest(6, meter, Old.ClientTitle),
                PairingBench.CommitRequest(6, meter, meter),
                PairingBench.CommitRequest(6, meter[..7], New.ClientTitle),
                PairingBench.CommitRequest(6, meter, []),
            ];
            foreach (byte[] request in mismatched)
            {
                Assert.That(client.Serve(request), Is.EqualTo(new byte[] { 0xC7, 1, 0xC1, 3, 0 }),
                    Convert.ToHexString(request));
                Assert.That(bench.Look().Last, Is.EqualTo(PairingResult.CommitMismatch));
            }

            byte[] good = PairingBench.CommitRequest(6, meter, New.ClientTitle);
            byte[] none = [.. good[..12], 0];
            byte[] null1 = [.. good[..12], 1, 0];
            byte[] two = [.. good[..14], 2, .. good[15..^10]];
            byte[] wrongType = (byte[])good.Clone();
            wrongType[15] = 5;
            foreach (byte[] request in new[] { none, null1, two, wrongType })
            {
                Assert.That(client.Serve(request), Is.EqualTo(new byte[] { 0xC7, 1, 0xC1, 12, 0 }),
                    Convert.ToHexString(request));
            }

            Assert.That(bench.Count(SecurityEventCode.CommitRefused), Is.EqualTo(mismatched.Length + 4));
            Assert.That(bench.Works(Old));
            Assert.That(client.Serve(good)[3], Is.Zero, "and then it is as it should be");
        }

        [Test]
        public void ACommitThatTheStoreDoesNotTakeChangesNothing()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            bench.Stage(New);
            var store = new RefusingSlots(bench.Medium);
            var slots = new PairingSlots(store);
            store.Refuses = true;

            Assert.That(slots.Commit([1], [2]), Is.False);
            Assert.That(slots.Active.IsSame(Old) && slots.Pending.IsSame(New));
            store.TakesAllTheSame = true;
            Assert.That(slots.Commit([1], [2]), Is.True, "it says no, and the record is there: that is what counts");
            Assert.That(slots.Active.IsSame(New));
            Assert.That(slots.CommittedEpoch, Is.EqualTo(6));
        }

        [Test]
        public void HlsUnderOtherKeysOrAnotherTitleOpensNothingAndErasesNothing()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            bench.Stage(New);
            var wrong = new PairingKeys(6, New.ClientTitle, ServerBench.Key(9), New.AuthenticationKey);
            for (int i = 0; i < 20; i++)
            {
                ServerClient client = bench.Client(3, wrong);
                client.Connect();
                Assert.That(client.TakeAare(client.Request(client.Aarq())), Is.EqualTo(13));
                Assert.That(client.Exchange(client.Frame(ServerClient.Snrm)), Is.Empty, "deaf for a second");
                bench.Clock.AdvanceSeconds(1);
            }

            ServerClient old = bench.Client(3, Old);
            old.Connect();
            Assert.That(old.TakeAare(old.Request(old.Aarq())), Is.EqualTo(13), "the active pairing's keys");
            bench.Clock.AdvanceSeconds(1);
            Assert.That(bench.Count(SecurityEventCode.AuthenticationFailed), Is.EqualTo(20));
            Assert.That(bench.Commit(bench.Associated(3, New), New)[3], Is.Zero);
        }

        [Test]
        public void NoCounterIsUsedTwiceFromPendingToActiveThroughRestarts()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            bench.Stage(New);
            var counters = new List<uint>();
            for (int i = 0; i < 3; i++)
            {
                counters.AddRange(bench.Associated(3, New).ServerCounters);
                bench.Stage(New);
                counters.AddRange(bench.Associated(3, New).ServerCounters);
                bench.Server.Restart();
            }

            ServerClient client = bench.Associated(3, New);
            bench.Commit(client, New);
            counters.AddRange(client.ServerCounters);
            for (int i = 0; i < 3; i++)
            {
                Assert.That(bench.Works(New, counters));
                bench.Stage(New);
                Assert.That(bench.Works(New, counters));
                bench.Server.Restart();
            }

            Assert.That(counters, Is.Unique.And.Ordered);
            Assert.That(counters, Has.Count.EqualTo((6 * 3) + 4 + (6 * 4)));
        }

        [Test]
        public void TheOldKeysAreGoneFromTheMediumWithTheCommit()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            Assert.That(Holds(bench.Medium, Old.EncryptionKey), Is.True);
            bench.Exchange(New);

            Assert.That(Holds(bench.Medium, Old.EncryptionKey) || Holds(bench.Medium, Old.AuthenticationKey), Is.False);
            Assert.That(Holds(bench.Medium, New.EncryptionKey) && Holds(bench.Medium, New.AuthenticationKey), Is.True);
        }

        [Test]
        public void SomebodyAtTheLineWhoDivertsSap2ToSap3IsSeenByTheState()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            bench.Stage(New);
            bench.Server.Faults.DivertsPairingToPending = true;
            ServerClient client = bench.Associated(2, New);

            Assert.That(client.Get(8192, PairingBench.PairingName, 2), Is.EqualTo(new byte[] { 22, 2 }));
            Assert.That(client.Get(8192, PairingBench.PairingName, 3), Is.EqualTo(new byte[] { 6, 0, 0, 0, 5 }));
            Assert.That(client.TryGet(8, "0.0.1.0.0.255", 2, null, out byte result), Is.Null);
            Assert.That(result, Is.EqualTo((byte)DataAccessResult.ReadWriteDenied));
        }

        [Test]
        public void AMediumRestoredFromACopyIsWhatItWas()
        {
            var bench = new PairingBench();
            bench.Exchange(Old);
            var copy = new MemoryFiles(bench.Medium);
            bench.Exchange(New);
            var restored = new PairingBench(copy);

            // The unit cannot know; the new communication unit sees an epoch below its own.
            Assert.That(restored.Works(Old));
            Assert.That(restored.Look().Committed, Is.EqualTo(5));
            restored.Exchange(PairingBench.Pairing(7, 2));
            Assert.That(restored.Works(Old), Is.False, "a newer ticket mends it");
        }

        [Test]
        public void AnEpochAboveTheCommittedOneIsAlwaysNeeded()
        {
            var bench = new PairingBench();
            for (uint epoch = 1; epoch <= 50; epoch++)
            {
                bench.Exchange(PairingBench.Pairing(epoch, (byte)(epoch % 3)));
                Assert.That(bench.State.Slots.CommittedEpoch, Is.EqualTo(epoch));
                Assert.That(bench.Stage(PairingBench.Pairing(epoch - 1, (byte)((epoch - 1) % 3)))[3], Is.EqualTo(3));
            }
        }

        internal static bool Holds(MemoryFiles medium, byte[] key)
        {
            var buffer = new byte[2048];
            return new[] { "slot-a", "slot-b", "commit" }.SelectMany(name => new[] { name + ".rec", name + ".new" })
                .Any(name => buffer.AsSpan(0, Math.Max(0, medium.Read(name, buffer))).IndexOf(key) >= 0);
        }
    }
}
