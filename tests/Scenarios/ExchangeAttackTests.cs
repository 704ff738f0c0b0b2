using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using NanoComm.Hal.Host;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Records;
using NanoComm.Simulators.Dlms;
using NanoComm.Tests.Host.Dlms;
using static NanoComm.Tests.Scenarios.AttackScene;
using static NanoComm.Tests.Scenarios.ExchangeSite;

using SecurityEvent = NanoComm.Audit.SecurityEvent;
using Ticket = NanoComm.Keys.Ticket;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>
    /// Attacks on the exchange: the firmware and the simulated metering unit, with somebody on the line who knows
    /// everything but keys, or somebody who has a ticket, a unit or a store of yesterday. None changes a key. What
    /// came of each is printed as a table; docs/attacks.md keeps it.
    /// </summary>
    [Parallelizable]
    internal static class ExchangeAttackTests
    {
        private const byte GetRequest = 0xC8;
        private const byte GetResponse = 0xCC;
        private const byte Exception = 0xD8;
        private const byte Aare = 0x61;
        private const byte ActionResponse = 0xC7;

        private static readonly List<string> Table = [];

        [OneTimeTearDown]
        public static void Print()
        {
            TestContext.Progress.WriteLine("| Attack | Result | Logged |\n|---|---|---|\n" + string.Join('\n', Table));
        }

        [Test]
        public static void Old_session_left_open_over_the_commit()
        {
            using var scene = new AttackScene();
            HdlcFrame? held = null;
            scene.Attacker.Rule = (frame, isOfUnit) =>
            {
                held ??= isOfUnit && Tag(frame) == GetRequest ? frame : null;
                return held == null ? frame : null;
            };
            scene.Run(Minute);
            Assert.That(held, Is.Not.Null);

            MemoryFiles next = MakeUnit(2);
            Give(next, scene.Site.Issue(2, NextEpoch));
            scene.Plug(next);
            long denied = scene.MeterLogged(SecurityEventCode.AccessDenied);
            HdlcFrame? answer = null;
            scene.Attacker.Rule = (frame, isOfUnit) =>
            {
                if (!isOfUnit && answer == null && scene.Site.Meter.Pairing.Epoch == NextEpoch)
                {
                    answer = scene.Attacker.Exchange(held.Value);
                }

                return frame;
            };
            scene.UntilPaired(NextEpoch);
            Assert.That(answer.HasValue && Apdu(answer.Value)[0] == Exception, "the old association is closed");
            Assert.That(scene.MeterLogged(SecurityEventCode.AccessDenied), Is.EqualTo(denied + 1));
            Note("session of the old unit left open over the commit",
                "closed by the commit; its next request gets an exception", "metering unit: access denied");
        }

        [Test]
        public static void Key_transfer_with_leaked_keys()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            long denied = scene.MeterLogged(SecurityEventCode.AccessDenied);
            ServerClient client = scene.Client(SapKind.Pairing, Leak(scene.Files));
            client.Associate();
            int asked = 0;
            foreach (byte setup in new byte[] { 0, 1, 2, 3 })
            {
                for (byte id = 0; id < 4; id++)
                {
                    byte[] transfer = [0xC3, 1, 0xC1, 0, 0x40, 0, 0, 43, 0, setup, 255, 2, 1, 1, 1, 2, 2, 22, id, 9, 24,
                        .. new byte[24]];
                    byte[] answer = client.Serve(transfer);
                    Assert.That(answer[0] == ActionResponse && answer[3] != 0);
                    asked++;
                }
            }

            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            Assert.That(scene.MeterLogged(SecurityEventCode.AccessDenied), Is.EqualTo(denied + asked));
            scene.Run(2 * Minute);
            Assert.That(scene.IsReading);
            Note("key_transfer with leaked active keys", "no such method in any association", "metering unit: access denied");
        }

        [Test]
        public static void Forged_epoch_over()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            byte[] tombstone = [.. "retired"u8, .. scene.Site.MeterTitle.ToArray(), .. UnitTitle(1).ToArray(),
                0, 0, 3, 0xE7, .. new byte[12]];
            int forged = 0;
            scene.Attacker.Rule = (frame, isOfUnit) =>
            {
                if (isOfUnit || !HdlcControl.IsInformation(frame.Control))
                {
                    return frame;
                }

                // The readings do not verify, so the unit asks whether it was replaced; and is told so.
                byte[] information = frame.Information.ToArray();
                if (frame.Destination == (byte)SapKind.Pairing)
                {
                    information[^1] ^= 1;
                }
                else if (frame.Destination == (byte)SapKind.Public && information is [.., 9, 0])
                {
                    information = [.. information[..^1], (byte)tombstone.Length, .. tombstone];
                    forged++;
                }

                return frame with { Information = information };
            };
            scene.Run(10 * Minute);
            Assert.That(forged, Is.GreaterThan(0));
            Assert.That(scene.Keeper.Epoch, Is.EqualTo(Epoch));
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            Assert.That(scene.UnitLogged(SecurityEvent.NotAuthentic), Is.GreaterThan(0));
            Assert.That(scene.UnitLogged(SecurityEvent.Retired), Is.Zero);

            scene.Attacker.Rule = null;
            scene.Until(() => scene.IsReading);
            Note("forged \"epoch over\"", "does not verify under the old keys: nothing erased",
                "unit: not authentic (what made it ask)");
        }

        [Test]
        public static void Forged_refusal()
        {
            using var scene = new AttackScene();
            Give(scene.Files, scene.Site.Issue(1, NextEpoch));
            byte[] refusal = [0xE6, 0xE7, 0, ActionResponse, 1, 0xC1, 3, 1, 0, 0x16, 5];
            scene.Attacker.Rule = (frame, isOfUnit) =>
                !isOfUnit && frame.Destination == (byte)SapKind.Ticket && HdlcControl.IsInformation(frame.Control)
                    ? frame with { Information = refusal } : frame;
            scene.Until(() => scene.Keeper.State == PairingState.Refused);
            Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.NewerTicket));
            Assert.That(scene.Site.Meter.Pairing.Epoch, Is.EqualTo(Epoch));
            Assert.That(scene.UnitLogged(SecurityEvent.PairingRefused), Is.EqualTo(1));
            scene.Until(() => scene.IsReading);
            Assert.That(scene.Keeper.Epoch, Is.EqualTo(Epoch), "back to the old pairing");

            scene.Attacker.Rule = null;
            scene.UntilPaired(NextEpoch);
            Note("forged refusal of a ticket", "ticket kept, old pairing goes on, tried again; paired when it ceases",
                "unit: pairing refused");
        }

        [Test]
        public static void Sap_2_diverted_to_sap_3()
        {
            using var scene = new AttackScene();
            Give(scene.Files, scene.Site.Issue(1, NextEpoch));
            bool isDiverted = false;
            int onPending = 0;
            scene.Attacker.Rule = (frame, isOfUnit) =>
            {
                if (!isOfUnit)
                {
                    return isDiverted && frame.Destination == (byte)SapKind.Pending
                        ? frame with { Destination = (byte)SapKind.Pairing } : frame;
                }

                if (frame.Source == (byte)SapKind.Pairing)
                {
                    isDiverted = true;
                    return frame with { Source = (byte)SapKind.Pending };
                }

                // The true SAP 3 gets as far as HLS: the third APDU is the commit, which is spoilt.
                isDiverted = false;
                bool isPending = frame.Source == (byte)SapKind.Pending;
                onPending = isPending && frame.Control == HdlcControl.Snrm ? 0
                    : isPending && HdlcControl.IsInformation(frame.Control) ? onPending + 1 : onPending;
                return isPending && onPending > 2 && HdlcControl.IsInformation(frame.Control) ? Altered(frame) : frame;
            };
            scene.Until(() => scene.Keeper.State == PairingState.Refused);
            Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.NotAuthentic));
            Assert.That(scene.Keeper.Epoch, Is.EqualTo(Epoch), "HLS success is no proof");
            Assert.That(scene.Site.Meter.Pairing.Epoch, Is.EqualTo(Epoch));
            Assert.That(scene.UnitLogged(SecurityEvent.NotAuthentic), Is.GreaterThan(0));

            scene.Attacker.Rule = null;
            scene.UntilPaired(NextEpoch);
            Note("SAP 2 diverted to SAP 3", "HLS succeeds, the authenticated state does not say committed: not taken",
                "unit: not authentic");
        }

        [Test]
        public static void Old_reading_replayed_after_a_restart()
        {
            using var scene = new AttackScene();
            scene.Run(2 * Minute);
            byte[][] old = [.. scene.Attacker.OfMeter.Where(frame => Tag(frame) == GetResponse)
                .Select(frame => frame.Information.ToArray())];
            Assert.That(old, Is.Not.Empty);

            scene.Plug(scene.Files);
            var witness = new Witness(scene.Unit) { IsPatient = true };
            int replayed = 0;
            scene.Attacker.Rule = (frame, isOfUnit) =>
                !isOfUnit && Tag(frame) == GetResponse && !frame.IsSegmented && replayed < 20
                    ? frame with { Information = old[replayed++ % old.Length] } : frame;
            scene.Until(() => replayed == 20 && scene.IsReading);
            scene.Run(2 * Minute);
            witness.AssertNothingWrong();
            Assert.That(scene.UnitLogged(SecurityEvent.NotAuthentic), Is.GreaterThan(0));
            Note("old reading replayed after a restart", "its counter is not above that of pass 4: dropped",
                "unit: not authentic");
        }

        [Test]
        public static void Ticket_put_back_after_the_store_was_wiped()
        {
            using var scene = new AttackScene();
            var watch = new CounterWatch();
            watch.Attach(scene.Unit);
            scene.Plug(scene.Files);
            watch.Attach(scene.Unit);
            scene.Until(() => scene.IsReading);
            HdlcFrame old = scene.Attacker.OfUnit.Last(frame => Tag(frame) == GetRequest);

            // Counters begin anew at random: as often as it takes for them to begin below those of the first life.
            HdlcFrame young = old;
            for (int lives = 0; (long)Counter(old) - Counter(young) <= 0x20000; lives++)
            {
                Assert.That(lives, Is.LessThan(20));
                MemoryFiles wiped = MakeUnit(1);
                Give(wiped, scene.Ticket);
                scene.Plug(wiped);
                watch.Attach(scene.Unit);
                scene.UntilPaired(Epoch);
                scene.Until(() => scene.IsReading && scene.Attacker.OfUnit.Any(frame => Tag(frame) == GetRequest));
                young = scene.Attacker.OfUnit.Last(frame => Tag(frame) == GetRequest);
            }

            Assert.That(watch.UsedTwice, Is.Empty);
            Assert.That(watch.Count, Is.GreaterThan(20));

            // A request of the first life in place of one of the second: the counters began elsewhere, here below.
            long replays = scene.MeterLogged(SecurityEventCode.CounterReplayed);
            bool isReplayed = false;
            long leap = 0;
            scene.Attacker.Rule = (frame, isOfUnit) =>
            {
                if (isReplayed || !isOfUnit || Tag(frame) != GetRequest)
                {
                    return frame;
                }

                isReplayed = true;
                leap = (long)Counter(old) - Counter(frame);
                return frame with { Information = old.Information };
            };
            scene.Run(2 * Minute);
            Assert.That(isReplayed);
            Assert.That(leap, Is.GreaterThan(0x10000), "or this test tests nothing");
            Assert.That(scene.MeterLogged(SecurityEventCode.CounterReplayed), Is.EqualTo(replays + 1));
            scene.Until(() => scene.IsReading);
            Note("ticket file put back after the store was wiped", "paired again, no counter met twice", "unit: paired");
            Note("request of before the wipe replayed after it", "its counter leaps or is too low: refused",
                "metering unit: counter replayed");
        }

        [Test]
        public static void Replayed_ticket()
        {
            using var scene = new AttackScene();
            byte[] committed = Medium(scene);
            Assert.That(scene.Stage(scene.Ticket.MeterPart.Span), Is.EqualTo(Hint(0, PairingResult.CommittedAlready)));
            Assert.That(Medium(scene), Is.EqualTo(committed), "counters included");

            Ticket early = scene.Site.Issue(2, NextEpoch);
            Assert.That(scene.Stage(early.MeterPart.Span), Is.EqualTo(Hint(0, PairingResult.Staged)));
            byte[] staged = Medium(scene);
            Assert.That(scene.Stage(early.MeterPart.Span), Is.EqualTo(Hint(0, PairingResult.StagedAlready)));
            Assert.That(scene.Stage(scene.Ticket.MeterPart.Span), Is.EqualTo(Hint(0, PairingResult.CommittedAlready)));
            Assert.That(Medium(scene), Is.EqualTo(staged), "counters included");
            Assert.That(scene.MeterLogged(SecurityEventCode.StageRepeated), Is.EqualTo(3));
            scene.Run(2 * Minute);
            Assert.That(scene.IsReading, "a pending pairing disturbs nobody");

            MemoryFiles next = MakeUnit(2);
            Give(next, early);
            scene.Plug(next);
            scene.UntilPaired(NextEpoch);
            Note("replayed ticket; ticket staged early", "nothing written, or what its own unit would have staged",
                "metering unit: staged, ticket repeated");
        }

        [Test]
        public static void Older_epoch()
        {
            using var scene = new AttackScene();
            Ticket between = scene.Site.Issue(1, Epoch + 50);
            Give(scene.Files, scene.Site.Issue(1, NextEpoch));
            scene.UntilPaired(NextEpoch);
            string keys = scene.Keys(scene.Files);
            Assert.That(scene.Stage(between.MeterPart.Span), Is.EqualTo(Hint(3, PairingResult.NotAboveCommitted)));
            Assert.That(scene.Stage(scene.Ticket.MeterPart.Span), Is.EqualTo(Hint(3, PairingResult.NotAboveCommitted)));
            Assert.That(scene.MeterLogged(SecurityEventCode.StageRefused), Is.EqualTo(2));

            Give(scene.Files, between);
            scene.Until(() => scene.Keeper.Detail == PairingDetail.NotNewer);
            Assert.That(scene.UnitLogged(SecurityEvent.TicketRefused), Is.EqualTo(1));
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            scene.Run(2 * Minute);
            Assert.That(scene.IsReading);
            Note("ticket of an older epoch", "refused by both", "metering unit: stage refused; unit: ticket refused");
        }

        [Test]
        public static void Ticket_for_another_meter()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            var elsewhere = new ExchangeSite(1, 2);
            Give(scene.Files, elsewhere.Issue(1, NextEpoch));
            scene.Until(() => scene.UnitLogged(SecurityEvent.WrongUnit) > 0);
            scene.Run(5 * Minute);
            Assert.That((scene.Keeper.State, scene.Keeper.Detail), Is.EqualTo((PairingState.Paired, PairingDetail.None)));
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            Assert.That(scene.Keeper.Epoch, Is.EqualTo(Epoch));
            Assert.That(scene.MeterLogged(SecurityEventCode.TicketNotAuthentic), Is.Zero);
            Assert.That(scene.UnitLogged(SecurityEvent.WrongUnit), Is.EqualTo(1));
            scene.Until(() => scene.IsReading);

            // Nor at one whose answer is forged to be the right one's, or that says nothing of itself.
            MemoryFiles other = MakeUnit(2);
            Give(other, elsewhere.Issue(2, NextEpoch));
            scene.Plug(other);
            byte[] title = [.. elsewhere.MeterTitle.ToArray()];
            scene.Attacker.Rule = (frame, isOfUnit) => isOfUnit || Tag(frame) != Aare || frame.Destination != (byte)SapKind.Public
                ? frame : frame with { Information = Replaced(frame.Information.ToArray(), scene.Site.MeterTitle.ToArray(), title) };
            scene.Until(() => scene.Keeper.State == PairingState.Refused);
            Assert.That(scene.MeterLogged(SecurityEventCode.TicketNotAuthentic), Is.EqualTo(1), "lied to, it hands over");
            Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.WrongUnit));
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            Note("ticket for another meter", "not handed to this one, whose title is asked first; old pairing goes on",
                "unit: wrong unit");
            Note("title of the meter forged in its plain answer", "the ticket is kept, or handed to one that cannot read it: nothing changes",
                "unit: wrong unit or pairing refused; metering unit: ticket not authentic");
        }

        [Test]
        public static void Ticket_for_another_unit()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            Give(scene.Files, scene.Site.Issue(2, NextEpoch));
            scene.Until(() => scene.Keeper.Detail == PairingDetail.BadTicket);
            scene.Run(2 * Minute);
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            Assert.That(scene.Site.Meter.Pending, Is.Null);
            Assert.That(scene.UnitLogged(SecurityEvent.TicketRefused), Is.EqualTo(1));
            Assert.That(scene.IsReading);
            Note("ticket for another unit", "cannot be opened", "unit: ticket refused");
        }

        [Test]
        public static void Ticket_altered_in_every_byte()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            Ticket ticket = scene.Site.Issue(1, NextEpoch);
            byte[] message = ticket.MeterPart.ToArray();
            for (int i = 0; i < message.Length; i++)
            {
                byte[] altered = [.. message];
                altered[i] ^= (byte)(1 << (i % 8));
                Assert.That(scene.Stage(altered)[0], Is.EqualTo(Exception), $"M[{i}]");
            }

            Assert.That(scene.Site.Meter.Pending, Is.Null);
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            long logged = scene.MeterLogged(SecurityEventCode.TicketNotAuthentic) + scene.MeterLogged(SecurityEventCode.AccessDenied);
            Assert.That(logged, Is.EqualTo(message.Length));

            // The unit's part and the frame of the file; M's own bytes are the metering unit's to refuse, but its id.
            byte[] file = ticket.Bytes.ToArray();
            int own = file.Length - message.Length;
            int refused = 0;
            for (int i = 0; i < own; i++)
            {
                byte[] altered = [.. file];
                altered[i] ^= (byte)(1 << (i % 8));
                MemoryFiles medium = MakeUnit(1);
                new DurableStore(medium).Write(RecordCatalogue.Inbox, altered, altered.Length);
                scene.Plug(medium);
                scene.Until(() => scene.Keeper.State == PairingState.Refused);
                Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.BadTicket), $"byte {i}");
                Assert.That(Record(medium, RecordCatalogue.Inbox), Is.Empty);
                refused += (int)scene.UnitLogged(SecurityEvent.TicketRefused);
            }

            Assert.That(refused, Is.EqualTo(own));
            scene.Plug(scene.Files);
            Give(scene.Files, ticket);
            scene.UntilPaired(NextEpoch);
            Note($"ticket altered in every single byte ({own} + {message.Length})", "each refused, the true one taken afterwards",
                "unit: ticket refused; metering unit: ticket not authentic, access denied");
        }

        [Test]
        public static void Expired_ticket()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            Give(scene.Files, scene.Site.Issue(1, NextEpoch, 1));
            scene.Until(() => scene.Keeper.State == PairingState.Refused);
            Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.Expired));
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            Assert.That(scene.MeterLogged(SecurityEventCode.StageRefused), Is.GreaterThan(0));
            Assert.That(scene.UnitLogged(SecurityEvent.PairingRefused), Is.EqualTo(1));
            scene.Until(() => scene.IsReading);
            Note("expired ticket", "refused; old pairing goes on", "metering unit: stage refused; unit: pairing refused");
        }

        [Test]
        public static void Unauthorised_unit()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            MemoryFiles stranger = MakeUnit(3);
            scene.Plug(stranger);
            scene.Run(5 * Minute);
            Assert.That((scene.Keeper.State, scene.Unit.Unit.Metering.State),
                Is.EqualTo((PairingState.Unpaired, MeteringState.Unpaired)));

            // With keys of its own making, in its own name and in the right one's.
            foreach (int name in new[] { 3, 1 })
            {
                stranger = MakeUnit(3);
                var random = new SeededRandom(name);
                Assert.That(ActivePairing.Install(new DurableStore(stranger), random, Epoch, scene.Site.MeterTitle.ToArray(),
                    UnitTitle(name).ToArray(), new byte[16], new byte[16]));
                scene.Plug(stranger);
                scene.Run(5 * Minute);
                Assert.That(scene.Unit.Unit.Metering.State, Is.Not.EqualTo(MeteringState.Reading));
            }

            Assert.That(scene.MeterLogged(SecurityEventCode.AssociationRefused), Is.GreaterThan(0));
            Assert.That(scene.MeterLogged(SecurityEventCode.AuthenticationFailed), Is.GreaterThan(0));
            scene.Plug(scene.Files);
            scene.UntilPaired(Epoch);
            Assert.That(scene.Keys(scene.Files), Is.EqualTo(keys));
            Note("unauthorised unit on the line", "no association",
                "metering unit: association refused, authentication failed");
        }

        [Test]
        public static void Old_unit_after_the_commit()
        {
            using var scene = new AttackScene();
            MemoryFiles next = MakeUnit(2);
            Give(next, scene.Site.Issue(2, NextEpoch));
            scene.Plug(next);
            scene.UntilPaired(NextEpoch);
            PairingKeys leaked = Leak(scene.Files);
            string keys = scene.Keys(next);

            // A thief who keeps the unit from the tombstone, and the unit as it is.
            ServerClient thief = scene.Client(SapKind.Pairing, leaked);
            thief.Connect();
            Assert.That(thief.TakeAare(thief.Request(thief.Aarq())), Is.Not.EqualTo(14), "no challenge");
            long refused = scene.MeterLogged(SecurityEventCode.AssociationRefused);
            Assert.That(refused, Is.GreaterThan(0));

            scene.Plug(scene.Files);
            scene.Until(() => scene.Keeper.State == PairingState.Retired);
            Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.Replaced));
            Assert.That(Record(scene.Files, "pairing"), Is.Empty);
            Assert.That(scene.UnitLogged(SecurityEvent.Retired), Is.EqualTo(1));
            Assert.That(scene.MeterLogged(SecurityEventCode.AssociationRefused), Is.GreaterThan(refused));

            Give(scene.Files, scene.Ticket);
            scene.Run(5 * Minute);
            Assert.That(scene.Keeper.Epoch, Is.Zero, "its old ticket is no good either");
            scene.Plug(next);
            scene.UntilPaired(NextEpoch);
            Assert.That(scene.Keys(next), Is.EqualTo(keys));
            Note("old unit after the commit", "no association; it erases its keys on the tombstone",
                "metering unit: association refused; unit: retired");
        }

        [TestCase("altered")]
        [TestCase("dropped")]
        [TestCase("reflected")]
        public static void Man_in_the_middle(string how)
        {
            int count = Exchange(how, -1, out _, out _);
            Assert.That(count, Is.GreaterThan(20));
            int logged = 0;
            long longest = 0;
            for (int i = 0; i < count; i++)
            {
                Exchange(how, i, out long time, out bool isLogged);
                longest = Math.Max(longest, time);
                logged += isLogged ? 1 : 0;
            }

            Assert.That(logged, how == "altered" ? Is.GreaterThan(count / 2) : Is.Zero);
            Note($"man in the middle: each of {count} messages {how}", $"paired nevertheless, within {longest / 1000.0:0.0} s",
                logged > 0 ? $"{logged} of them, as not authentic; the others as any bad line" : "as any bad line: frames sent again");
        }

        [Test]
        public static void Restored_store_of_the_unit()
        {
            using var scene = new AttackScene();
            var copy = new MemoryFiles(scene.Files);
            var watch = new CounterWatch();
            watch.Know(Leak(scene.Files));
            watch.Attach(scene.Unit);
            scene.Plug(scene.Files);
            watch.Attach(scene.Unit);
            scene.Run(2 * Minute);
            Assert.That(watch.UsedTwice, Is.Empty);

            // Neither side can know.
            scene.Plug(copy);
            watch.Attach(scene.Unit);
            scene.Until(() => scene.IsReading);
            scene.Run(2 * Minute);
            Assert.That(watch.UsedTwice, Is.Not.Empty);
            Give(copy, scene.Site.Issue(1, NextEpoch));
            scene.UntilPaired(NextEpoch);

            // And once the keys were replaced, a copy of older ones is worth nothing.
            var older = new MemoryFiles(scene.Files);
            scene.Plug(older);
            scene.Until(() => scene.Keeper.State == PairingState.Retired);
            Note("restored old store of the unit, same epoch",
                "not detected: works, and repeats counters until a rotation ticket is used", "nowhere");
            Note("restored old store of the unit, replaced epoch", "no association; retires on the tombstone",
                "metering unit: association refused; unit: retired");
        }

        [Test]
        public static void Restored_store_of_the_meter()
        {
            using var scene = new AttackScene();
            string[] names = ["slot-a", "slot-b", "commit"];
            byte[][] before = [.. names.Select(name => Record(scene.Site.Point.Files, name))];
            var old = new MemoryFiles(scene.Files);
            MemoryFiles next = MakeUnit(2);
            Give(next, scene.Site.Issue(2, NextEpoch));
            scene.Plug(next);
            scene.UntilPaired(NextEpoch);

            var store = new DurableStore(scene.Site.Point.Files);
            for (int i = 0; i < names.Length; i++)
            {
                Assert.That(before[i].Length > 0 ? store.Write(names[i], before[i], before[i].Length)
                    : Record(scene.Site.Point.Files, names[i]).Length == 0 || store.Delete(names[i]));
            }

            scene.Site.Point.Restart();
            scene.Run(5 * Minute);
            Assert.That(scene.IsReading, Is.False, "the paired unit notices");
            Assert.That(scene.Site.Meter.Slots.CommittedEpoch, Is.EqualTo(Epoch), "SAP 16 tells it to the office");
            Assert.That(scene.Keeper.Epoch, Is.EqualTo(NextEpoch), "and keeps its keys");

            // The unit of that time works again, if it was kept from its tombstone; the next ticket ends it.
            scene.Plug(old);
            scene.UntilPaired(Epoch);
            Give(next, scene.Site.Issue(2, NextEpoch + 1));
            scene.Plug(next);
            scene.UntilPaired(NextEpoch + 1);
            Note("restored old store of the meter, replaced epoch",
                "not detected by the meter; the paired unit loses it, the epoch on SAP 16 is below the ledger's; a new ticket mends it",
                "metering unit: association refused");
        }

        // The meter's memory is put back to what it was a while ago, under the same pairing.
        [Test]
        public static void Restored_store_of_the_meter_within_one_epoch()
        {
            using var scene = new AttackScene();
            string[] names = ["slot-a", "slot-b", "commit"];
            byte[][] before = [.. names.Select(name => Record(scene.Site.Point.Files, name))];
            var watch = new CounterWatch();
            watch.Know(Leak(scene.Files));
            scene.Plug(scene.Files);
            watch.Attach(scene.Unit);
            scene.Run(20 * Minute);
            Assert.That(watch.UsedTwice, Is.Empty);
            var store = new DurableStore(scene.Site.Point.Files);
            for (int i = 0; i < names.Length; i++)
            {
                Assert.That(before[i].Length == 0 || store.Write(names[i], before[i], before[i].Length));
            }

            // Neither side can know.
            scene.Site.Point.Restart();
            scene.Until(() => scene.IsReading);
            scene.Run(20 * Minute);
            Assert.That(watch.UsedTwice, Is.Not.Empty);
            Assert.That(scene.IsReading);

            Ticket rotation = scene.Site.Issue(1, NextEpoch);
            watch.Know(scene.Site.KeysOf(rotation));
            Give(scene.Files, rotation);
            scene.UntilPaired(NextEpoch);
            int twice = watch.UsedTwice.Count;
            scene.Run(20 * Minute);
            Assert.That(watch.UsedTwice, Has.Count.EqualTo(twice), "ended");
            Note("restored old store of the meter, same epoch",
                "**not detected**: works, and the meter repeats counters until a rotation ticket is used", "nowhere");
        }

        [Test]
        public static void Staged_in_time_and_kept()
        {
            using var scene = new AttackScene();
            string keys = scene.Keys(scene.Files);
            uint now = NanoComm.Keys.UtilityTime.FromTime(new DateTimeOffset(Start, TimeSpan.FromHours(9)));
            Ticket early = scene.Site.Issue(2, NextEpoch, now + 600);
            Assert.That(scene.Stage(early.MeterPart.Span), Is.EqualTo(Hint(0, PairingResult.Staged)));
            scene.Run(20 * Minute);
            MemoryFiles next = MakeUnit(2);
            Give(next, early);
            scene.Plug(next);
            scene.Until(() => scene.Keeper.State == PairingState.Refused);
            Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.Expired));
            Assert.That(scene.MeterLogged(SecurityEventCode.CommitRefused), Is.GreaterThan(0));
            Assert.That(scene.UnitLogged(SecurityEvent.PairingRefused), Is.EqualTo(1));
            scene.Plug(scene.Files);
            scene.UntilPaired(Epoch);
            Note("ticket staged in time and kept until its end is over", "not committed; old pairing goes on",
                "metering unit: commit refused; unit: pairing refused");
        }

        [Test]
        public static void Put_back_after_the_tombstone()
        {
            using var scene = new AttackScene();
            Ticket overtaken = scene.Site.Retire(1, Epoch + 50);
            MemoryFiles next = MakeUnit(2);
            Give(next, scene.Site.Issue(2, NextEpoch));
            scene.Plug(next);
            scene.UntilPaired(NextEpoch);
            scene.Plug(scene.Files);
            scene.Until(() => scene.Keeper.State == PairingState.Retired);
            long bytes = scene.Unit.Line.BytesToFar;
            Give(scene.Files, scene.Ticket);
            scene.Until(() => scene.Keeper.State == PairingState.Refused);
            Assert.That(scene.Keeper.Detail, Is.EqualTo(PairingDetail.NewerTicket));
            Give(scene.Files, overtaken);
            scene.Until(() => scene.Keeper.Detail == PairingDetail.NotNewer);
            scene.Run(Minute);
            Assert.That(scene.Unit.Line.BytesToFar, Is.EqualTo(bytes), "nothing was opened");
            Assert.That(Record(scene.Files, "factory"), Is.Not.Empty);
            Note("old ticket or order to retire put back after the tombstone", "refused by the unit, unopened", "unit: ticket refused");
        }

        // One exchange with one message treated; how many messages there are.
        private static int Exchange(string how, int which, out long time, out bool isLogged)
        {
            using var scene = new AttackScene();
            MemoryFiles next = MakeUnit(2);
            Give(next, scene.Site.Issue(2, NextEpoch));
            long before = Suspicions(scene);
            scene.Plug(next);
            int count = 0;
            scene.Attacker.Rule = (frame, isOfUnit) =>
            {
                if (count++ != which)
                {
                    return frame;
                }

                switch (how)
                {
                    case "dropped":
                        return null;
                    case "reflected":
                        HdlcFrame back = Reflected(frame);
                        if (isOfUnit)
                        {
                            scene.Attacker.ToUnit(back);
                        }
                        else
                        {
                            scene.Attacker.ToMeter(back);
                        }

                        return null;
                    default:
                        return Altered(frame);
                }
            };
            scene.Until(() => scene.Keeper.State == PairingState.Paired);
            int messages = count;
            time = scene.Unit.Scheduler.Milliseconds;
            scene.UntilPaired(NextEpoch);
            Assert.That(scene.Site.Meter.Pairing.ClientTitle.ToArray(), Is.EqualTo(UnitTitle(2).ToArray()));
            isLogged = Suspicions(scene) + scene.UnitLogged(SecurityEvent.NotAuthentic)
                + scene.UnitLogged(SecurityEvent.PairingRefused) + scene.UnitLogged(SecurityEvent.WrongUnit) > before;
            return messages;
        }

        private static byte[] Replaced(byte[] information, byte[] from, byte[] to)
        {
            int at = information.AsSpan().IndexOf(from);
            Assert.That(at, Is.GreaterThanOrEqualTo(0));
            to.CopyTo(information, at);
            return information;
        }

        // So that it passes for an answer, or for a request, as far as the link layer sees.
        private static HdlcFrame Reflected(HdlcFrame frame)
        {
            byte[] information = frame.Information.ToArray();
            if (information is [0xE6, 0xE6 or 0xE7, 0, ..])
            {
                information[1] ^= 0xE6 ^ 0xE7;
            }

            return frame with { Destination = frame.Source, Source = frame.Destination, Information = information };
        }

        private static HdlcFrame Altered(HdlcFrame frame)
        {
            byte[] information = frame.Information.ToArray();
            if (information.Length == 0)
            {
                return frame with { Control = (byte)(frame.Control ^ 0x20) };
            }

            information[^1] ^= 1;
            return frame with { Information = information };
        }

        private static long Suspicions(AttackScene scene)
        {
            SecurityEventCode[] codes =
            [
                SecurityEventCode.AssociationRefused, SecurityEventCode.AuthenticationFailed,
                SecurityEventCode.DecipheringFailed, SecurityEventCode.CounterReplayed, SecurityEventCode.AccessDenied,
                SecurityEventCode.StageRefused, SecurityEventCode.TicketNotAuthentic, SecurityEventCode.CommitRefused,
            ];
            return codes.Sum(scene.MeterLogged);
        }

        private static byte[] Medium(AttackScene scene)
        {
            string[] names = ["slot-a", "slot-b", "commit"];
            return [.. names.SelectMany(name => Record(scene.Site.Point.Files, name))];
        }

        private static byte[] Hint(byte action, PairingResult result)
        {
            return [ActionResponse, 1, 0xC1, action, 1, 0, 0x16, (byte)result];
        }

        private static byte[] Apdu(HdlcFrame frame)
        {
            return frame.Information.Length > 3 ? frame.Information[3..].ToArray() : [];
        }

        // Of the APDU that begins in a frame; 0 for none.
        private static byte Tag(HdlcFrame frame)
        {
            return HdlcControl.IsInformation(frame.Control) && frame.Information.Span is [0xE6, 0xE6 or 0xE7, 0, byte tag, ..]
                ? tag : (byte)0;
        }

        private static uint Counter(HdlcFrame frame)
        {
            byte[] apdu = Apdu(frame);
            int at = apdu[1] < 0x80 ? 3 : 3 + (apdu[1] & 0x7F);
            return Bytes.U32(apdu, at);
        }

        private static void Note(string attack, string result, string logged)
        {
            lock (Table)
            {
                Table.Add($"| {attack} | {result} | {logged} |");
            }
        }
    }
}
