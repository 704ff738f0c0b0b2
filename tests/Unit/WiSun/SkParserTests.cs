using NanoComm.WiSun;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class SkParserTests
    {
        private const string All =
            "\r\nSKSREG SFE 0\r\nOK\r\n\r\nEVER 1.2.10\r\nOK\r\n"
            + "EINFO $ 001D129000038C21 21 8888 FFFE\r\nOK\r\nOK 01\rESREG 0384\r\nOK\r\n"
            + "EEDSCAN\r\n21 04 22 0A 3C FF\r\nEVENT 1F $\r\n"
            + "EVENT 20 @\r\nEPANDESC\r\n  Channel:2F\r\n  Channel Page:09\r\n  Pan ID:8888\r\n"
            + "  Addr:001D129012345678\r\n  LQI:A7\r\n  PairID:00000574\r\nEVENT 22 $\r\n"
            + "EPORT\r\n3610\r\n716\r\n0\r\nOK\r\n"
            + "EVENT 25 @\r\n"
            + "*1 000E 1081000105FF010288016201" + "8000\r\n"
            + "EVENT 21 @ 00\r\nOK\r\nFAIL ER10\r\n@\r\n";

        private const string AllEvents =
            "Ok; Version; Ok; Info 8C21 21 8888 A1; Ok; Ok 1; Register 384; Ok; "
            + "Energies 040AFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF; Event 1F 8C21; "
            + "Event 20 0574; Pan 2F 8888 001D129012345678 A7; Event 22 8C21; Port 3610; Port 716; Port 0; Ok; "
            + "Event 25 0574; Datagram 0574>8C21 0E1A>0E1A secured 1081000105FF0102880162018000; "
            + "Event 21 0574 0; Ok; Fail 10; Address FE80000000000000021D129100000574";

        [TestMethod]
        [DataRow("OK\r\n", "Ok")]
        [DataRow("OK\r", "Ok")]
        [DataRow("OK\n", "Ok")]
        [DataRow("OK 00\r", "Ok 0")]
        [DataRow("OK 01\rOK\r", "Ok 1; Ok")]
        [DataRow("FAIL ER04\r\n", "Fail 4")]
        [DataRow("FAIL ER10\r", "Fail 10")]
        [DataRow("ESREG 0\r\n", "Register 0")]
        [DataRow("ESREG FFFFFFFF\r\n", "Register FFFFFFFF")]
        [DataRow("ESREG 0000000000057E40\r\n", "Register 57E40")]
        [DataRow("EVER 1.2.10\r\n", "Version")]
        [DataRow("EVENT 21 @ 02\r\n", "Event 21 0574 2")]
        [DataRow("EVENT 21 @ 0 01\r\n", "Event 21 0574 1")]
        [DataRow("EVENT 25 @\r\n", "Event 25 0574")]
        [DataRow("EVENT 25 @ 0\r\n", "Event 25 0574")]
        [DataRow("EVENT 32\r\n", "Event 32 0000")]
        [DataRow("EINFO $ 001D129000038C21 2F 1234 FFFE\r\n", "Info 8C21 2F 1234 A1")]
        [DataRow("EINFO $ 001D129000038C21 2F 1234 0\r\n", "Info 8C21 2F 1234 C2")]
        [DataRow("$\r\n", "Address FE80000000000000021D129000038C21")]
        public static void ALineIsAnEvent(string line, string events)
        {
            Assert.AreEqual(events, SkReader.Read(line));
        }

        [TestMethod]
        [DataRow("1 0002 1081", "secured 1081")]
        [DataRow("0 0002 1081", "plain 1081")]
        [DataRow("1 0 0002 1081", "secured 1081")]
        [DataRow("9E 1 0 0002 1081", "lqi 9E secured 1081")]
        [DataRow("9E 1 0002 1081", "lqi 9E secured 1081")]
        [DataRow("1 0000", "secured ")]
        [DataRow("1 0000 ", "secured ")]
        public static void ADatagramIsReadInBothDialects(string tail, string says)
        {
            Assert.AreEqual("Datagram 0574>8C21 0E1A>0E1A " + says, SkReader.Read("*" + tail + "\r\n"));
        }

        [TestMethod]
        [DataRow("1 0004 ", "\r\n\r\n", "secured 0D0A0D0A")]
        [DataRow("0 0 0002 ", "OK", "plain 4F4B")]
        [DataRow("9E 1 0 0001 ", "\n", "lqi 9E secured 0A")]
        [DataRow("1 0000 ", "", "secured ")]
        public static void BinaryDataAreCountedNotLookedAt(string tail, string data, string says)
        {
            var reader = new SkReader();
            reader.Parser.IsBinary = true;
            reader.Hear("*" + tail + data + "\r\nOK\r\n");
            Assert.AreEqual("Datagram 0574>8C21 0E1A>0E1A " + says + "; Ok", reader.Take());
        }

        [TestMethod]
        public static void BinaryDataDoNotHideAnEventBehindThem()
        {
            var reader = new SkReader();
            reader.Parser.IsBinary = true;
            reader.Hear("*1 0002 123\r\nOK\r\n");
            Assert.AreEqual("Ok", reader.Take(), "a byte too many: the datagram is none");
            reader.Hear("*1 0002 1");
            reader.Parser.Reset();
            reader.Hear("OK\r\n");
            Assert.AreEqual("Ok", reader.Take(), "a byte too few, given up after a silence");
        }

        [TestMethod]
        [DataRow("ok\r\n")]
        [DataRow("OKAY\r\n")]
        [DataRow("OK \u0001\r\n")]
        [DataRow("OK 12345678901234567\r\n")]
        [DataRow("ESREG 8000000000000000\r\n")]
        [DataRow(" OK\r\n")]
        [DataRow("FAIL\r\n")]
        [DataRow("FAIL ER\r\n")]
        [DataRow("FAIL ER1x\r\n")]
        [DataRow("ESREG\r\n")]
        [DataRow("ESREG G\r\n")]
        [DataRow("ESREG 8000000000000000\r\n")]
        [DataRow("ESREG 00000000000000000\r\n")]
        [DataRow("EVENT\r\n")]
        [DataRow("EVENT 2\r\n")]
        [DataRow("EVENT 25 FE80:0000:0000:0000:021D:1291:0000:057\r\n")]
        [DataRow("EVENT 25 FE80:0000:0000:0000:021D:1291:0000-0574\r\n")]
        [DataRow("EVENT 21 @ 00 00\r\n")]
        [DataRow("EVENT 21 @ 000\r\n")]
        [DataRow("EINFO $ 001D129000038C21 2F 1234\r\n")]
        [DataRow("EINFO $ 001D129000038C21 2F 1234 FFFE 0\r\n")]
        [DataRow("  Channel:21\r\n")]
        [DataRow("3610\r\n")]
        [DataRow("\u00ff\u00fe\u0001\r\n")]
        [DataRow("*1 0002 10\r\n")]
        [DataRow("*1 0002 108100\r\n")]
        [DataRow("*1 0002 10G1\r\n")]
        [DataRow("*1 0002 1081 0\r\n")]
        [DataRow("*1 0002\r\n")]
        [DataRow("*2 0002 1081\r\n")]
        [DataRow("*1 04D1 1081\r\n")]
        [DataRow("x*1 0002 1081\r\n")]
        [DataRow("ERXUDP @1 0002 1081\r\n")]
        public static void WhatIsDamagedIsPassedOver(string line)
        {
            var reader = new SkReader();
            reader.Hear(line + "OK\r\n");
            Assert.AreEqual("Ok", reader.Take());
            Assert.AreEqual(1, reader.Parser.Unknown, line);
        }

        [TestMethod]
        public static void ASessionIsTheSameInAnySplit()
        {
            byte[] bytes = SkReader.Bytes(All);
            Assert.AreEqual(AllEvents, SkReader.Read(All));
            for (int size = 1; size < 40; size++)
            {
                var reader = new SkReader();
                for (int at = 0; at < bytes.Length; at += size)
                {
                    reader.Hear(bytes, at, at + size < bytes.Length ? at + size : bytes.Length);
                }

                Assert.AreEqual(AllEvents, reader.Take(), size.ToString());
                Assert.AreEqual(0, reader.Parser.Unknown, size.ToString());
            }
        }

        [TestMethod]
        public static void TheLongestDatagramIsRead()
        {
            string data = Hex.Repeat("A5", SkParser.MaxDataLength);
            string longest = "*9E 1 0 04D0 " + data + "\r\n";
            Assert.AreEqual("Datagram 0574>8C21 0E1A>0E1A lqi 9E secured " + data, SkReader.Read(longest));
        }

        [TestMethod]
        [DataRow(false)]
        [DataRow(true)]
        public static void WithoutRoomADatagramIsHeardOfAndCostsItselfOnly(bool isBinary)
        {
            var queue = new DatagramQueue(3, 2);
            var reader = new SkReader(queue);
            reader.Parser.IsBinary = isBinary;
            string fits = isBinary ? "A\r" : "410D";
            string tooLong = isBinary ? "\r\nOK" : "0D0A4F4B";
            reader.Hear("*1 0002 " + fits + "\r\n");
            queue.Keep(reader.Parser.DataLength, 0, 0);
            reader.Hear("*1 0004 " + tooLong + "\r\nOK\r\n");
            const string head = "Datagram 0574>8C21 0E1A>0E1A secured ";
            Assert.AreEqual(head + "410D; " + head + "no room; Ok", reader.Take());
            Assert.AreEqual(0, reader.Parser.Unknown);
            Assert.AreEqual("410D", Hex.Format(queue.Bytes, 0, queue.FirstLength));
        }

        [TestMethod]
        public static void DataThatComeInWhileOthersGoStayWhole()
        {
            var queue = new DatagramQueue(8, 2);
            var reader = new SkReader(queue);
            queue.Put(new byte[3], 3, 0, 0);
            reader.Hear("*1 0004 0102030");
            queue.Drop();
            reader.Hear("4\r\n");
            Assert.AreEqual("Datagram 0574>8C21 0E1A>0E1A secured 01020304", reader.Take());
        }

        [TestMethod]
        public static void ALineThatNeverEndsCostsItselfOnly()
        {
            var reader = new SkReader();
            for (int i = 0; i < 20; i++)
            {
                reader.Hear(Hex.Repeat("OK ", 200));
            }

            reader.Hear("\r\nOK\r\n");
            Assert.AreEqual("Ok", reader.Take());
            Assert.AreEqual(1, reader.Parser.Unknown);
        }

        [TestMethod]
        public static void AnEchoedPasswordIsNoEvent()
        {
            Assert.AreEqual("Ok", SkReader.Read("SKSETPWD C ABCDEFGHIJKL\r\nOK\r\n"));
            Assert.AreEqual("Ok 1", SkReader.Read("ROPT\rOK 01\r"));
        }

        [TestMethod]
        public static void ATruncatedDatagramDoesNotBorrowFromTheNextLine()
        {
            var reader = new SkReader();
            reader.Hear("*1 000E 1081");
            Assert.IsTrue(reader.Parser.IsInLine);
            reader.Parser.Reset();
            Assert.IsFalse(reader.Parser.IsInLine);
            reader.Hear("00\r\nEVENT 29 @\r\n");
            Assert.AreEqual("Event 29 0574", reader.Take());
        }
    }
}
