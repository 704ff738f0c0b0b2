using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using NanoComm.Echonet;
using NanoComm.Metering;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Echonet
{
    /// <summary>Valid requests of every kind against a plain model of the answer. On a failure CsCheck tells its seed.</summary>
    [Parallelizable]
    [TestFixture(MeterClass.LowVoltage)]
    [TestFixture(MeterClass.HighVoltage)]
    public class EchonetNodePropertyTests
    {
        private static readonly Gen<byte> LowVoltageEpc = Gen.Frequency<byte>(
            (6, Gen.OneOf<byte>(0x80, 0x81, 0x82, 0x83, 0x88, 0x8D, 0x97, 0x98, 0x9F, 0xC0, 0xD0, 0xD3, 0xD5, 0xD7,
                0xE0, 0xE1, 0xE2, 0xE4, 0xE5, 0xE7, 0xE8, 0xEA, 0xEB, 0xEC, 0xED, 0xEE, 0xEF)),
            (3, Gen.OneOf<byte>(0xE2, 0xE4, 0xEC, 0xEE)),
            (1, Gen.Byte));

        private static readonly Gen<byte> HighVoltageEpc = Gen.Frequency<byte>(
            (6, Gen.OneOf<byte>(0x80, 0x81, 0x83, 0x88, 0x8D, 0x9D, 0x9F, 0xC0, 0xC1, 0xC2, 0xC3, 0xC4, 0xC5, 0xC7, 0xCA,
                0xCB, 0xCC, 0xCD, 0xD0, 0xD1, 0xD3, 0xD4, 0xD5, 0xD6, 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE6, 0xEA, 0xEB,
                0xEF)),
            (3, Gen.OneOf<byte>(0xC6, 0xC8, 0xCE, 0xCF, 0xE7, 0xE8, 0xED, 0xEE)),
            (1, Gen.Byte));

        private static readonly Gen<byte[]> Selector =
            from day in Gen.Int[25, 31]
            from hour in Gen.Int[0, 24]
            from minute in Gen.OneOf<int>(0, 30, 31, 59, 60)
            from rows in Gen.Int[0, 13]
            select new byte[] { 0x07, 0xEB, 2, (byte)day, (byte)hour, (byte)minute, (byte)rows };

        private readonly MeterClass _class;
        private readonly Gen<Request> _requests;

        public EchonetNodePropertyTests(MeterClass meterClass)
        {
            _class = meterClass;
            _requests = meterClass == MeterClass.LowVoltage
                ? Requests(LowVoltageEpc, Gen.OneOf<int>(0x028801, 0x028801, 0x028800, 0x0EF001, 0x0EF000), 0xE5)
                : Requests(HighVoltageEpc, Gen.OneOf<int>(0x028A01, 0x028F01, 0x028F01, 0x028A00, 0x028F00, 0x0EF001), 0xE1);
        }

        [Test]
        public void AnswersAreWhatTheModelSays()
        {
            _requests.Sample(AssertAnswer, iter: Effort.Of(10_000), threads: 1);
        }

        [Test]
        public void MapsAreReadAsTheyWereMade()
        {
            Gen.Byte[0x80, 0xFF].ArrayUnique[0, 60].Sample(
                epcs =>
                {
                    var buffer = new byte[17];
                    int length = new TableObject(epcs).WriteMap(buffer, 0);
                    Assert.That(EchonetMaps.Read(buffer.AsSpan(0, length)), Is.EquivalentTo(epcs));
                },
                iter: 5_000,
                threads: 1);
        }

        private static Gen<Request> Requests(Gen<byte> epcs, Gen<int> objects, byte daySelector)
        {
            Gen<Property> read = from epc in epcs select new Property(epc, Array.Empty<byte>());
            Gen<Property> write = Gen.Frequency<Property>(
                (3, from day in Gen.Int[0, 110] select new Property(daySelector, new[] { (byte)day })),
                (3, from epc in Gen.OneOf<byte>(0xED, 0xEF) from edt in Selector select new Property(epc, edt)),
                (1, from code in Gen.Byte select new Property(0x81, new[] { code })),
                (1, from edt in Gen.Byte.Array[17] select new Property(0x81, edt)),
                (1, from epc in epcs from edt in Gen.Byte.Array[0, 20] select new Property(epc, edt)));
            return from tid in Gen.UShort
                   from seoj in Gen.Int[0, 0xFFFFFF]
                   from deoj in objects
                   from esv in Gen.OneOf<byte>(0x60, 0x61, 0x62, 0x62, 0x63, 0x6E)
                   from writes in write.Array[1, 12]
                   from reads in Gen.Frequency<Property[]>((4, read.Array[1, 12]), (1, read.Array[1, 200]))
                   select new Request(tid, seoj, deoj, esv, writes, reads);
        }

        private void AssertAnswer(Request request)
        {
            EchonetFixture fixture = EchonetFixture.WithReading(_class);
            long newest = EchonetFixture.ReadingTime - (EchonetFixture.ReadingTime % 1800);
            for (int i = 0; i < 60; i++)
            {
                if (_class == MeterClass.HighVoltage)
                {
                    fixture.TakeHalfHour(newest - (i * 1800), (uint)(100000 - i));
                    fixture.Data.High.ReactiveMinutes.Put(EchonetFixture.ReadingTime - 5 - (i * 60), (uint)(777 - i), 8);
                }
                else
                {
                    fixture.TakeHalfHour(newest - (i * 1800), (uint)(100000 - i), (uint)(5000 - i));
                }

                fixture.Data.Minutes.Put(EchonetFixture.ReadingTime - 5 - (i * 60), (uint)(123455 - i), (uint)(788 - i));
            }

            byte[] frame = request.Encode();
            byte[] answer = Handle(fixture, frame);

            Assert.That(answer.Length, Is.LessThanOrEqualTo(1232));
            Assert.That(Hex.Format(answer, 0, answer.Length), Is.EqualTo(Model(fixture, request)));
        }

        // Straight from the frame rules. Reading is asked of the node one property at a time, after everything was
        // written: data in an answer must be what a single Get answers.
        private static string Model(EchonetFixture fixture, Request request)
        {
            bool sets = request.Esv is 0x60 or 0x61 or 0x6E;
            bool gets = request.Esv is 0x62 or 0x63 or 0x6E;
            var body = new List<byte>();
            bool failed = false;
            if (sets)
            {
                body.Add((byte)request.Writes.Length);
                foreach (Property write in request.Writes)
                {
                    bool accepted = FrameOracle.Accepts(request.Deoj >> 8, write.Epc, write.Edt);
                    failed |= !accepted;
                    body.AddRange(new Property(write.Epc, accepted ? Array.Empty<byte>() : write.Edt).Encode());
                }
            }

            if (gets)
            {
                byte[] announced = EchonetMaps.Read(GetOne(fixture, request.Deoj, 0x9D));
                body.Add((byte)request.Reads.Length);
                for (int i = 0; i < request.Reads.Length; i++)
                {
                    byte epc = request.Reads[i].Epc;
                    byte[] edt = request.Esv == 0x63 && !announced.Contains(epc)
                        ? Array.Empty<byte>()
                        : GetOne(fixture, request.Deoj, epc);
                    int headersBehind = 2 * (request.Reads.Length - 1 - i);
                    bool fits = 11 + body.Count + 2 + edt.Length + headersBehind <= 1232;
                    failed |= edt.Length == 0 || !fits;
                    body.AddRange(new Property(epc, fits ? edt : Array.Empty<byte>()).Encode());
                }
            }

            if (request.Esv == 0x60 && !failed)
            {
                return "";
            }

            byte esv = (byte)(request.Esv + (failed ? -0x10 : 0x10));
            return "1081" + request.Tid.ToString("X4") + (request.Deoj | 1).ToString("X6") + request.Seoj.ToString("X6")
                + esv.ToString("X2") + Hex.Format(body.ToArray(), 0, body.Count);
        }

        private static byte[] GetOne(EchonetFixture fixture, int deoj, byte epc)
        {
            byte[] answer = Handle(fixture, new Request(0, 0x05FF01, deoj, 0x62, Array.Empty<Property>(),
                new[] { new Property(epc, Array.Empty<byte>()) }).Encode());
            return answer[14..];
        }

        private static byte[] Handle(EchonetFixture fixture, byte[] frame)
        {
            var response = new byte[EchonetNode.BufferLength];
            int length = fixture.Node.Handle(frame, frame.Length, fixture.Terminal, fixture.Now, response);
            return response[..length];
        }

        private sealed record Property(byte Epc, byte[] Edt)
        {
            public byte[] Encode()
            {
                return new[] { Epc, (byte)Edt.Length }.Concat(Edt).ToArray();
            }

            public override string ToString()
            {
                return $"{Epc:X2}:{Convert.ToHexString(Edt)}";
            }
        }

        private sealed record Request(int Tid, int Seoj, int Deoj, byte Esv, Property[] Writes, Property[] Reads)
        {
            public byte[] Encode()
            {
                var frame = new List<byte>(Hex.Parse($"1081{Tid:X4}{Seoj:X6}{Deoj:X6}{Esv:X2}"));
                foreach (Property[] list in Esv switch
                {
                    0x60 or 0x61 => new[] { Writes },
                    0x6E => new[] { Writes, Reads },
                    _ => new[] { Reads },
                })
                {
                    frame.Add((byte)list.Length);
                    frame.AddRange(list.SelectMany(p => p.Encode()));
                }

                return frame.ToArray();
            }

            public override string ToString()
            {
                return Convert.ToHexString(Encode());
            }
        }
    }
}
