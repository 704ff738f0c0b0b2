using System;
using System.Linq;
using NanoComm.Hems;
using NUnit.Framework;
using static NanoComm.Tests.Host.Hems.ScriptedModule;

namespace NanoComm.Tests.Host.Hems
{
    /// <summary>The controller against a script: what modules and meters say, and what it makes of it.</summary>
    internal static class HemsControllerTests
    {
        private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0);

        [Test]
        public static void A_dead_port_says_to_look_at_the_dongle()
        {
            ScriptedModule module = new ScriptedModule().Dead();
            module.Start(25_000);
            Assert.That(module.Troubles, Has.Count.EqualTo(1));
            Assert.That(module.Troubles[0].Text, Does.Contain("no Wi-SUN module answers at /dev/x (SKRESET)").And.Contain("this side"));
            Assert.That(module.Troubles[0].At, Is.GreaterThan(6000), "three attempts");
        }

        [TestCase("EINFO " + Own + " 001D129000000001 21 FFFF FFFE", "A1", "SKSCAN 2 FFFFFFFF 4", "E1A 1 001")]
        [TestCase("EINFO " + Own + " 001D129000000001 21 FFFF 0", "C2", "SKSCAN 2 FFFFFFFF 4 0", "E1A 1 0 001")]
        public static void The_dialect_shows_in_EINFO_and_echo_and_garbage_do_no_harm(string info, string dialect,
            string scan, string datagram)
        {
            var module = new ScriptedModule();
            module.Answers["SKRESET"] = "SKRESET|OK";
            module.Answers["SKSREG"] = "SKSREG SFE 0|OK";
            module.Answers["SKINFO"] = $"SKINFO|{info}|OK";
            module.Say("\u0080\u00FFgarbage");
            module.Start(10_000);
            Assert.That((module.Hems.Version, module.Hems.Dialect), Is.EqualTo(("1.2.10", dialect)));
            Assert.That(module.Commands, Does.Contain(scan).And.Some.Contains(datagram));
            Assert.That(module.Hems.Restarts, Is.Zero);
        }

        [Test]
        public static void A_refusal_names_the_command_and_no_secret()
        {
            var module = new ScriptedModule();
            module.Answers["SKSETPWD"] = "FAIL ER06";
            module.Start(25_000);
            Assert.That(module.Troubles[0].Text, Does.Contain("refuses SKSETPWD (FAIL ER06)").And.Not.Contain(Password));
            Assert.That(module.Commands, Does.Contain($"SKSETPWD C {Password}"));
        }

        [Test]
        public static void A_module_that_knows_no_ROPT_is_used_as_it_is([Values] bool asks, [Values] bool isC2,
            [Values] bool isHexadecimal)
        {
            ScriptedModule module = Make(isC2, new HemsOptions { Id = Id, Password = Password, WantsHexadecimal = asks });
            module.IsHexadecimal = isHexadecimal;
            module.Answers["ROPT"] = "FAIL ER04";
            module.Start(15_000);
            Assert.That(module.Commands.Contains("ROPT"), Is.EqualTo(asks));
            Assert.That(module.Commands, Has.None.StartsWith("WOPT"));
            Assert.That(module.Readings.Latest?.Power, Is.EqualTo(504));
            Assert.That(module.Hems.Restarts, Is.Zero);
        }

        [Test]
        public static void A_scan_finds_the_nearest_meter_of_the_id()
        {
            var module = new ScriptedModule();
            HemsPan found = null;
            module.Hems.Found += pan => found = pan;
            module.Answers["SKSCAN"] = "OK|" + Beacon("2F", "8888", "60", "CCDDEEFF") + Beacon("30", "9999", "90", "CCDDEEFF")
                + Beacon("31", "7777", "F0", "00000000") + "EVENT 22 " + Own;
            module.Start(5000);
            Assert.That(found, Is.EqualTo(new HemsPan(0x30, 0x9999, "001D129012345678", 0x90, "CCDDEEFF")));
            Assert.That(found.Rssi, Is.EqualTo(-64.7).Within(0.1));
            Assert.That(module.Commands.SkipWhile(command => !command.StartsWith("SKSCAN", StringComparison.Ordinal)).Take(5),
                Is.EqualTo(new[]
                {
                    "SKSCAN 2 FFFFFFFF 4", "SKSREG S2 30", "SKSREG S3 9999", "SKLL64 001D129012345678", $"SKJOIN {Address}",
                }));
        }

