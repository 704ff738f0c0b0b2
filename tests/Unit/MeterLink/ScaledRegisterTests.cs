using NanoComm.Dlms;
using NanoComm.MeterLink;
using nanoFramework.TestFramework;

namespace NanoComm.Tests
{
    [TestClass]
    public static class ScaledRegisterTests
    {
        private const byte Ampere = 33;

        [TestMethod]
        [DataRow("0202 0F00 1621", 0)]
        [DataRow("0202 0FFF 1621", -1)]
        [DataRow("0202 0F08 1621", 8)]
        [DataRow("0202 0FF8 1621", -8)]
        public static void TakesWhatIsDeclared(string scalerUnit, int scaler)
        {
            ScaledRegister register = Read(scalerUnit);
            Assert.IsTrue(register.TakeScaler());
            Assert.AreEqual(scaler, register.Scaler);
            Assert.IsTrue(register.IsUsable);
        }

        [TestMethod]
        [DataRow("12007B", 0, "12")]
        [DataRow("12007B", 1, "123")]
        [DataRow("06FFFFFFFF", 1, "4294967295")]
        [DataRow("0580000000", 1, "-2147483648")]
        [DataRow("150000000100000000", 1, "-")]
        [DataRow("14FFFFFFFF00000000", 1, "-")]
        [DataRow("00", 1, "-")]
        public static void ValuesAreBroughtToTheUnit(string data, int exponent, string expected)
        {
            ScaledRegister register = Read("0202 0FFF 1621");
            Assert.IsTrue(register.TakeScaler());
            byte[] buffer = Hex.Parse(data);
            register.Value.Put(buffer, 0, buffer.Length);
            Assert.AreEqual(expected, register.Read(exponent, out long value) ? value.ToString() : "-");
        }

        [TestMethod]
        [DataRow("00", true)]
        [DataRow("0202 0FFF 16FF", true)]
        [DataRow("0202 0FFF 1621", false)]
        [DataRow("0202 0F80 1621", false)]
        public static void AQuantityThatIsNotThereIsSaidToBeAbsent(string scalerUnit, bool isAbsent)
        {
            Assert.AreEqual(isAbsent, Read(scalerUnit).IsAbsent);
        }

        [TestMethod]
        [DataRow((int)DataAccessResult.ObjectUndefined, true)]
        [DataRow((int)DataAccessResult.ReadWriteDenied, false)]
        [DataRow((int)DataAccessResult.TemporaryFailure, false)]
        public static void ARefusalIsNotAlwaysAnAbsence(int result, bool isAbsent)
        {
            var register = new ScaledRegister(31, 7, Ampere);
            register.ScalerUnit.Refuse((DataAccessResult)result);
            Assert.AreEqual(isAbsent, register.IsAbsent);
        }

        [TestMethod]
        [DataRow("0202 0F02 161E")]
        [DataRow("0202 0F02 16FF")]
        [DataRow("0202 0F09 1621")]
        [DataRow("0202 0FF7 1621")]
        [DataRow("0202 0F7F 1621")]
        [DataRow("0202 0F80 1621")]
        [DataRow("0202 1621 0F02")]
        [DataRow("0102 0F02 1621")]
        [DataRow("0203 0F02 1621")]
        [DataRow("0203 0F02 1621 1100")]
        [DataRow("0201 0F02")]
        [DataRow("0202 0F02 00")]
        [DataRow("0202 0F02 120021")]
        [DataRow("0202 00 120021")]
        [DataRow("00")]
        [DataRow("0F02")]
        [DataRow("0904 0F021621")]
        public static void RefusesAnotherUnitOrFormAndKeepsTheScaler(string scalerUnit)
        {
            ScaledRegister register = Read("0202 0FFF 1621");
            Assert.IsTrue(register.TakeScaler());
            Put(register, scalerUnit);
            Assert.IsFalse(register.TakeScaler());
            Assert.IsFalse(register.IsUsable);
            Assert.AreEqual(-1, register.Scaler);
        }

        [TestMethod]
        public static void WhatWasNotReadIsRefused()
        {
            Assert.IsFalse(new ScaledRegister(31, 7, Ampere).TakeScaler());
        }

        private static ScaledRegister Read(string scalerUnit)
        {
            var register = new ScaledRegister(31, 7, Ampere);
            Put(register, scalerUnit);
            return register;
        }

        // Among other data: bytes beside the value must not matter.
        private static void Put(ScaledRegister register, string scalerUnit)
        {
            byte[] buffer = Hex.Parse("020F" + scalerUnit + "1621");
            register.ScalerUnit.Put(buffer, 2, buffer.Length - 4);
        }
    }
}
