using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Dlms;
using NanoComm.Hal;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>Whatever the line delivers: no exception leaves the client, and nothing that is not authentic is
    /// taken for a value.</summary>
    [Parallelizable]
    [TestFixture]
    public sealed class ClientFuzzTests
    {
        private static readonly int Frames = Effort.Of(1_000_000);

        private readonly MeterReadings _readings = new();

        private delegate byte[] Mutation(byte[] bytes, int position);

        private static readonly Mutation[] Mutations =
        [
            (bytes, position) => bytes[..position],
            (bytes, position) => [.. bytes[..position], .. bytes[(position + 1)..]],
            (bytes, position) => Flip(bytes, position, 0x01),
            (bytes, position) => Flip(bytes, position, 0x80),
            (bytes, position) => Flip(bytes, position, 0xFF),
            (bytes, position) => [.. bytes[..position], bytes[position], .. bytes[position..]],
            (bytes, position) => [.. bytes[..position], 0x7E, .. bytes[position..]],
        ];

        // Each frame that the server sends during association, poll and rows; each byte; each mutation. One frame
        // damaged is made good by sending again.
        [Test]
        public void Every_byte_of_every_frame_damaged_once_costs_a_repetition_at_most()
        {
            int cases = 0;
            byte[][] frames = Record();
            for (int number = 0; number < frames.Length; number++)
            {
                for (int position = 0; position < frames[number].Length; position++)
                {
                    foreach (Mutation mutation in Mutations.Where(_ => Effort.Takes(cases++)))
                    {
                        MeteringLink link = NewLink();
                        link.Tamper = (n, frame) =>
                            n == number ? mutation(frame, Math.Min(position, frame.Length - 1)) : frame;
                        Assert.That(Talk(link), Is.EqualTo(DlmsResult.Ok), $"frame {number}, byte {position}");
                        AssertTrue(link);
                    }
                }
            }

            TestContext.Out.WriteLine($"{Effort.Of(cases)} of {cases} cases");
        }

        // The same behind good check sequences: what an attacker on the line can do. The association's own answer is
        // partly plain, so it may be refused in many ways; a value is never wrong.
        [Test]
        public void Every_byte_of_every_apdu_forged_gives_no_wrong_value()
        {
            byte[][] frames = Record();
            int cases = 0;
            int refused = 0;
            for (int number = 1; number < frames.Length; number++)
            {
                int length = frames[number].Length - HdlcFrame.Overhead;
                for (int position = 0; position < length; position++)
                {
                    foreach (Mutation mutation in Mutations.Where(_ => Effort.Takes(cases++)))
                    {
                        MeteringLink link = NewLink();
                        link.Tamper = (n, frame) => n == number && frame.Length > HdlcFrame.Overhead
                            ? MeteringLink.Reframe(frame, Forge(mutation, Information(frame), position))
                            : frame;
                        DlmsResult result = Talk(link);
                        refused += result == DlmsResult.Ok ? 0 : 1;
                        if (result == DlmsResult.Ok)
                        {
                            AssertTrue(link);
                        }
                        else
                        {
                            // A failed proof costs the next attempt a second of deafness.
                            link.Advance(1000);
                            Assert.That(link.Associate(), Is.EqualTo(DlmsResult.Ok),
                                $"after {result}, frame {number}, byte {position}");
                        }
                    }
                }
            }

            TestContext.Out.WriteLine($"{Effort.Of(cases)} of {cases} cases, {refused} refused");
            Assert.That(refused, Is.GreaterThan(Effort.Of(cases) / 2));
        }

        [Test]
        public void Mutated_frames_through_the_receiver()
        {
            var random = new Random(20260301);
            byte[][] frames = Record();
            var line = new FeedLine();
            var receiver = new HdlcReceiver(HdlcLink.DefaultInformation);
            receiver.Reset(HdlcFrame.Address(MeteringLink.PairingSap), HdlcFrame.Address(1));
            var known = new HashSet<string>(frames.Select(frame => Convert.ToHexString(Information(frame))));
            int found = 0;
            int forged = 0;
            for (int i = 0; i < Frames; i++)
            {
                line.Put(Mutate(frames[random.Next(frames.Length)], random));
                while (receiver.Fill(line) > 0)
                {
                    while (receiver.Next())
                    {
                        Check();
                    }
                }

                while (random.Next(4) == 0 && receiver.GiveUp())
                {
                    Check();
                }
            }

            TestContext.Out.WriteLine($"{found} frames found, {forged} with check sequences that fit by chance");
            Assert.That(found, Is.GreaterThan(Frames / 4));
            Assert.That(forged, Is.LessThan(100), "more than 16 bits of chance explain");

            void Check()
            {
                found++;
                string information = Convert.ToHexString(
                    receiver.Buffer, receiver.InformationOffset, receiver.InformationLength);
                forged += known.Contains(information) ? 0 : 1;
            }
        }

        [Test]
        public void Mutated_apdus_through_the_readers()
        {
            var random = new Random(20260302);
            byte[][] plain = PlainApdus();
            var reader = new ApduReader();
            var aare = new AareReader();
            var rows = new RowSplitter();
            int good = 0;
            for (int i = 0; i < Frames; i++)
            {
                byte[] apdu = Mutate(plain[random.Next(plain.Length)], random);
                reader.Open(apdu, 0, apdu.Length);
                good += aare.Read(reader, Acse.ContextCiphered) && IsWithin(apdu, aare.Challenge, aare.ChallengeLength)
                    && IsWithin(apdu, aare.Information, aare.InformationLength)
                    && IsWithin(apdu, aare.Title, aare.TitleLength) ? 1 : 0;
                reader.Open(apdu, 0, apdu.Length);
                Initiate.ReadResponse(reader, out _, out _);
                reader.Open(apdu, 0, apdu.Length);
                ActionResponse.Read(reader, 1, out _, out int offset, out int length);
                Assert.That(IsWithin(apdu, offset, length));
                int start = random.Next(apdu.Length + 1);
                int measured = CosemData.Measure(apdu, start, apdu.Length);
                Assert.That(measured, Is.LessThanOrEqualTo(apdu.Length - start));
                rows.Begin(new BoundsSink(apdu));
                int taken = rows.Take(apdu, start, apdu.Length);
                Assert.That(taken, Is.LessThanOrEqualTo(apdu.Length - start));
                reader.Open(apdu, start, apdu.Length - start);
                reader.ReadOctets(out _);
                reader.SkipData();
                Assert.That(reader.Position, Is.LessThanOrEqualTo(apdu.Length));
                reader.Open(apdu, start, apdu.Length - start);
                reader.Take(reader.ReadLength());
                reader.ReadCount();
                reader.ReadU32();
                reader.SkipData();
                Assert.That(reader.Position, Is.LessThanOrEqualTo(apdu.Length));
            }

            Assert.That(good, Is.GreaterThan(Frames / 1000));
        }

        // Through the whole client, on the plain association, where nothing but the readers stands between the line
        // and the value; and on the ciphered one, where not one mutated APDU may pass.
        [Test]
        public void Mutated_answers_through_the_whole_client([Values] bool isCiphered)
        {
            var random = new Random(20260303);
            var results = new Dictionary<DlmsResult, int>();
            MeteringLink link = NewLink();
            link.Server.Faults.BlockLength = 40;
            GetItem item = isCiphered ? _readings.Minutes : new GetItem(new CosemDescriptor(1, 0, 0, 42, 0, 0, 2));
            bool isMutated = false;
            for (int i = 0; i < Effort.Of(20_000); i++)
            {
                if (!(isCiphered ? link.IsAssociated : link.Client.IsAssociatedWith(MeteringLink.PublicSap, null)))
                {
                    link.Tamper = (_, frame) => frame;
                    DlmsResult associated = isCiphered
                        ? link.Associate()
                        : link.Client.Associate(MeteringLink.PublicSap, null);
                    Assert.That(associated, Is.EqualTo(DlmsResult.Ok));
                    DateTime last = MeterReadings.Floor(link.Energy.ClockTime, 60);
                    _readings.SetRange(last.AddSeconds(-240), last);
                }

                isMutated = false;
                int chosen = link.ServerFrames + random.Next(isCiphered ? 6 : 1);
                link.Tamper = (n, frame) => n == chosen ? Forge(frame) : frame;
                _readings.Rows.Clear();
                DlmsResult result = isCiphered && random.Next(2) == 0
                    ? link.Client.GetRows(item, _readings)
                    : link.Client.Get(item);
                results[result] = results.GetValueOrDefault(result) + 1;
                if (isCiphered)
                {
                    Assert.That(result == DlmsResult.Ok && isMutated, Is.False);
                    foreach ((DateTime time, uint normal, uint reverse) in _readings.Rows)
                    {
                        Assert.That(normal, Is.EqualTo(link.Energy.NormalAt(time)));
                        Assert.That(reverse, Is.EqualTo(link.Energy.ReverseAt(time)));
                    }
                }
                else if (result == DlmsResult.Ok)
                {
                    int measured = CosemData.Measure(item.Buffer, item.Offset, item.Offset + item.Length);
                    Assert.That(measured, Is.EqualTo(item.Length));
                }
            }

            TestContext.Out.WriteLine(string.Join(", ", results.Select(pair => $"{pair.Key} {pair.Value}")));
            Assert.That(results.Keys, Is.SupersetOf(new[] { DlmsResult.Ok, DlmsResult.ProtocolError }));

            byte[] Forge(byte[] frame)
            {
                byte[] information = Information(frame);
                byte[] forged = information.Length == 0 ? information : Mutate(information, random);
                if (forged.Length is 0 or > HdlcLink.DefaultInformation || forged.AsSpan().SequenceEqual(information))
                {
                    return frame;
                }

                isMutated = true;
                return MeteringLink.Reframe(frame, forged);
            }
        }

        private static byte[] Forge(Mutation mutation, byte[] information, int position)
        {
            return mutation(information, Math.Min(position, information.Length - 1));
        }

        private static byte[] Flip(byte[] bytes, int position, byte mask)
        {
            byte[] flipped = [.. bytes];
            flipped[position] ^= mask;
            return flipped;
        }

        private static byte[] Mutate(byte[] bytes, Random random)
        {
            for (int i = random.Next(4); i > 0 && bytes.Length > 0; i--)
            {
                bytes = random.Next(3) == 0
                    ? Flip(bytes, random.Next(bytes.Length), (byte)random.Next(1, 256))
                    : Mutations[random.Next(Mutations.Length)](bytes, random.Next(bytes.Length));
            }

            return bytes;
        }

        private static byte[] Information(byte[] frame)
        {
            return frame.Length <= HdlcFrame.Overhead ? [] : frame[HdlcFrame.InformationOffset..^3];
        }

        private static bool IsWithin(byte[] bytes, int offset, int length)
        {
            return offset >= 0 && length >= 0 && offset + length <= bytes.Length;
        }

        private static MeteringLink NewLink()
        {
            return new MeteringLink(115200, null, new LinkSettings { ServerTurnaround = 100 });
        }

        private DlmsResult Talk(MeteringLink link)
        {
            DlmsResult result = link.Associate();
            if (result == DlmsResult.Ok)
            {
                result = link.Client.GetWithList(_readings.Poll);
            }

            if (result == DlmsResult.Ok)
            {
                DateTime last = MeterReadings.Floor(link.Energy.ClockTime, 60);
                _readings.SetRange(last.AddSeconds(-480), last);
                result = link.Client.GetRows(_readings.Minutes, _readings);
            }

            return result;
        }

        private void AssertTrue(MeteringLink link)
        {
            Assert.That(_readings.Rows, Has.Count.EqualTo(9));
            foreach ((DateTime time, uint normal, uint reverse) in _readings.Rows)
            {
                Assert.That(normal, Is.EqualTo(link.Energy.NormalAt(time)));
                Assert.That(reverse, Is.EqualTo(link.Energy.ReverseAt(time)));
            }
        }

        private byte[][] Record()
        {
            var frames = new List<byte[]>();
            MeteringLink link = NewLink();
            link.Tamper = (_, frame) =>
            {
                frames.Add(frame);
                return frame;
            };
            Assert.That(Talk(link), Is.EqualTo(DlmsResult.Ok));
            AssertTrue(link);
            return [.. frames];
        }

        private static byte[][] PlainApdus()
        {
            return new[]
            {
                "612FA109060760857405080103A203020100A305A10302010EA40A04084D4D4D0000BC614E88020780890760857405080205"
                    + "AA0A8008503677524A323146BE230421281F3001234567"
                    + "0001020304050607080910111213141516171819202122232425",
                "0800065F1F040000121504000007",
                "C701C10001000911100123456700112233445566778899AABB",
                "C401C1000102020309 0C07EA0301071014 00FF800000 0600000001 0600000002 0203090C07EA03010710150"
                    + "0FF800000060000000306000004",
                "0102 0203 090C07EA030107101400FF800000 0600000001 0600000002"
                    + "0203 090C07EA030107101500FF800000 0600000003 0600000004",
                "C403C104 00 090C07EA030107101400FF800000 00 0600000001 0104 00 120005",
            }.Select(text => Convert.FromHexString(Even(text.Replace(" ", "")))).Select(FixAare).ToArray();
        }

        private static string Even(string hex)
        {
            return hex.Length % 2 == 0 ? hex : hex[..^1];
        }

        private static byte[] FixAare(byte[] apdu)
        {
            if (apdu[0] == ApduTag.Aare)
            {
                apdu[1] = (byte)(apdu.Length - 2);
            }

            return apdu;
        }

        private sealed class FeedLine : ISerialLine
        {
            private readonly Queue<byte> _bytes = new();

            public int BaudRate => 9600;

            public void Put(byte[] bytes)
            {
                foreach (byte value in bytes)
                {
                    _bytes.Enqueue(value);
                }
            }

            public void Notify(ISignal received)
            {
            }

            public int Read(byte[] buffer, int offset, int count)
            {
                int read = 0;
                while (read < count && _bytes.TryDequeue(out byte value))
                {
                    buffer[offset + read++] = value;
                }

                return read;
            }

            public bool Write(byte[] buffer, int offset, int count)
            {
                return true;
            }

            public void DiscardInput()
            {
                _bytes.Clear();
            }
        }

        private sealed class BoundsSink(byte[] bytes) : IRowSink
        {
            public void Put(byte[] buffer, int offset, int length)
            {
                Assert.That(IsWithin(bytes, offset, length) && length > 0);
            }
        }
    }
}
