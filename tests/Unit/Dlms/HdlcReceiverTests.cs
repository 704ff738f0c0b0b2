using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class HdlcReceiverTests
    {
        private const string Ua = "7EA01E210373C37A818012050180060180070400000001080400000001533B7E";
        private const string Parameters = "818012050180060180070400000001080400000001";

        // UA without information, to SAP 16.
        private const string Short = "7EA00721037301407E";

        [TestMethod]
        public static void FrameIsFound()
        {
            HdlcReceiver receiver = Receive(Ua, 1024);
            Assert.IsTrue(receiver.Next());
            Assert.AreEqual(0x73, (int)receiver.Control);
            Assert.IsFalse(receiver.IsSegment);
            Assert.AreEqual(
                Parameters, Hex.Format(receiver.Buffer, receiver.InformationOffset, receiver.InformationLength));
            Assert.IsFalse(receiver.Next());
            Assert.IsFalse(receiver.IsInFrame);
            AssertDrops(receiver, "0000000");
        }

        [TestMethod]
        [DataRow("", "0000000")]
        [DataRow("00 55 AA 00", "0000000")]
        [DataRow("7E 7E 7E", "0000000")]
        [DataRow("7E 00", "1000000")]
        [DataRow("7E 7E FF FF", "1000000")]
        [DataRow("7E A0", "0010000")]
        [DataRow("7E A0 06", "0100000")]
        [DataRow("7E A0 08", "0100000")]
        [DataRow("7E A0 09", "0100000")]
        [DataRow("7E A0 8A", "0100000")]
        [DataRow("7E A7 FF", "0100000")]
        [DataRow("7E A0 1E", "0010000")]
        [DataRow("7E A0 1E 21 03 73", "0010000")]
        [DataRow("7E A0 1E 21 03 73 C3 7B", "0010000")]
        [DataRow("7E A0 07 21 03 73 01 41 7E", "0001000")]
        [DataRow("7E A0 07 21 03 73 01 40 00", "0000100")]
        [DataRow("7E A0 07 21 03", "0000100")]
        public static void NoiseInFrontCostsNoFrame(string noise, string drops)
        {
            HdlcReceiver receiver = Receive(noise + Ua, 1024);
            Assert.IsTrue(receiver.Next(), noise);
            Assert.AreEqual(21, receiver.InformationLength);
            AssertDrops(receiver, drops);
        }

        [TestMethod]
        public static void NoiseThatClaimsTheFrameIsGivenUpInSilence()
        {
            // A right header that claims 30 bytes, of which the frame behind it are only 9.
            HdlcReceiver receiver = Receive("7EA01E210373C37A" + Short, 1024);
            Assert.IsFalse(receiver.Next());
            Assert.IsTrue(receiver.IsInFrame);
            Assert.IsTrue(receiver.GiveUp());
            Assert.AreEqual(0, receiver.InformationLength);
            Assert.IsFalse(receiver.GiveUp());
            AssertDrops(receiver, "0000010");
        }

        [TestMethod]
        public static void EveryCutWaitsForTheRest()
        {
            int length = Hex.Parse(Ua).Length;
            for (int cut = 0; cut < length; cut++)
            {
                var line = new ByteLine(Ua) { Limit = cut };
                HdlcReceiver receiver = NewReceiver();
                receiver.Fill(line);
                Assert.IsFalse(receiver.Next());
                line.Limit = 1024;
                receiver.Fill(line);
                Assert.IsTrue(receiver.Next());
                AssertDrops(receiver, "0000000");
            }
        }

        [TestMethod]
        public static void EveryFlippedBitIsNoticed()
        {
            byte[] bytes = Hex.Parse(Ua);
            for (int i = 0; i < bytes.Length; i++)
            {
                for (int bit = 1; bit < 0x100; bit <<= 1)
                {
                    bytes[i] ^= (byte)bit;
                    HdlcReceiver receiver = Receive(Hex.Format(bytes, 0, bytes.Length), 1024);
                    Assert.IsFalse(receiver.Next());
                    Assert.IsFalse(receiver.GiveUp());
                    bytes[i] ^= (byte)bit;
                }
            }
        }

        [TestMethod]
        public static void FramesMayShareAFlag()
        {
            HdlcReceiver receiver = Receive(Short + Ua.Substring(2) + Short, 1024);
            Assert.IsTrue(receiver.Next());
            Assert.AreEqual(0, receiver.InformationLength);
            Assert.IsTrue(receiver.Next());
            Assert.AreEqual(21, receiver.InformationLength);
            Assert.IsTrue(receiver.Next());
            Assert.AreEqual(0, receiver.InformationLength);
            Assert.IsFalse(receiver.Next());
        }

        [TestMethod]
        public static void OnlyOurServerIsHeard()
        {
            HdlcReceiver receiver = NewReceiver();
            receiver.Reset(0x05, 0x03);
            receiver.Fill(new ByteLine(Ua));
            Assert.IsFalse(receiver.Next());
            AssertDrops(receiver, "0000001");

            // Our own SNRM, come back as an echo.
            receiver = Receive("7EA0070321930F017E" + Short, 1024);
            Assert.IsTrue(receiver.Next());
            Assert.AreEqual(0x73, (int)receiver.Control);
            AssertDrops(receiver, "0000001");
        }

        [TestMethod]
        public static void TheLongestFrameFitsAndMoreKeepsComing()
        {
            var information = new byte[128];
            information[5] = 0x7E;
            var frame = new byte[128 + HdlcFrame.Overhead];
            information.CopyTo(frame, HdlcFrame.InformationOffset);
            HdlcFrame.Complete(frame, 128, true, 0x21, 0x03, 0x10);
            string text = Hex.Format(frame, 0, frame.Length);
            var line = new ByteLine(Hex.Repeat("7E", 300) + Hex.Repeat("7EA0", 200) + text + text);
            HdlcReceiver receiver = NewReceiver();
            int frames = 0;
            while (receiver.Fill(line) > 0)
            {
                while (receiver.Next())
                {
                    Assert.AreEqual(128, receiver.InformationLength);
                    Assert.IsTrue(receiver.IsSegment);
                    frames++;
                }
            }

            Assert.AreEqual(2, frames);
        }

        private static HdlcReceiver NewReceiver()
        {
            var receiver = new HdlcReceiver(128);
            receiver.Reset(0x21, 0x03);
            return receiver;
        }

        private static HdlcReceiver Receive(string text, int limit)
        {
            HdlcReceiver receiver = NewReceiver();
            receiver.Fill(new ByteLine(text) { Limit = limit });
            return receiver;
        }

        private static void AssertDrops(HdlcReceiver receiver, string expected)
        {
            string drops = "";
            for (int i = 0; i <= (int)HdlcDrop.Address; i++)
            {
                drops += receiver.Drops((HdlcDrop)i).ToString();
            }

            Assert.AreEqual(expected, drops);
        }
    }
}
