using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>What is sent to the multicast group.</summary>
    internal static class MulticastRows
    {
        private const byte SelfNodeInstanceListS = 0xD6;
        private const byte InstanceListNotification = 0xD5;
        private const string Group = $"{Clause.Part2}, 1.2 and 3.2.5";

        // Longer than a node may take to think about what is asked of all.
        private const int Storm = 3_000;

        public static IEnumerable<ConformanceRow> Make()
        {
            yield return Row("GET", "Get of the instance list, sent to the group, is answered to who asked", Group, true, LooksAtGet);
            yield return Row("SILENCE", "What is asked of a class that the node has not, sent to the group, is not answered", Group, true,
                LooksAtSilence);
            yield return Row("GREETING", "An announcement to the group (D5) is not answered by one to the group: two such nodes would never "
                + "end", Clause.None, false, LooksAtGreeting);
            yield return Row("INF-REQ", "INF_REQ of the instance list (D5) is answered by INF with what D6 lists", $"{Clause.Part2}, 6.11.1",
                true, LooksAtRequest);
        }

        private static ConformanceRow Row(string id, string title, string source, bool isCertain, Func<MeterUnderTest, Finding> check)
        {
            return new ConformanceRow($"GRP-{id}", RowGroup.Multicast, title, source, isCertain, 0,
                meter => !meter.Path.HasGroup && id != "INF-REQ" ? Finding.Skipped("this way to the meter has no group to send to")
                    : check(meter));
        }

        private static Finding LooksAtGet(MeterUnderTest meter)
        {
            EchonetMessage answer = meter.Dialog.Ask(MeterDialog.Request(meter.Node.Eoj, EchonetMessage.Get, (SelfNodeInstanceListS, [])),
                toGroup: true);
            byte[] list = answer.Find(SelfNodeInstanceListS);
            return Finding.Of(list != null && list.SequenceEqual(meter.Node.Value(SelfNodeInstanceListS) ?? []) ? null
                : $"ESV {answer.Esv:X2}, D6 {MeterUnderTest.ToText(list)}");
        }

        private static Finding LooksAtSilence(MeterUnderTest meter)
        {
            EchonetMessage request = MeterDialog.Request(0x013001, EchonetMessage.Get, (SelfNodeInstanceListS, []));
            request.Tid = meter.Dialog.NextTid();
            HeardFrame heard = meter.Dialog.Probe(request.ToBytes(), toGroup: true).FirstOrDefault();
            return Finding.Of(heard == null ? null : $"it was answered by {Convert.ToHexString(heard.Bytes)}");
        }

        private static Finding LooksAtGreeting(MeterUnderTest meter)
        {
            var greeting = new EchonetMessage
            {
                Tid = meter.Dialog.NextTid(),
                Seoj = EchonetMessage.NodeProfile,
                Deoj = EchonetMessage.NodeProfile,
                Esv = EchonetMessage.Inf,
            };
            greeting.With(InstanceListNotification, 1, 0x05, 0xFF, 0x01);
            int before = meter.Dialog.Notifications.Count;
            meter.Dialog.Probe(greeting.ToBytes(), toGroup: true);
            meter.Dialog.Wait(meter.Path.Now + Storm);
            HeardNotification answer = meter.Dialog.Notifications.Skip(before)
                .FirstOrDefault(heard => heard.IsToGroup && heard.Message.Find(InstanceListNotification) != null);
            return Finding.Of(answer == null ? null : "it was answered by an announcement to the group");
        }

        private static Finding LooksAtRequest(MeterUnderTest meter)
        {
            EchonetMessage answer = meter.Dialog.Ask(MeterDialog.Request(meter.Node.Eoj, EchonetService.InfReq,
                (InstanceListNotification, [])));
            byte[] list = answer.Find(InstanceListNotification);
            return Finding.Of(answer.Esv == EchonetMessage.Inf && list != null && list.SequenceEqual(meter.Node.Value(SelfNodeInstanceListS) ?? [])
                ? null : $"ESV {answer.Esv:X2}, D5 {MeterUnderTest.ToText(list)}");
        }
    }
}