        [Test]
        public static void It_looks_longer_each_time_and_then_says_where_to_look()
        {
            var module = new ScriptedModule();
            module.Answers["SKSCAN"] = "OK|EVENT 22 " + Own;
            module.Start(10_000);
            Assert.That(module.Commands.Where(command => command.StartsWith("SKSCAN", StringComparison.Ordinal)).Take(4),
                Is.EqualTo(new[]
                {
                    "SKSCAN 2 FFFFFFFF 4", "SKSCAN 2 FFFFFFFF 5", "SKSCAN 2 FFFFFFFF 6", "SKSCAN 2 FFFFFFFF 7",
                }));
            Assert.That(module.Troubles[0].Text, Does.Contain("look at the id"));
        }

        [Test]
        public static void A_meter_that_shows_late_in_a_scan_is_found_by_a_longer_one([Range(4, 7)] int duration, [Values] bool isC2)
        {
            ScriptedModule module = Make(isC2);
            module.FoundAt = duration;
            module.Start(100_000);
            Assert.That(module.Commands.Last(command => command.StartsWith("SKSCAN", StringComparison.Ordinal)),
                Is.EqualTo($"SKSCAN 2 FFFFFFFF {duration}{(isC2 ? " 0" : "")}"));
            Assert.That(module.Readings.Latest?.Power, Is.EqualTo(504));
            Assert.That(module.Troubles, Is.Empty);
        }

        [Test]
        public static void A_meter_that_lets_us_in_at_the_second_try_only_does()
        {
            var module = new ScriptedModule(Impatient());
            module.Answers["SKJOIN"] = $"OK|EVENT 21 {Address} 00|EVENT 24 {Address}";
            module.Start(1000);
            module.Answers["SKJOIN"] = $"OK|EVENT 25 {Address}";
            module.Run(5000);
            Assert.That(module.Hems.State, Is.EqualTo(HemsState.Joined));
            Assert.That((module.Hems.FailedJoins, module.Troubles.Count), Is.EqualTo((1, 0)));
        }

        [Test]
        public static void One_that_never_does_says_to_look_at_the_password()
        {
            var module = new ScriptedModule(Impatient());
            module.Answers["SKJOIN"] = $"OK|EVENT 24 {Address}";
            module.Start(5000);
            Assert.That(module.Troubles[0].Text, Does.Contain("channel 2F, PAN 8888, -69 dBm").And.Contain("the password"));
        }

        [TestCase("EVENT 21 " + Address + " 00|OK", 1)]
        [TestCase("OK|EVENT 21 " + Address + " 00", 1)]
        [TestCase("EVENT 21 " + Address + " 01|OK", 2)]
        [TestCase("EVENT 21 " + Address + " 0 02|OK", 2)]
        [TestCase("FAIL ER10", 2)]
        public static void A_datagram_is_sent_when_EVENT_21_says_so(string answer, int sends)
        {
            var module = new ScriptedModule { Delay = -1 };
            module.Answers["SKSENDTO"] = answer;
            module.Start(1000);
            Assert.That(module.Requests, Has.Count.EqualTo(sends));
            Assert.That(module.Requests.Select(request => request.Tid).Distinct().Count(), Is.EqualTo(1));
        }

        [Test]
        public static void EVENT_21_02_before_the_answer_costs_no_answer([Values] bool isC2, [Values] bool isOkFirst)
        {
            ScriptedModule module = Make(isC2);
            string sent = $"EVENT 21 {Address}{(isC2 ? " 0" : "")} 02";
            module.Answers["SKSENDTO"] = isOkFirst ? "OK|" + sent : sent + "|OK";
            module.Start(5000);
            Assert.That(module.Readings.Latest?.Power, Is.EqualTo(504));
            Assert.That(module.Hems.Unanswered, Is.Zero);
        }

