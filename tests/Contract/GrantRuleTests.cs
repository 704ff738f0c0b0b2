using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>No driver can send without a grant of power.</summary>
    public static class GrantRuleTests
    {
        [Test]
        public static void Firmware_sends_with_a_grant_only()
        {
            Refused.Nothing(GrantRules.Check(Device.Firmware.Module));
            Assert.That(GrantRules.Stale(Device.Firmware.Module), Is.Empty, "in the tables, and no code needs it any more");
        }

        [TestCase("NanoComm.WiSun", "class SkModule", "bool Put(NanoComm.Hal.ISerialLine l) { return l.Write(null, 0, 0); }",
            GrantRules.Ungranted, "ISerialLine.Write")]
        [TestCase("NanoComm.WiSun", "class Other", "bool Put(NanoComm.Hal.ISerialLine l) { return l.Write(null, 0, 0); }",
            GrantRules.Stranger, "SkModule.Put alone may")]
        [TestCase("NanoComm.Supervision", "class WifiSwitch", "void Join(NanoComm.Hal.IWifiRadio r) { r.Start(null); }",
            GrantRules.Ungranted, "IWifiRadio.Start")]
        [TestCase("NanoComm.RouteB", "class Other", "void M(NanoComm.Hal.IDatagramPort p) { p.SendToGroup(null, 0); }",
            GrantRules.Stranger, "PoweredPort.SendToGroup alone may")]
        [TestCase("NanoComm.RouteB", "class Other", "object M(NanoComm.Hal.IBoard b) { return b.RouteBPorts; }",
            GrantRules.Stranger, "takes NanoComm.Hal.IBoard.get_RouteBPorts")]
        [TestCase("NanoComm.Echonet", "class Other", "object M(NanoComm.Hal.IBoard b) { return b.Wifi; }",
            GrantRules.Stranger, "takes NanoComm.Hal.IBoard.get_Wifi")]
        public static void A_way_around_the_grant_is_refused(string room, string type, string member, string rule, string says)
        {
            DeviceAssembly firmware = Device.FirmwareOf(
                $"#pragma warning disable\nnamespace {room} {{\n{type} {{\n{member}\n}} }}");
            Refused.Nothing(firmware.Findings);

            Refused.Exactly(GrantRules.Check(firmware.Module), "firmware/Synthetic.cs(4,", rule, says);
        }

        [TestCase("if (g.MaySend) { l.Write(null, 0, 0); }", true)]
        [TestCase("bool b = g.MaySend; l.Write(null, 0, 0);", false)]
        [TestCase("l.Write(null, 0, 0); if (g.MaySend) { l.DiscardInput(); }", false)]
        public static void What_the_grant_says_decides(string body, bool isGood)
        {
            DeviceAssembly firmware = Device.FirmwareOf("#pragma warning disable\n"
                + "namespace NanoComm.Power { class PowerGrant { public bool MaySend { get { return false; } } } }\n"
                + "namespace NanoComm.WiSun { class SkModule {\n"
                + $"void Put(NanoComm.Hal.ISerialLine l, NanoComm.Power.PowerGrant g) {{ {body} }}\n}} }}");
            Refused.Nothing(firmware.Findings);

            Assert.That(GrantRules.Check(firmware.Module), isGood ? Is.Empty : Has.Count.EqualTo(1));
        }
    }
}
