using NanoComm.Bytes;
using NanoComm.Dlms;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class HdlcFrameTests
    {
        [TestMethod]
        public static void CrcIsX25()
        {
            byte[] text = Hex.Parse("313233343536373839 0000");
            Assert.AreEqual(0x906E, Crc16.Compute(text, 0, 9));
            Crc16.Append(text, 0, 9);
            Assert.AreEqual("3132333435363738396E90", Hex.Format(text, 0, 11));
            Assert.IsTrue(Crc16.Matches(text, 0, 9));
            text[10] ^= 1;
            Assert.IsFalse(Crc16.Matches(text, 0, 9));
        }

        // Frames captured from clients in the field.
        [TestMethod]
        [DataRow("7EA0070321930F017E", 0x03, 0x21, 0x93, "")]
        [DataRow("7EA01E210373C37A818012050180060180070400000001080400000001533B7E", 0x21, 0x03, 0x73,
            "818012050180060180070400000001080400000001")]
        [DataRow("7EA02B032110FBAFE6E600601DA109060760857405080101BE10040E01000000065F1F0400001E1DFFFFC5E47E",
            0x03, 0x21, 0x10, "E6E600601DA109060760857405080101BE10040E01000000065F1F0400001E1DFFFF")]
        public static void FrameIsWrittenAsCaptured(
            string expected, int destination, int source, int control, string information)
        {
            byte[] bytes = Hex.Parse(information);
            var frame = new byte[bytes.Length + HdlcFrame.Overhead];
            bytes.CopyTo(frame, HdlcFrame.InformationOffset);
            int length = HdlcFrame.Complete(
                frame, bytes.Length, false, (byte)destination, (byte)source, (byte)control);
            Assert.AreEqual(expected, Hex.Format(frame, 0, length));
        }

        [TestMethod]
        public static void SegmentAndLongLengthAreInTheFormat()
        {
            var frame = new byte[300 + HdlcFrame.Overhead];
            Assert.AreEqual(311, HdlcFrame.Complete(frame, 300, true, 3, 5, 0x10));
            Assert.AreEqual("7EA935", Hex.Format(frame, 0, 3));
            Assert.AreEqual(309, HdlcFrame.Length(frame, 0));
        }

        [TestMethod]
        public static void AddressesOfTheSaps()
        {
            Assert.AreEqual(0x03, (int)HdlcFrame.Address(1));
            Assert.AreEqual(0x05, (int)HdlcFrame.Address(2));
            Assert.AreEqual(0x21, (int)HdlcFrame.Address(16));
        }

        [TestMethod]
        [DataRow(0, 0, 0x10, 0x11)]
        [DataRow(1, 0, 0x12, 0x11)]
        [DataRow(7, 7, 0xFE, 0xF1)]
        [DataRow(2, 5, 0xB4, 0xB1)]
        public static void ControlFieldCarriesTheNumbers(int send, int receive, int information, int ready)
        {
            byte control = HdlcControl.Information(send, receive);
            Assert.AreEqual(information, (int)control);
            Assert.IsTrue(HdlcControl.IsInformation(control));
            Assert.AreEqual(send, HdlcControl.SendNumber(control));
            Assert.AreEqual(receive, HdlcControl.ReceiveNumber(control));
            control = HdlcControl.ReceiveReady(receive);
            Assert.AreEqual(ready, (int)control);
            Assert.IsFalse(HdlcControl.IsInformation(control));
            Assert.IsTrue(HdlcControl.IsReceiveReady(control));
            Assert.IsFalse(HdlcControl.IsReceiveNotReady(control));
            Assert.AreEqual(receive, HdlcControl.ReceiveNumber(control));
        }

        [TestMethod]
        public static void UnnumberedFramesAreKnownWithAndWithoutFinalBit()
        {
            Assert.IsTrue(HdlcControl.Is(0x73, HdlcControl.Ua));
            Assert.IsTrue(HdlcControl.Is(0x63, HdlcControl.Ua));
            Assert.IsTrue(HdlcControl.Is(0x0F, HdlcControl.Dm));
            Assert.IsTrue(HdlcControl.Is(0x87, HdlcControl.Frmr));
            Assert.IsFalse(HdlcControl.Is(0x73, HdlcControl.Dm));
            Assert.IsTrue(HdlcControl.IsReceiveNotReady(0x15));
            Assert.IsFalse(HdlcControl.IsReceiveReady(0x15));
        }
    }
}