        [Test]
        public static void Late_answers_are_answers([Values(8000, 12_000, 19_000, 20_500)] int delay, [Values] bool isC2)
        {
            // As nanocomm hems is: one request without answer, and the session is made anew.
            ScriptedModule module = Make(isC2, new HemsOptions { Id = Id, Password = Password, SilenceLimit = 1 });
            module.Delay = delay;
            module.Start(240_000);
            Assert.That(module.Readings.Latest?.Normal, Is.EqualTo(123.456m));
            Assert.That((module.Hems.Unanswered, module.Hems.Joins), Is.EqualTo((0, 1)));
            Assert.That(module.Hems.Repetitions, delay <= 8000 ? Is.Zero : Is.Positive);
            Assert.That(module.Requests.GroupBy(request => request.Tid).Select(same => same.Select(request =>
                Convert.ToHexString(request.ToBytes())).Distinct().Count()), Is.All.EqualTo(1), "a TID for each request");
        }

        [Test]
        public static void A_stale_TID_is_no_answer_and_no_notification([Values] bool isC2)
        {
            int notified = 0;
            ScriptedModule module = Make(isC2);
            module.Before = request => new EchonetMessage
            {
                Tid = (ushort)(request.Tid - 1), Seoj = request.Deoj, Deoj = request.Seoj, Esv = EchonetMessage.GetRes,
            }.With(0xE7, 0, 0, 0, 1);
            module.Hems.Notified += _ => notified++;
            module.Start(10_000);
            Assert.That(module.Readings.Latest?.Power, Is.EqualTo(504));
            Assert.That(notified, Is.Zero);
            Assert.That(module.Hems.Strays, Is.EqualTo(module.Hems.Answers).And.GreaterThan(0));
        }

        // What the map has, what of it is refused all the same, and what a step is worth: nothing known without the unit.
        [TestCase("0B9D9E9FD0D3E0E3E7E8EAEB", "", "D3", null)]
        [TestCase("0B9D9E9FD0E0E1E3E7E8EAEB", "", "E1", 0.001)]
        [TestCase("0A9D9E9FD0E0E3E7E8EAEB", "", "", null)]
        [TestCase("0C9D9E9FD0D3E0E1E3E7E8EAEB", "", "D3 E1", 0.001)]
        [TestCase("0C9D9E9FD0D3E0E1E3E7E8EAEB", "E1", "D3 E1", null)]
        [TestCase("0C9D9E9FD0D3E0E1E3E7E8EAEB", "D3", "D3 E1", null)]
        [TestCase("0C9D9E9FD0D3E0E1E3E7E8EAEB", "D3E1", "D3 E1", null)]
        [TestCase("00", "E1", "D3 E1", null)]
        [TestCase("00", "D3", "D3 E1", 0.001)]
        [TestCase("00", "D3E1", "D3 E1", null)]
        public static void A_meter_without_coefficient_or_unit_is_read(string map, string refused, string asked, double? scale)
        {
            var module = new ScriptedModule();
            module.Meter[0x9F] = map;
            foreach (byte epc in Convert.FromHexString(refused))
            {
                module.Meter.Remove(epc);
            }

            module.Start(10_000);
            Assert.That(module.Readings.Meter?.Scale, Is.EqualTo(scale));
            Assert.That(module.Readings.Latest?.Normal, Is.EqualTo(123456 * scale));
            Assert.That(module.Readings.Latest?.NormalRegister, Is.EqualTo(123456));
            Assert.That(module.Readings.Latest?.Power, Is.EqualTo(504));
            Assert.That(module.Requests, Has.None.With.Property("Properties").Empty);
            string asks = string.Join('|', module.Requests.Select(request =>
                string.Join(' ', request.Properties.Select(property => property.Epc.ToString("X2")))));
            Assert.That(asks, asked.Length > 0 ? Does.Contain($"|{asked}|") : Does.Not.Contain("D3").And.Not.Contain("E1"));
        }

