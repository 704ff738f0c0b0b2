using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Hems
{
    /// <summary>The controller on the meter's network, datagram by datagram.</summary>
    internal static class HemsIpControllerTests
    {
        [Test]
        public static void It_asks_the_node_then_the_meter_and_reads()
        {
            var meter = new ScriptedMeter();
            meter.Start(1000);
            Assert.That(Convert.ToHexString(meter.Sent[0].ToBytes()), Is.EqualTo("1081" + "0001" + "05FF01" + "0EF001" + "62" + "01" + "D600"));
            Assert.That((meter.Readings.Meter.Eoj, meter.Readings.Latest.Normal, meter.Readings.Latest.High.Time),
                Is.EqualTo((0x028A01, 0.6m, new DateTime(2026, 11, 23, 12, 0, 5))));
            Assert.That((meter.Hems.Joins, meter.Troubles.Count), Is.EqualTo((1, 0)));
            meter.Run(60_000);
            Assert.That(meter.Sent.Count(sent => sent.Properties.Exists(property => property.Epc == 0xE2)), Is.EqualTo(2), "each minute");
        }

        [Test]
        public static void A_datagram_that_is_lost_is_sent_again_and_a_late_answer_is_nobodys()
        {
            var meter = new ScriptedMeter { Loses = 2 };
            meter.Start(3900);
            Assert.That((meter.Hems.State, meter.Sent.Count), Is.EqualTo((HemsState.Joining, 2)));
            meter.Run(1000);
            Assert.That(meter.Hems.State, Is.EqualTo(HemsState.Joined));
            Assert.That(meter.Sent.Take(3).Select(sent => sent.Tid), Is.All.EqualTo(1));
            meter.Say(meter.AnswerTo(meter.Sent[0]));
            Assert.That((meter.Hems.Strays, meter.Troubles.Count), Is.EqualTo((1, 0)));
        }

        [Test]
        public static void Nothing_there_says_where_to_look_and_what_comes_back_is_read_on()
        {
            var meter = new ScriptedMeter { Loses = 3 };
            meter.Start(6000);
            Assert.That(meter.Troubles.Single(), Does.Contain("nothing answers ECHONET Lite at 192.0.2.1").And.Contain("address")
                .And.Contain("firewall"));
            meter.Run(2000);
            Assert.That(meter.Readings.Latest, Is.Not.Null);

            meter.Loses = int.MaxValue;
            meter.Run(70_000);
            Assert.That(meter.Troubles, Has.Count.GreaterThan(1));
            Assert.That(meter.Troubles[1], Does.Contain("does not answer any more"));
            meter.Loses = 0;
            int reads = 0;
            meter.Readings.Read += _ => reads++;
            meter.Run(10_000);
            Assert.That((reads, meter.Hems.Joins), Is.EqualTo((1, 2)));
        }

        // The unit's proof of an address, a search, and what a controller has not.
        [TestCase("1081" + "7A7B" + "0EF001" + "0EF001" + "62" + "01" + "D600", "1081" + "7A7B" + "0EF001" + "0EF001" + "72" + "01" + "D60401" + "05FF01")]
        [TestCase("1081" + "7A7B" + "0EF001" + "0EF001" + "62" + "01" + "8A00", "1081" + "7A7B" + "0EF001" + "0EF001" + "52" + "01" + "8A00")]
        [TestCase("1081" + "7A7B" + "028A01" + "05FF01" + "74" + "01" + "800130", "1081" + "7A7B" + "05FF01" + "028A01" + "7A" + "01" + "8000")]
        public static void What_the_meter_asks_is_answered(string request, string response)
        {
            var meter = new ScriptedMeter();
            meter.Start(1000);
            meter.Say(Convert.FromHexString(request));
            Assert.That(Convert.ToHexString(meter.Sent[^1].ToBytes()), Is.EqualTo(response));
        }

        [Test]
        public static void Garbage_is_nothing_and_an_answer_of_another_object_neither()
        {
            var meter = new ScriptedMeter { Loses = 1 };
            meter.Start(100);
            meter.Say([]);
            meter.Say([0x10, 0x81, 0]);
            meter.Say(new EchonetMessage { Tid = 1, Seoj = 0x028A01, Deoj = 0x05FF01, Esv = EchonetMessage.GetRes }.With(0xD6, 1, 2, 0x8A, 1).ToBytes());
            Assert.That((meter.Hems.State, meter.Hems.Strays), Is.EqualTo((HemsState.Joining, 1)));
        }

        [Test]
        public static void Stopped_it_sends_nothing_more()
        {
            var meter = new ScriptedMeter();
            int left = 0;
            meter.Hems.Left += () => left++;
            meter.Start(1000);
            meter.Hems.Stop();
            meter.Run(1);
            int sent = meter.Sent.Count;
            meter.Run(600_000);
            Assert.That((left, meter.Sent.Count, meter.Hems.State), Is.EqualTo((1, sent, HemsState.Stopped)));
        }

        private sealed class ScriptedMeter
        {
            private readonly Dictionary<byte, byte[]> _properties = new()
            {
                [0xD6] = [1, 0x02, 0x8A, 0x01], [0x9D] = [0], [0x9E] = [0], [0x9F] = [7, 0x9D, 0x9E, 0x9F, 0xD3, 0xD4, 0xE2, 0xE6],
                [0xD3] = [0, 0, 0x02, 0x58], [0xD4] = [0], [0xE6] = [4], [0xE2] = [0x07, 0xEA, 11, 23, 12, 0, 5, 0, 0, 0, 10],
            };

            private readonly Queue<byte[]> _answers = new();
            private long _now;

            public ScriptedMeter()
            {
                Hems = new HemsIpController(new HemsOptions { Port = "192.0.2.1" });
                Readings = new HemsReadings(Hems);
                Hems.Trouble += Troubles.Add;
                Hems.Send += Hear;
            }

            public HemsIpController Hems { get; }

            public HemsReadings Readings { get; }

            public List<EchonetMessage> Sent { get; } = [];

            public List<string> Troubles { get; } = [];

            /// <summary>So many of the next datagrams do not arrive.</summary>
            public int Loses { get; set; }

            public void Start(int milliseconds)
            {
                Readings.Start();
                Hems.Start();
                Run(milliseconds);
            }

            public void Run(int milliseconds)
            {
                long end = _now + milliseconds;
                while (_now <= end)
                {
                    long next = Hems.Step(_now);
                    if (_answers.TryDequeue(out byte[] answer))
                    {
                        Hems.Take(_now, answer);
                        continue;
                    }

                    _now = Math.Max(_now, next);
                }

                _now = end;
            }

            public void Say(byte[] datagram)
            {
                Hems.Take(_now, datagram);
            }

            public byte[] AnswerTo(EchonetMessage request)
            {
                var answer = new EchonetMessage
                {
                    Tid = request.Tid, Seoj = request.Deoj, Deoj = request.Seoj, Esv = EchonetMessage.GetRes,
                };
                foreach ((byte epc, _) in request.Properties)
                {
                    answer.With(epc, _properties[epc]);
                }

                return answer.ToBytes();
            }

            private void Hear(ReadOnlyMemory<byte> datagram)
            {
                EchonetMessage request = EchonetMessage.Parse(datagram.Span);
                Sent.Add(request);
                if (Loses > 0)
                {
                    Loses--;
                }
                else if (request.Esv == EchonetMessage.Get)
                {
                    _answers.Enqueue(AnswerTo(request));
                }
            }
        }
    }
}
