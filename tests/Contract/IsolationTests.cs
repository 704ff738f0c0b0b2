using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace NanoComm.Tests.Contract
{
    /// <summary>Nothing that a terminal sends reaches the metering unit, not even as a wish.</summary>
    public static class IsolationTests
    {
        private const string Observer = "namespace NanoComm.RouteB { public interface IWatch { void On(); } "
            + "class Path { IWatch _watch = null; void Step() { _watch.On(); } } }";

        private const string Loop = "namespace NanoComm.MeterLink { public class Loop { public void Read() { } } }";

        [Test]
        public static void No_way_leads_from_a_terminal_to_the_metering_unit()
        {
            Refused.Nothing(IsolationRules.Check(Device.Firmware.Module));
            Assert.That(IsolationRules.Stale(Device.Firmware.Module), Is.Empty, "in the tables, and no code needs it any more");
        }

        // Every arrow of it is in the table: Supervision knows both sides.
        [Test]
        public static void A_bridge_in_a_room_that_knows_both_sides_is_refused()
        {
            DeviceAssembly firmware = Device.Build.Compile(Device.FirmwareSources.AddSyntaxTrees(Device.Build.Synthetic(
                Device.SyntheticPath, "namespace NanoComm.Supervision { sealed class Bridge : NanoComm.WiSun.IWiSunObserver { "
                + "private readonly NanoComm.MeterLink.MeteringLoop _loop; "
                + "public Bridge(NanoComm.MeterLink.MeteringLoop loop) { _loop = loop; } "
                + "public void On(NanoComm.WiSun.WiSunEvent e) { _loop.Read(null); } } }")));
            Refused.Nothing(firmware.Findings);
            Refused.Nothing(ArrowTable.Of(Repository.Here).Check(firmware));

            Refused.Exactly(IsolationRules.Check(firmware.Module).Where(finding => finding.Code == IsolationRules.Way),
                Device.SyntheticPath, IsolationRules.Way, "run NanoComm.MeterLink.MeteringLoop.Read from NanoComm.Supervision.Bridge.On from NanoComm.WiSun.WiSunJournal.Report");
        }

        [TestCase("namespace NanoComm.Echonet { class Part { void M(MeterLink.Loop l) { l.Read(); } } }")]
        [TestCase("namespace NanoComm.RouteB { class Part { object M() { return new MeterLink.Loop(); } } }")]
        [TestCase("namespace NanoComm.WiSun { class Part { void M() { Metering.Help.Do(null); } } } "
            + "namespace NanoComm.Metering { static class Help { public static void Do(MeterLink.Loop l) { l.Read(); } } }")]
        [TestCase(Observer + "namespace NanoComm.Supervision { class Bridge : RouteB.IWatch { MeterLink.Loop _l = null; public void On() { _l.Read(); } } }")]
        [TestCase(Observer + "namespace NanoComm { class Bridge : RouteB.IWatch { MeterLink.Loop _l = null; void RouteB.IWatch.On() { _l.Read(); } } }")]
        [TestCase("namespace NanoComm.RouteB { public class Path { void Step() { On(); } protected virtual void On() { } } } "
            + "namespace NanoComm { class Bridge : RouteB.Path { MeterLink.Loop _l = null; protected override void On() { _l.Read(); } } }")]
        [TestCase("namespace NanoComm.Bytes { public delegate void Told(); } "
            + "namespace NanoComm.RouteB { class Path { Bytes.Told _told = null; void Step() { _told(); } } } "
            + "namespace NanoComm { class Unit { object M(MeterLink.Loop l) { return new Bytes.Told(l.Read); } } }")]
        [TestCase("namespace NanoComm.Metering { static class Late { public static int X = Start(); "
            + "static int Start() { new MeterLink.Loop().Read(); return 1; } } } "
            + "namespace NanoComm.RouteB { class Path { int Step() { return Metering.Late.X; } } }")]
        [TestCase("namespace NanoComm.RouteB { class Path { object Step(object o) { return o.ToString(); } } } "
            + "namespace NanoComm.Dlms { class Client { public override string ToString() { return null; } } }")]
        public static void A_call_that_leads_to_the_utilitys_side_is_refused(string sources)
        {
            Refused.Exactly(Check(sources + Loop), "firmware/Synthetic.cs(2,", IsolationRules.Way, "what a terminal sends may run");
        }

        [TestCase("public int Wish;", "b.Wish = 1;", "return b.Wish;")]
        [TestCase("public static int Wish;", "Metering.Box.Wish = 1;", "return Metering.Box.Wish;")]
        [TestCase("public int Wish { get; set; }", "b.Wish = 1;", "return b.Wish;")]
        [TestCase("public byte[] Wish = new byte[1];", "b.Wish[0] = 1;", "return b.Wish[0];")]
        [TestCase("public byte[] Wish = new byte[1];", "System.Array.Clear(b.Wish, 0, 1);", "return b.Wish[0];")]
        [TestCase("byte[] _wish = new byte[1]; public byte[] Wish { get { return _wish; } } public int Look() { return _wish[0]; }",
            "b.Wish.CopyTo(null, 0);", "return b.Look();")]
        public static void What_a_terminal_leaves_for_the_utilitys_side_is_refused(string place, string leaves, string looks)
        {
            string sources = $"namespace NanoComm.Metering {{ public class Box {{ {place} }} }} "
                + $"namespace NanoComm.RouteB {{ class Path {{ void Step(Metering.Box b) {{ {leaves} }} }} }} "
                + $"namespace NanoComm.MeterLink {{ class Loop {{ int M(Metering.Box b) {{ {looks} }} }} }}";

            Refused.Exactly(Check(sources), "firmware/Synthetic.cs(2,", IsolationRules.Meeting, "which the utility's side looks at");
        }

        [Test]
        public static void What_the_utilitys_side_leaves_for_the_terminals_passes()
        {
            Refused.Nothing(Check("namespace NanoComm.Metering { public class Box { public int Value; } } "
                + "namespace NanoComm.MeterLink { class Loop { int M(Metering.Box b) { b.Value = 1; return b.Value; } } } "
                + "namespace NanoComm.RouteB { class Path { int M(Metering.Box b) { return b.Value; } } }"));
        }

        [TestCase("Loop(ISignal s) { _wake = s; }")]
        [TestCase("Loop(ILoops l) { _wake = l.CreateSignal(null); } void M(IDatagramPort p) { p.Notify(_wake); }")]
        [TestCase("Loop(ILoops l) { _wake = l.CreateSignal(null); } ISignal M() { return Pass(_wake); } ISignal Pass(ISignal s) { return s; }")]
        [TestCase("ISignal _other; Loop(ILoops l) { _wake = l.CreateSignal(null); } ISignal M() { _other = _wake; return _other; }")]
        [TestCase("Loop(ILoops l) { _wake = l.CreateSignal(null); } void M(object[] a) { a[0] = _wake; }")]
        public static void A_signal_that_a_loop_waits_for_and_others_have_is_refused(string member)
        {
            Refused.Exactly(Check("namespace NanoComm.MeterLink { using NanoComm.Hal; class Loop { ISignal _wake; "
                + $"{member} void Run() {{ _wake.Wait(0); }} }} }}"), "firmware/Synthetic.cs(2,", IsolationRules.Wish, "");
        }

        [Test]
        public static void A_loop_that_waits_for_a_signal_of_others_is_refused()
        {
            Refused.Exactly(Check("namespace NanoComm.MeterLink { class Loop { void Run(Hal.ISignal s) { s.Wait(0); } } }"),
                "firmware/Synthetic.cs(2,", IsolationRules.Wish, "no field of its own");
        }

        [Test]
        public static void A_stranger_at_the_metering_line_is_refused()
        {
            Refused.Exactly(Check("namespace NanoComm.Supervision { class Other { object M(Hal.IBoard b) { return b.MeteringLine; } } }"),
                "firmware/Synthetic.cs(2,", IsolationRules.Line, "alone may");
        }

        private static IReadOnlyList<Finding> Check(string sources)
        {
            DeviceAssembly firmware = Device.FirmwareOf("#pragma warning disable\n" + sources);
            Refused.Nothing(firmware.Findings);
            return IsolationRules.Check(firmware.Module);
        }
    }
}