        [Test]
        public static void A_unit_that_was_refused_is_asked_again_with_each_reading()
        {
            var module = new ScriptedModule();
            module.Meter.Remove(0xE1);
            int told = 0;
            module.Readings.Identified += _ => told++;
            module.Start(200_000);
            Assert.That((module.Readings.Latest.Normal, told), Is.EqualTo(((decimal?)null, 1)));
            module.Meter[0xE1] = "03";
            module.Run(130_000);
            Assert.That((module.Readings.Latest.Normal, told), Is.EqualTo(((decimal?)123.456m, 2)));
        }

        [Test]
        public static void INFC_is_confirmed_while_an_answer_is_awaited([Values] bool isC2)
        {
            ScriptedModule module = Make(isC2);
            module.Start(10_000);
            module.Delay = -1;
            module.Run(55_000);
            int asked = module.Requests.Count;
            module.SayFrame(new EchonetMessage { Tid = 0x1234, Seoj = 0x028801, Deoj = 0x05FF01, Esv = 0x74 }.With(0x80, 0x30));
            module.Run(1000);
            Assert.That(module.Requests.Skip(asked).Select(response => (response.Tid, response.Esv)),
                Does.Contain(((ushort)0x1234, EchonetMessage.InfCRes)));
            long answers = module.Hems.Answers;
            module.Delay = 100;
            module.Run(100_000);
            Assert.That(module.Hems.Answers, Is.GreaterThan(answers + 1), "and it goes on reading");
        }

        [Test]
        public static void INFC_of_which_the_confirmation_is_not_sent_at_once_is_confirmed()
        {
            var module = new ScriptedModule();
            module.Start(10_000);
            string sends = module.Answers["SKSENDTO"];
            module.Answers["SKSENDTO"] = $"EVENT 21 {Address} 02|OK";
            module.SayFrame(new EchonetMessage { Tid = 0x1234, Seoj = 0x028801, Deoj = 0x05FF01, Esv = 0x74 }.With(0x80, 0x30));
            module.Run(100);
            module.Answers["SKSENDTO"] = sends;
            int sent = module.Requests.Count;
            module.Run(2000);
            Assert.That(module.Requests.Skip(sent).Select(response => response.Esv), Is.EqualTo(new[] { EchonetMessage.InfCRes }));
        }

        [Test]
        public static void A_half_hour_by_INFC_is_kept_and_confirmed([Values] bool isC2, [Values] bool isHexadecimal)
        {
            ScriptedModule module = Make(isC2);
            module.IsHexadecimal = isHexadecimal;
            module.Start(10_000);
            byte[] normal = Convert.FromHexString("07EA0B170C1E00" + "0001E250");
            byte[] reverse = Convert.FromHexString("07EA0B170C1E00" + "00000011");
            module.SayFrame(new EchonetMessage { Tid = 0x1234, Seoj = 0x028801, Deoj = 0x05FF01, Esv = 0x74 }.With(0xEA, normal));
            module.SayFrame(new EchonetMessage { Tid = 0x1235, Seoj = 0x028801, Deoj = 0x0EF001, Esv = 0x74 }.With(0xEB, reverse));
            module.Run(1000);
            HemsEnergy half = module.Readings.HalfHours.Values[Noon.AddMinutes(30)];
            Assert.That((half.Normal, half.Reverse), Is.EqualTo(((uint?)0x1E250, (uint?)0x11)));
            Assert.That(module.Requests.TakeLast(2).Select(response => Convert.ToHexString(response.ToBytes())), Is.EqualTo(new[]
            {
                "1081" + "1234" + "05FF01" + "028801" + "7A" + "01" + "EA00",
                "1081" + "1235" + "0EF001" + "028801" + "7A" + "01" + "EB00",
            }));
        }

