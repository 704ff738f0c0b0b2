using NanoComm.Metering;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    /// <summary>A window of five minutes; times are minutes after 2026-11-22 10:00.</summary>
    [TestClass]
    public static class IntervalBufferTests
    {
        private const int Capacity = 5;
        private const long Origin = 848656800;

        [TestMethod]
        public static void IsEmptyBeforeTheFirstMove()
        {
            IntervalBuffer buffer = New();

            Assert.AreEqual(MeterTime.Unknown, buffer.Newest);
            Assert.AreEqual("-----", Values(buffer, 0));
            Assert.IsFalse(buffer.FindGap(Capacity, out long from, out long to));
            Assert.AreEqual(MeterTime.Unknown, from);
            Assert.AreEqual(MeterTime.Unknown, to);
        }

        [TestMethod]
        public static void TellsItsShape()
        {
            var buffer = new IntervalBuffer(MeterTime.HalfHour, 4800);

            Assert.AreEqual(1800, buffer.Interval);
            Assert.AreEqual(4800, buffer.Capacity);
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(59, 0)]
        [DataRow(60, 60)]
        [DataRow(-1, -60)]
        public static void AMoveIsRoundedDownToTheInterval(int seconds, int newest)
        {
            IntervalBuffer buffer = New();

            buffer.MoveTo(Origin + seconds);

            Assert.AreEqual(Origin + newest, buffer.Newest);
        }

        [TestMethod]
        public static void PlacesWithoutValuesReadAsNoData()
        {
            IntervalBuffer buffer = Filled("1-3-5");

            Assert.IsFalse(buffer.Get(At(1), out uint normal, out uint reverse));
            Assert.AreEqual(MeterReading.NoEnergy, normal);
            Assert.AreEqual(MeterReading.NoEnergy, reverse);
            Assert.AreEqual("1-3-5", Values(buffer, 0));
        }

        [TestMethod]
        public static void BothDirectionsAreKept()
        {
            IntervalBuffer buffer = New();
            buffer.MoveTo(At(4));
            buffer.Put(At(2), 12345678, 99999999);

            Assert.IsTrue(buffer.Get(At(2), out uint normal, out uint reverse));
            Assert.AreEqual(12345678u, normal);
            Assert.AreEqual(99999999u, reverse);

            var values = new uint[2];
            buffer.CopyTo(At(1), true, values);
            Assert.AreEqual(MeterReading.NoEnergy, values[0]);
            Assert.AreEqual(99999999u, values[1]);
            buffer.CopyTo(At(1), false, values);
            Assert.AreEqual(12345678u, values[1]);
        }

        [TestMethod]
        public static void AValueOfOneDirectionIsData()
        {
            IntervalBuffer buffer = New();
            buffer.Put(At(0), MeterReading.NoEnergy, 7);
            buffer.Put(At(1), 8, MeterReading.NoEnergy);
            buffer.Put(At(2), MeterReading.NoEnergy, MeterReading.NoEnergy);

            Assert.IsTrue(buffer.Get(At(0), out uint normal, out uint reverse));
            Assert.AreEqual(MeterReading.NoEnergy, normal);
            Assert.AreEqual(7u, reverse);
            Assert.IsTrue(buffer.Get(At(1), out normal, out reverse));
            Assert.AreEqual(8u, normal);
            Assert.AreEqual(MeterReading.NoEnergy, reverse);
            Assert.IsFalse(buffer.Get(At(2), out normal, out reverse));
        }

        [TestMethod]
        [DataRow(0, 0)]
        [DataRow(99999999, 0)]
        [DataRow(0, 99999999)]
        [DataRow(89478485, 44739242)]
        [DataRow(44739242, 89478485)]
        [DataRow(1, -2)]
        [DataRow(-2, 67108865)]
        public static void DirectionsAndNeighboursDoNotTouchEachOther(int normal, int reverse)
        {
            var buffer = new IntervalBuffer(60, 3);
            buffer.Put(60, 7, 8);
            buffer.Put(180, 9, 10);
            buffer.Put(120, (uint)normal, (uint)reverse);
            long[] expected = { 7, 8, (uint)normal, (uint)reverse, 9, 10 };
            for (int i = 0; i < 3; i++)
            {
                buffer.Get(60 * (i + 1), out uint readNormal, out uint readReverse);
                Assert.AreEqual(expected[2 * i], (long)readNormal);
                Assert.AreEqual(expected[(2 * i) + 1], (long)readReverse);
            }
        }

        // Only 0…99,999,999 is an energy; the buffer's own mark for "not asked" must not come in from outside either.
        [TestMethod]
        [DataRow(99999999, true)]
        [DataRow(100000000, false)]
        [DataRow(-2, false)]
        [DataRow(-1, false)]
        public static void WhatIsNoEnergyIsNoData(int energy, bool isData)
        {
            IntervalBuffer buffer = New();
            buffer.MoveTo(At(0));
            buffer.Put(At(0), (uint)energy, (uint)energy);

            Assert.AreEqual(isData, buffer.Get(At(0), out uint normal, out uint reverse));
            Assert.AreEqual(isData ? (uint)energy : MeterReading.NoEnergy, normal);
            Assert.AreEqual(isData ? (uint)energy : MeterReading.NoEnergy, reverse);
            Assert.AreEqual("-4 to -1", Gap(buffer, 10), "the place was answered");
        }

        [TestMethod]
        public static void ValuesOffTheGridAreIgnored()
        {
            IntervalBuffer buffer = Filled("12345");
            buffer.Put(At(3) + 1, 9, 9);
            buffer.Put(At(9) - 1, 9, 9);

            Assert.AreEqual("12345", Values(buffer, 0));
            Assert.AreEqual(At(4), buffer.Newest);
            Assert.IsFalse(buffer.Get(At(3) + 1, out uint normal, out uint reverse));
        }

        [TestMethod]
        public static void ValuesBeforeTheWindowAreIgnored()
        {
            IntervalBuffer buffer = Filled("12345");
            buffer.Put(At(-1), 9, 9);
            buffer.Put(At(-5), 9, 9);

            Assert.AreEqual("12345", Values(buffer, 0));
            Assert.AreEqual("-----", Values(buffer, -5));
        }

        [TestMethod]
        public static void AValueAfterTheWindowMovesIt()
        {
            IntervalBuffer buffer = Filled("12345");
            buffer.Put(At(6), 7, 7);

            Assert.AreEqual(At(6), buffer.Newest);
            Assert.AreEqual("345-7", Values(buffer, 2));
            Assert.AreEqual("5 to 5", Gap(buffer, 10));
        }

        [TestMethod]
        public static void ALaterValueReplacesAnEarlierOne()
        {
            IntervalBuffer buffer = Filled("12345");
            buffer.Put(At(1), 9, 9);

            Assert.AreEqual("19345", Values(buffer, 0));
        }

        // Where the window moves to, and what is left of 1 to 5 in it.
        [TestMethod]
        [DataRow(4, 0, "12345")]
        [DataRow(5, 1, "2345-")]
        [DataRow(8, 4, "5----")]
        [DataRow(9, 5, "-----")]
        [DataRow(10, 6, "-----")]
        [DataRow(525600, 525596, "-----")]
        [DataRow(3, -1, "-1234")]
        [DataRow(0, -4, "----1")]
        [DataRow(-1, -5, "-----")]
        [DataRow(-2, -6, "-----")]
        [DataRow(-525600, -525604, "-----")]
        public static void TheWindowMovesForwardAndBack(int newest, int oldest, string values)
        {
            IntervalBuffer buffer = Filled("12345");

            buffer.MoveTo(At(newest));

            Assert.AreEqual(At(newest), buffer.Newest);
            Assert.AreEqual(values, Values(buffer, oldest));
        }

        [TestMethod]
        [DataRow(5)]
        [DataRow(9)]
        [DataRow(40)]
        [DataRow(3)]
        [DataRow(-1)]
        [DataRow(-40)]
        public static void WhatLeftTheWindowIsGone(int newest)
        {
            IntervalBuffer buffer = Filled("12345");

            buffer.MoveTo(At(newest));
            buffer.MoveTo(At(4));

            string values = Values(buffer, 0);
            for (int i = 0; i < Capacity; i++)
            {
                bool stayed = i <= newest && i > newest - Capacity;
                Assert.AreEqual(stayed ? "12345".Substring(i, 1) : "-", values.Substring(i, 1));
            }
        }

        // Times before 2000 are negative, and so is what is left over when they are divided.
        [TestMethod]
        public static void TheWindowCrossesTheYear2000()
        {
            IntervalBuffer buffer = New();
            for (int i = -7; i <= 7; i++)
            {
                buffer.Put(i * MeterTime.Minute, (uint)(i + 10), 0);
                for (int j = 0; j < Capacity && i - j >= -7; j++)
                {
                    Assert.IsTrue(buffer.Get((i - j) * MeterTime.Minute, out uint normal, out uint reverse));
                    Assert.AreEqual((uint)(i - j + 10), normal);
                }
            }
        }

        [TestMethod]
        public static void AFreshWindowIsOneGap()
        {
            IntervalBuffer buffer = New();
            buffer.MoveTo(At(4));

            Assert.AreEqual("0 to 4", Gap(buffer, Capacity));
            Assert.AreEqual("0 to 4", Gap(buffer, 100));
            Assert.AreEqual("3 to 4", Gap(buffer, 2));
            Assert.AreEqual("4 to 4", Gap(buffer, 1));
        }

        // Each gap is asked for and found missing, until none is left.
        [TestMethod]
        [DataRow("1-3-5", "3 to 3, 1 to 1")]
        [DataRow("--3--", "3 to 4, 0 to 1")]
        [DataRow("----5", "2 to 3, 0 to 1")]
        [DataRow("-2345", "0 to 0")]
        [DataRow("1234-", "4 to 4")]
        [DataRow("12345", "")]
        public static void GapsAreFoundNewestFirst(string values, string gaps)
        {
            IntervalBuffer buffer = Filled(values);

            string found = "";
            while (buffer.FindGap(2, out long from, out long to))
            {
                found += (found.Length > 0 ? ", " : "") + Run(from, to);
                buffer.MarkAsked(from, to);
            }

            Assert.AreEqual(gaps, found);
            Assert.AreEqual(values, Values(buffer, 0), "asking makes no data");
        }

        [TestMethod]
        public static void WhatWasAskedForIsNoGapUntilItEntersAgain()
        {
            IntervalBuffer buffer = Filled("1---5");
            buffer.MarkAsked(At(1), At(3));
            Assert.AreEqual("", Gap(buffer, 10));

            buffer.MoveTo(At(5));
            Assert.AreEqual("5 to 5", Gap(buffer, 10));
            buffer.MarkAsked(At(5), At(5));

            buffer.MoveTo(At(2));
            Assert.AreEqual("-2 to 0", Gap(buffer, 10), "0 and what is before it left or was never there");
        }

        [TestMethod]
        public static void WhatIsMissingCanBeAskedForAgain()
        {
            IntervalBuffer buffer = Filled("1---5");
            buffer.MarkAsked(At(0), At(4));
            buffer.AskAgain(At(-3), At(2));
            Assert.AreEqual("1 to 2", Gap(buffer, 10), "values stay, and what lies outside");
            buffer.AskAgain(At(1), At(9));
            Assert.AreEqual("1 to 3", Gap(buffer, 10));
            Assert.AreEqual("1---5", Values(buffer, 0));
            buffer.MarkAsked(At(0), At(4));
            Assert.AreEqual("", Gap(buffer, 10));
        }

        [TestMethod]
        public static void AskingLeavesValuesAndOtherTimesAlone()
        {
            IntervalBuffer buffer = Filled("12--5");

            buffer.MarkAsked(At(-20), At(2));
            Assert.AreEqual("3 to 3", Gap(buffer, 10));
            buffer.MarkAsked(At(3), At(20));

            Assert.AreEqual("", Gap(buffer, 10));
            Assert.AreEqual("12--5", Values(buffer, 0));
        }

        [TestMethod]
        public static void AMissingValueMayStillArrive()
        {
            IntervalBuffer buffer = Filled("12-45");
            buffer.MarkAsked(At(2), At(2));

            buffer.Put(At(2), 3, 3);

            Assert.AreEqual("12345", Values(buffer, 0));
            Assert.AreEqual("", Gap(buffer, 10));
        }

        [TestMethod]
        public static void WhatWasForgottenIsAsItWasMade()
        {
            IntervalBuffer buffer = Filled("12345");
            buffer.Forget();
            Assert.AreEqual(MeterTime.Unknown, buffer.Newest);
            Assert.AreEqual("-----", Values(buffer, 0));
            Assert.AreEqual("", Gap(buffer, 10));
            buffer.MoveTo(At(4));
            Assert.AreEqual("-----", Values(buffer, 0));
            Assert.AreEqual("0 to 4", Gap(buffer, 10));
        }

        private static IntervalBuffer New()
        {
            return new IntervalBuffer(MeterTime.Minute, Capacity);
        }

        // A window that ends with the last character; a digit is a value, a hyphen none.
        private static IntervalBuffer Filled(string values)
        {
            IntervalBuffer buffer = New();
            buffer.MoveTo(At(values.Length - 1));
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] != '-')
                {
                    uint value = (uint)(values[i] - '0');
                    buffer.Put(At(i), value, value);
                }
            }

            return buffer;
        }

        // Read in both ways, which must agree.
        private static string Values(IntervalBuffer buffer, int oldest)
        {
            var copied = new uint[Capacity];
            buffer.CopyTo(At(oldest), false, copied);
            string values = "";
            for (int i = 0; i < Capacity; i++)
            {
                bool isData = buffer.Get(At(oldest + i), out uint normal, out uint reverse);
                Assert.AreEqual(copied[i], normal);
                Assert.AreEqual(isData, normal != MeterReading.NoEnergy);
                values += isData ? normal.ToString() : "-";
            }

            return values;
        }

        private static string Gap(IntervalBuffer buffer, int most)
        {
            return buffer.FindGap(most, out long from, out long to) ? Run(from, to) : "";
        }

        private static string Run(long from, long to)
        {
            return ((from - Origin) / MeterTime.Minute).ToString() + " to "
                + ((to - Origin) / MeterTime.Minute).ToString();
        }

        private static long At(int minute)
        {
            return Origin + ((long)minute * MeterTime.Minute);
        }
    }
}
