using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class HdlcLinkTests
    {
        [TestMethod]
        public static void LinkIsOpenedWithoutSayingTheDefaults()
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)HdlcResult.Ok, (int)f.Client.Link.Connect(16));
            Assert.AreEqual(1, f.Peer.Frames.Count);
            Assert.AreEqual("7EA0070321930F017E", (string)f.Peer.Frames[0]);
        }

        [TestMethod]
        [DataRow(64, "818006050140060140", 64)]
        [DataRow(512, "8180080502020006020200", 128)]
        public static void OtherSizesAreProposed(int size, string information, int expectedWithoutAnswer)
        {
            var f = new DlmsFixture();
            f.Settings.MaxInformation = size;
            f.Make();
            Assert.AreEqual((int)HdlcResult.Ok, (int)f.Client.Link.Connect(2));
            var snrm = (string)f.Peer.Frames[0];
            Assert.AreEqual(information, snrm.Substring(16, information.Length));
            Assert.AreEqual(expectedWithoutAnswer, LongestFrame(f, 600));
        }

        [TestMethod]
        [DataRow("818012050180060180070400000001080400000001", 128)]
        [DataRow("8180060501200601 20", 32)]
        [DataRow("8180080502012C0602012C", 128)]
        [DataRow("818003060140", 64)]
        [DataRow("818003050140", 128)]
        [DataRow("818000", 128)]
        [DataRow("8180099900060140990201 02", 64)]
        public static void ServerBoundsWhatIsSent(string ua, int expected)
        {
            var f = new DlmsFixture();
            f.Peer.UaInformation = ua;
            Assert.AreEqual((int)HdlcResult.Ok, (int)f.Client.Link.Connect(2));
            Assert.AreEqual(expected, LongestFrame(f, 300));
        }

        [TestMethod]
        [DataRow("81")]
        [DataRow("8180")]
        [DataRow("828003060140")]
        [DataRow("818103060140")]
        [DataRow("818004060140")]
        [DataRow("818002060140")]
        [DataRow("81800106")]
        [DataRow("81800206 02")]
        [DataRow("81800306 0240")]
        [DataRow("81800206 00")]
        [DataRow("818006060400000080")]
        [DataRow("81800306011F")]
        [DataRow("818003060100")]
        public static void NonsenseInTheUaIsRejected(string ua)
        {
            var f = new DlmsFixture();
            f.Peer.UaInformation = ua;
            Assert.AreEqual((int)HdlcResult.Rejected, (int)f.Client.Link.Connect(2));
            HdlcResult result = f.Client.Link.Exchange(new byte[10], 0, 10, new byte[10], out int _);
            Assert.AreEqual((int)HdlcResult.Disconnected, (int)result);
        }

        // Recorded frames with the very numbers of the answer that is to come, there before the question was asked.
        [TestMethod]
        [DataRow(0)]
        [DataRow(1)]
        [DataRow(40)]
        public static void WhatIsThereBeforeTheQuestionIsNotItsAnswer(int frames)
        {
            var f = new DlmsFixture();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Associate());
            byte[] refusal = Hex.Parse("E6E700D80105");
            f.Peer.Deliver(f.Peer.Frame(0x71, refusal, 0, 0, false));
            for (int i = 0; i < frames; i++)
            {
                f.Peer.Deliver(f.Peer.Frame(0x74, refusal, 0, refusal.Length, false));
            }

            f.Peer.Script.Add("C401C1001107");
            GetItem item = DlmsFixture.ClockTime();
            Assert.AreEqual((int)DlmsResult.Ok, (int)f.Client.Get(item));
            Assert.AreEqual("1107", DlmsFixture.Text(item));
            Assert.AreEqual(0, f.Client.Link.Statistics.Busy);
        }

        [TestMethod]
        public static void SilenceEndsAfterTheRetries()
        {
            var f = new DlmsFixture();
            f.Peer.DropRequests = -1;
            Assert.AreEqual((int)HdlcResult.NoAnswer, (int)f.Client.Link.Connect(2));
            Assert.AreEqual(3, f.Peer.Frames.Count);
            Assert.AreEqual(2, f.Client.Link.Statistics.Retransmissions);
            Assert.AreEqual(3, f.Client.Link.Statistics.Timeouts);

            // Three times: 9 bytes out, the server's second, a silence; at 9600 bits a second.
            long once = 10 + 1000 + 11 + 50;
            Assert.AreEqual(3 * once, f.Peer.Milliseconds);
        }

        // A frame that came damaged is no reason to wait for another one: the answer has come.
        [TestMethod]
        [DataRow("7EA00703057300007E")]
        [DataRow("7EA01E210373C37A")]
        [DataRow("7EA01E2103")]
        public static void AnAnswerThatCameDamagedIsAskedForAgainAtOnce(string damaged)
        {
            var f = new DlmsFixture();
            f.Client.Link.Connect(2);
            long before = f.Peer.Milliseconds;
            f.Peer.Raw = "00";
            f.Peer.Override = damaged;
            var buffer = new byte[100];
            HdlcResult result = f.Client.Link.Exchange(new byte[10], 0, 10, buffer, out int length);
            Assert.AreEqual((int)HdlcResult.Ok, (int)result);
            Assert.AreEqual(1, length);
            Assert.AreEqual(1, f.Client.Link.Statistics.Retransmissions);
            Assert.AreEqual(before + 11 + 50, f.Peer.Milliseconds, "the silence that ends a frame");
        }

        // A frame between others on the line is whole, and no answer that came damaged.
        [TestMethod]
        public static void AFrameForSomebodyElseCutsNoTurnaroundShort()
        {
            var f = new DlmsFixture();
            f.Client.Link.Connect(2);
            long before = f.Peer.Milliseconds;
            f.Peer.Raw = "00";
            var frame = new byte[20];
            int end = HdlcFrame.Complete(
                frame, 0, false, HdlcFrame.Address(5), HdlcFrame.Address(7), HdlcControl.ReceiveReady(1));
            f.Peer.Override = Hex.Format(frame, 0, end);
            HdlcResult result = f.Client.Link.Exchange(new byte[10], 0, 10, new byte[100], out int _);
            Assert.AreEqual((int)HdlcResult.Ok, (int)result);
            Assert.AreEqual(1, f.Client.Link.Receiver.Drops(HdlcDrop.Address));
            Assert.AreEqual(1, f.Client.Link.Statistics.Retransmissions);
            Assert.IsTrue(f.Peer.Milliseconds - before >= 1000, (f.Peer.Milliseconds - before).ToString());
        }

        // What is worth less the later it comes is asked for again once the server takes longer than usual.
        [TestMethod]
        [DataRow(0, false, 1071)]
        [DataRow(0, true, 111)]
        [DataRow(200, true, 371)]
        [DataRow(900, true, 1071)]
        public static void AQuickCommandIsSentAgainSooner(int usual, bool isQuick, int milliseconds)
        {
            var f = new DlmsFixture();
            f.Peer.Raw = "00";
            f.Peer.Delay = usual;
            f.Client.Link.Connect(2);
            f.Client.Link.IsQuick = isQuick;
            f.Peer.Delay = 0;
            f.Peer.DropRequests = 1;
            long before = f.Peer.Milliseconds;
            var buffer = new byte[100];
            HdlcResult result = f.Client.Link.Exchange(new byte[10], 0, 10, buffer, out int length);
            Assert.AreEqual((int)HdlcResult.Ok, (int)result);
            Assert.AreEqual(1, f.Client.Link.Statistics.Retransmissions);
            long waited = f.Peer.Milliseconds - before;
            Assert.IsTrue(waited >= milliseconds - 5 && waited <= milliseconds + 30, waited.ToString());
        }

        [TestMethod]
        public static void FrameThatTheLineDoesNotTakeIsSentAgain()
        {
            for (int refused = 0; refused < 4; refused++)
            {
                var f = new DlmsFixture();
                f.Peer.RefuseWrites = refused;
                HdlcResult result = f.Client.Link.Connect(2);
                Assert.AreEqual((int)(refused < 3 ? HdlcResult.Ok : HdlcResult.NoAnswer), (int)result, refused.ToString());
                Assert.AreEqual(refused < 3 ? refused : 3, f.Client.Link.Statistics.WriteFailures);
                Assert.AreEqual(0, f.Client.Link.Statistics.Timeouts);
            }
        }

        [TestMethod]
        public static void StoppingEndsEveryWait()
        {
            var f = new DlmsFixture();
            f.Peer.DropRequests = -1;
            f.Peer.IsStopping = true;
            Assert.AreEqual((int)HdlcResult.Stopping, (int)f.Client.Link.Connect(2));
            Assert.AreEqual(1, f.Peer.Frames.Count);
            Assert.AreEqual(0L, f.Peer.Milliseconds);
        }

        [TestMethod]
        public static void EndlessNoiseDoesNotHoldTheClient()
        {
            var f = new DlmsFixture();
            f.Peer.DropRequests = -1;
            var link = new HdlcLink(new BabblingLine(f.Peer), f.Peer, f.Peer, f.Settings);
            Assert.AreEqual((int)HdlcResult.NoAnswer, (int)link.Connect(2));
            Assert.IsTrue(link.Receiver.NoiseBytes > 100);
        }

        [TestMethod]
        public static void SegmentsGoBothWays()
        {
            var f = new DlmsFixture();
            f.Settings.MaxResponse = 600;
            f.Peer.Segment = 100;
            Exchange(f, 300, 500);

            // Requests in three frames, with an RR for each answering segment but the last.
            Assert.AreEqual(3 + 5, f.Peer.Frames.Count - 1);
            Assert.AreEqual(0, f.Client.Link.Statistics.Retransmissions);
        }

        [TestMethod]
        public static void EveryLostFrameIsMadeGood()
        {
            for (int lost = 0; lost < 10; lost++)
            {
                for (int way = 0; way < 2; way++)
                {
                    var f = new DlmsFixture();
                    f.Peer.Segment = 100;
                    f.Peer.LoseFrame = lost;
                    f.Peer.LoseResponse = way == 1;
                    Exchange(f, 300, 500);
                    Assert.AreEqual(lost < 9 ? 1 : 0, f.Client.Link.Statistics.Retransmissions, lost.ToString());
                }
            }
        }

        [TestMethod]
        public static void WhatTheServerSaysTwiceIsHeardOnce()
        {
            var f = new DlmsFixture();
            f.Peer.Segment = 100;
            f.Peer.Twice = true;
            Exchange(f, 300, 500);
            Assert.AreEqual(9, f.Peer.Frames.Count);
            Assert.AreEqual(0, f.Client.Link.Statistics.Retransmissions);
            Assert.IsTrue(f.Client.Link.Statistics.Duplicates >= 4);
        }

        [TestMethod]
        public static void AnswersThatComeLateDoNotShiftTheConversation()
        {
            var f = new DlmsFixture();
            f.Settings.ServerTurnaround = 100;
            f.Settings.Retries = 5;
            f.Make();
            f.Peer.Segment = 100;
            f.Peer.Delay = 700;
            Exchange(f, 300, 500);
            Assert.IsTrue(f.Client.Link.Statistics.Retransmissions >= 9);
        }

        [TestMethod]
        [DataRow("00")]
        [DataRow("7E")]
        [DataRow("7EA01E210373C37A")]
        [DataRow("7EA7FF")]
        [DataRow("7EA00703057300007E")]
        public static void NoiseCostsAtMostTime(string noise)
        {
            var f = new DlmsFixture();
            f.Peer.Segment = 100;
            f.Peer.Noise = noise;
            Exchange(f, 300, 500);
            Assert.AreEqual(0, f.Client.Link.Statistics.Retransmissions);
        }

        [TestMethod]
        public static void BytesMayComeOneByOne()
        {
            var f = new DlmsFixture();
            f.Peer.Segment = 100;
            f.Peer.Chunk = 1;
            Exchange(f, 300, 500);
            Assert.AreEqual(0, f.Client.Link.Statistics.Retransmissions);
        }

        [TestMethod]
        public static void BusyServerIsAskedAgain()
        {
            var f = new DlmsFixture();
            f.Peer.NotReady = 1;
            Exchange(f, 10, 10);
            Assert.AreEqual(1, f.Client.Link.Statistics.Busy);

            // SNRM, the request once, RR.
            Assert.AreEqual(3, f.Peer.Frames.Count);
            Assert.AreEqual("11", ((string)f.Peer.Frames[2]).Substring(10, 2));
        }

        [TestMethod]
        [DataRow("1F", (int)HdlcResult.Disconnected)]
        [DataRow("0F", (int)HdlcResult.Disconnected)]
        [DataRow("97", (int)HdlcResult.Rejected)]
        public static void ServerThatLostTheLinkIsNoticed(string control, int expected)
        {
            var f = new DlmsFixture();
            f.Client.Link.Connect(2);
            f.Peer.Raw = "00";
            byte[] frame = f.Peer.Frame(Hex.Parse(control)[0], new byte[0], 0, 0, false);
            f.Peer.Override = Hex.Format(frame, 0, frame.Length);
            var buffer = new byte[100];
            HdlcResult result = f.Client.Link.Exchange(new byte[10], 0, 10, buffer, out int length);
            Assert.AreEqual(expected, (int)result);
            Assert.AreEqual(0, length);
            result = f.Client.Link.Exchange(new byte[10], 0, 10, buffer, out length);
            Assert.AreEqual((int)HdlcResult.Disconnected, (int)result);
        }

        [TestMethod]
        public static void ResponseLongerThanTheBufferIsRefused()
        {
            var f = new DlmsFixture();
            f.Peer.Raw = Hex.Repeat("AA", 500);
            f.Client.Link.Connect(2);
            HdlcResult result =
                f.Client.Link.Exchange(Hex.Parse("C8"), 0, 1, new byte[499], out int length);
            Assert.AreEqual((int)HdlcResult.TooLong, (int)result);
            Assert.IsTrue(length <= 499);
        }

        [TestMethod]
        [DataRow("E6E600C4")]
        [DataRow("E7E700C4")]
        [DataRow("E6E701C4")]
        [DataRow("E6E7")]
        public static void OtherThanTheLlcOfAResponseIsRejected(string information)
        {
            var f = new DlmsFixture();
            f.Client.Link.Connect(2);
            byte[] bytes = Hex.Parse(information);
            byte[] frame = f.Peer.Frame(0x30, bytes, 0, bytes.Length, false);
            f.Peer.Override = Hex.Format(frame, 0, frame.Length);
            f.Peer.Raw = "00";
            HdlcResult result = f.Client.Link.Exchange(Hex.Parse("C8"), 0, 1, new byte[10], out int _);
            Assert.AreEqual((int)HdlcResult.Rejected, (int)result);
        }

        // Runs one exchange and compares every byte of both APDUs.
        private static void Exchange(DlmsFixture f, int requestLength, int responseLength)
        {
            HdlcLink link = f.Client.Link;
            string expected = "";
            var request = new byte[requestLength];
            for (int i = 0; i < requestLength; i++)
            {
                request[i] = (byte)(i + 1);
            }

            for (int i = 0; i < responseLength; i++)
            {
                expected += Hex.Format(new byte[] { (byte)(i * 7) }, 0, 1);
            }

            f.Peer.Raw = expected;
            Assert.AreEqual((int)HdlcResult.Ok, (int)link.Connect(2));
            var response = new byte[1024];
            HdlcResult result = link.Exchange(request, 0, requestLength, response, out int length);
            Assert.AreEqual((int)HdlcResult.Ok, (int)result);
            Assert.AreEqual(expected, Hex.Format(response, 0, length));
            Assert.AreEqual(1, f.Peer.Requests.Count);
            Assert.AreEqual(Hex.Format(request, 0, requestLength), (string)f.Peer.Requests[0]);
        }

        private static int LongestFrame(DlmsFixture f, int length)
        {
            f.Peer.Raw = "00";
            f.Peer.Frames.Clear();
            Assert.AreEqual(
                (int)HdlcResult.Ok,
                (int)f.Client.Link.Exchange(new byte[length], 0, length, new byte[10], out int _));
            int longest = 0;
            for (int i = 0; i < f.Peer.Frames.Count; i++)
            {
                int information = (((string)f.Peer.Frames[i]).Length / 2) - HdlcFrame.Overhead;
                longest = information > longest ? information : longest;
            }

            return longest;
        }
    }
}