        [Test]
        public static void Lines_of_C2_with_side_and_LQI_are_read([Values] bool tellsLqi, [Values] bool isHexadecimal)
        {
            ScriptedModule module = new ScriptedModule { IsHexadecimal = isHexadecimal }.OfDialectC2(tellsLqi);
            HemsPan found = null;
            module.Hems.Found += pan => found = pan;
            module.Start(10_000);
            Assert.That(module.Readings.Latest?.Power, Is.EqualTo(504));
            Assert.That(found, Is.EqualTo(new HemsPan(0x2F, 0x8888, "001D129012345678", 0x80, "CCDDEEFF")));
            Assert.That(module.Commands.Where(command => command.StartsWith("SKSENDTO", StringComparison.Ordinal)),
                Is.All.Contains(" 0E1A 1 0 00"));
            Assert.That(module.Hems.Unanswered + module.Hems.Repetitions + module.Hems.Restarts, Is.Zero);
        }

        [Test]
        public static void Datagrams_in_the_clear_are_not_believed()
        {
            var module = new ScriptedModule { Security = "0" };
            int notified = 0;
            module.Hems.Notified += _ => notified++;
            module.Start(10_000);
            module.SayFrame(new EchonetMessage { Seoj = 0x028801, Deoj = 0x05FF01, Esv = EchonetMessage.Inf }.With(0x80, 0x30));
            module.Run(10);
            Assert.That((module.Hems.Answers, notified), Is.EqualTo((0, 0)));
            module.SayFrame(new EchonetMessage { Seoj = 0x028801, Deoj = 0x05FF01, Esv = EchonetMessage.Inf }.With(0x80, 0x30),
                security: "1");
            module.Run(10);
            Assert.That(notified, Is.EqualTo(1));
        }

        [TestCase("EVENT 27 " + Address)]
        [TestCase("EVENT 29 " + Address + " 0")]
        public static void A_session_that_ended_is_made_anew(string end)
        {
            var module = new ScriptedModule();
            module.Start(10_000);
            module.Say(end);
            module.Run(5000);
            Assert.That(module.Troubles.Single().Text, Is.EqualTo("the session with the meter ended; joining again"));
            Assert.That((module.Hems.State, module.Hems.Joins), Is.EqualTo((HemsState.Joined, 2)));
            Assert.That(module.Commands.Count(command => command.StartsWith("SKSCAN", StringComparison.Ordinal)), Is.EqualTo(1));
        }

        [TestCase(-1, "lets us in and answers no ECHONET Lite request")]
        [TestCase(100, "does not answer any more")]
        public static void A_mute_meter_says_which_side_to_look_at(int delay, string says)
        {
            var module = new ScriptedModule { Delay = delay };
            module.Start(10_000);
            module.Delay = -1;
            module.Run(150_000);
            Assert.That(module.Troubles[0].Text, Does.Contain(says.Replace("lets", "let", StringComparison.Ordinal))
                .And.Contain("the meter's side"));
            Assert.That(module.Hems.Joins, Is.GreaterThan(1));
        }

        [Test]
        public static void Who_is_no_meter_is_not_read()
        {
            var module = new ScriptedModule();
            module.Meter[0xD6] = "01013001";
            module.Start(10_000);
            Assert.That(module.Troubles[0].Text, Does.Contain("no low-voltage smart meter"));
            Assert.That(module.Requests, Has.Count.EqualTo(1));
        }

        [Test]
        public static void A_controller_that_leaves_ends_the_session()
        {
            var module = new ScriptedModule();
            bool hasLeft = false;
            module.Hems.Left += () => hasLeft = true;
            module.Start(10_000);
            module.Hems.Stop();
            module.Run(100);
            Assert.That(hasLeft);
            Assert.That(module.Commands[^1], Is.EqualTo("SKTERM"));
            int commands = module.Commands.Count;
            module.Run(300_000);
            Assert.That(module.Commands, Has.Count.EqualTo(commands));
        }

        private static ScriptedModule Make(bool isC2, HemsOptions options = null)
        {
            var module = new ScriptedModule(options);
            return isC2 ? module.OfDialectC2(tellsLqi: true) : module;
        }

        private static HemsOptions Impatient()
        {
            return new HemsOptions { Id = Id, Password = Password, JoinWindow = 0 };
        }
    }
}
