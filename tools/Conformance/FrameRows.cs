using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>Frames that are answered, refused or met with silence.</summary>
    internal static class FrameRows
    {
        private const byte OperationStatus = 0x80;
        private const byte Manufacturer = 0x8A;
        private const byte InfMap = TestedObject.InfMapEpc;
        private const string Errors = $"{Clause.Part2}, appendix 2 (errors in what is received)";
        private const string Header = $"{Clause.Part2}, 3.2.1";
        private const string Objects = $"{Clause.Part2}, 3.2.4";
        private const string Services = $"{Clause.Part2}, 3.2.5";
        private const string Lists = $"{Clause.Part2}, 3.2.6 to 3.2.9";

        private const int Ehd1 = 0;
        private const int Ehd2 = 1;
        private const int Esv = 10;
        private const int Opc = 11;
        private const int Pdc = 13;
        private const int DeojInstance = 9;

        public static IEnumerable<ConformanceRow> Make()
        {
            yield return Silent("EHD1", "A frame whose EHD1 is not 10 is not answered", Header, true,
                frame => [EchonetFrames.With(frame, (Ehd1, 0x11)), EchonetFrames.With(frame, (Ehd1, 0x00))]);
            yield return Silent("EHD2", "A frame whose EHD2 is neither format 1 nor 2 is not answered", Header, true,
                frame => [EchonetFrames.With(frame, (Ehd2, 0x80)), EchonetFrames.With(frame, (Ehd2, 0x83))]);
            yield return Silent("SHORT", "A frame that ends before its properties is not answered", Errors, true,
                frame => [frame[..1], frame[..4], frame[..11], frame[..12], frame[..13]]);
            yield return Silent("PDC", "A property that says to be longer than the frame is not answered", Lists, true,
                frame => [EchonetFrames.With(frame, (Pdc, 5))]);
            yield return Silent("OPC-MORE", "A frame that says more properties than it has is not answered", Lists, true,
                frame => [EchonetFrames.With(frame, (Opc, 2))]);
            yield return Silent("OPC-LESS", "A frame with bytes behind its properties is not answered", Clause.None, false,
                frame => [[.. frame, Manufacturer, 0], [.. frame, 0]]);
            yield return Silent("OPC-ZERO", "A frame without properties is not answered", Clause.None, false,
                frame => [[.. EchonetFrames.With(frame, (Opc, 0))[..(Opc + 1)]]]);
            yield return Silent("ESV", "A service that there is not is not answered", Services, true,
                frame => [EchonetFrames.With(frame, (Esv, 0x65)), EchonetFrames.With(frame, (Esv, 0x00))]);
            yield return Silent("RESPONSE", "A response that answers nothing is not answered", Services, true,
                frame => [EchonetFrames.With(frame, (Esv, 0x72)), EchonetFrames.With(frame, (Esv, 0x52)), EchonetFrames.With(frame, (Esv, 0x7A))]);
            yield return Silent("DEOJ", "What is asked of a class that the node has not is not answered", Objects, true,
                frame => [EchonetFrames.With(frame, (7, 0x01), (8, 0x30), (9, 0x01)), EchonetFrames.With(frame, (7, 0x01), (8, 0x30), (9, 0x00))]);
            yield return Silent("INSTANCE", "What is asked of an instance that the node has not is not answered", Objects, true,
                frame => [EchonetFrames.With(frame, (DeojInstance, 0x7F))]);
            yield return Row("INSTANCE-00", "What is asked of instance 00 is answered by the instance that there is", Objects, true,
                LooksAtAllInstances);
            yield return Row("SEOJ", "Who asks as node profile (0EF001) is answered there", Objects, true, LooksAtSender);
            yield return Row("GET-SNA", "Get of properties of which one is missing: Get_SNA (52), data of the others, order and number kept",
                Services, true, LooksAtGetSna);
            yield return Row("SETC-SNA", "SetC of properties of which one cannot be set: SetC_SNA (51), that one with its data, the other is "
                + "taken", Services, true, LooksAtSetCSna);
            yield return Row("SETI", "SetI (60) that is taken is not answered, and has its effect", Services, true, LooksAtSetI);
            yield return Row("SETI-SNA", "SetI (60) that is not taken is refused: SetI_SNA (50), with its data", Services, true,
                LooksAtSetISna);
            yield return Row("SETGET-SNA", "SetGet (6E) of which the Get cannot be done: SetGet_SNA (5E)", Services, false, LooksAtSetGetSna);
            yield return Row("AGAIN", "The same request with the same TID is answered again", Clause.None, false, LooksAtRepetition);
        }

        private static ConformanceRow Row(string id, string title, string source, bool isCertain, Func<MeterUnderTest, Finding> check)
        {
            return new ConformanceRow($"FRM-{id}", RowGroup.Frame, title, source, isCertain, 0, check);
        }

        // Each of a meter, for what is special to the node profile.
        private static ConformanceRow Silent(string id, string title, string source, bool isCertain, Func<byte[], IEnumerable<byte[]>> spoil)
        {
            return Row(id, title, source, isCertain, meter =>
            {
                if (meter.Meters.Count == 0)
                {
                    return Finding.Skipped("there is no meter");
                }

                EchonetMessage request = MeterDialog.Request(meter.Meters[0].Eoj, EchonetMessage.Get, (OperationStatus, []));
                request.Tid = meter.Dialog.NextTid();
                foreach (byte[] frame in spoil(request.ToBytes()))
                {
                    if (meter.Dialog.Probe(frame).FirstOrDefault() is HeardFrame heard)
                    {
                        return Finding.Failed($"{Convert.ToHexString(frame)} was answered by {Convert.ToHexString(heard.Bytes)}");
                    }
                }

                return Finding.Passed;
            });
        }

        private static Finding LooksAtAllInstances(MeterUnderTest meter)
        {
            foreach (TestedObject tested in meter.Meters.Append(meter.Node))
            {
                EchonetMessage answer = meter.Dialog.Ask(MeterDialog.Request(tested.Class << 8, EchonetMessage.Get, (Manufacturer, [])));
                if (answer.Seoj != tested.Eoj || answer.Find(Manufacturer) == null)
                {
                    return Finding.Failed($"{tested.Class:X4}00 was answered by {answer.Seoj:X6}, ESV {answer.Esv:X2}");
                }
            }

            return Finding.Passed;
        }

        private static Finding LooksAtSender(MeterUnderTest meter)
        {
            var request = new EchonetMessage { Seoj = EchonetMessage.NodeProfile, Deoj = meter.Node.Eoj, Esv = EchonetMessage.Get };
            EchonetMessage answer = meter.Dialog.Ask(request.With(OperationStatus));
            return Finding.Of(answer.Deoj == EchonetMessage.NodeProfile ? null : $"the answer is for {answer.Deoj:X6}");
        }

        private static Finding LooksAtGetSna(MeterUnderTest meter)
        {
            foreach (TestedObject tested in meter.Meters.Append(meter.Node))
            {
                byte absent = MapRows.Absent(tested);
                byte[] epcs = [OperationStatus, absent, Manufacturer, InfMap];
                EchonetMessage answer = tested.Get(epcs);
                if (answer.Esv != EchonetMessage.GetSna || !answer.Properties.Select(property => property.Epc).SequenceEqual(epcs)
                    || answer.Properties.Exists(property => property.Edt.Length > 0 == (property.Epc == absent)))
                {
                    return Finding.Failed($"{tested.Eoj:X6}, Get {Convert.ToHexString(epcs)}: ESV {answer.Esv:X2}, "
                        + string.Join(' ', answer.Properties.Select(property => $"{property.Epc:X2}({property.Edt.Length})")));
                }
            }

            return Finding.Passed;
        }

        private static Finding LooksAtSetCSna(MeterUnderTest meter)
        {
            return WithSelector(meter, (tested, selector) =>
            {
                byte[] code = tested.Value(Manufacturer) ?? [0, 0, 0];
                meter.Set(tested, selector, [0]);
                EchonetMessage answer = meter.Dialog.Ask(MeterDialog.Request(tested.Eoj, EchonetMessage.SetC, (Manufacturer, code),
                    (selector, [1])));
                byte[] after = tested.Read(selector);
                return answer.Esv == EchonetService.SetCSna && (answer.Find(Manufacturer) ?? []).SequenceEqual(code)
                    && answer.Properties.Count == 2 && answer.Properties[1].Edt.Length == 0 && after is [1] ? null
                    : $"SetC 8A {selector:X2}: ESV {answer.Esv:X2}, "
                        + string.Join(' ', answer.Properties.Select(property => $"{property.Epc:X2}({property.Edt.Length})"))
                        + $", {selector:X2} is {MeterUnderTest.ToText(after)} after it";
            });
        }

        private static Finding LooksAtSetI(MeterUnderTest meter)
        {
            return WithSelector(meter, (tested, selector) =>
            {
                meter.Set(tested, selector, [0]);
                EchonetMessage request = MeterDialog.Request(tested.Eoj, EchonetService.SetI, (selector, [1]));
                request.Tid = meter.Dialog.NextTid();
                HeardFrame heard = meter.Dialog.Probe(request.ToBytes()).FirstOrDefault();
                byte[] after = tested.Read(selector);
                return heard != null ? $"SetI {selector:X2} was answered by {Convert.ToHexString(heard.Bytes)}"
                    : after is [1] ? null : $"SetI {selector:X2} 01, and it reads {MeterUnderTest.ToText(after)}";
            });
        }

        private static Finding LooksAtSetISna(MeterUnderTest meter)
        {
            foreach (TestedObject tested in meter.Meters)
            {
                byte[] code = tested.Value(Manufacturer) ?? [0, 0, 0];
                EchonetMessage answer = meter.Dialog.Ask(MeterDialog.Request(tested.Eoj, EchonetService.SetI, (Manufacturer, code)));
                if (answer.Esv != EchonetService.SetISna || !(answer.Find(Manufacturer) ?? []).SequenceEqual(code))
                {
                    return Finding.Failed($"{tested.Eoj:X6}, SetI 8A: ESV {answer.Esv:X2}, "
                        + MeterUnderTest.ToText(answer.Find(Manufacturer) ?? []));
                }
            }

            return Finding.Passed;
        }

        private static Finding LooksAtSetGetSna(MeterUnderTest meter)
        {
            return WithSelector(meter, (tested, selector) =>
            {
                meter.Remember(tested, selector);
                byte absent = MapRows.Absent(tested);
                EchonetMessage request = MeterDialog.Request(tested.Eoj, EchonetService.SetGet, (selector, [1]), (absent, []));
                request.Tid = meter.Dialog.NextTid();
                EchonetMessage answer = meter.Dialog.Ask(EchonetFrames.SetGet(request, 1), request);
                return answer.Esv == EchonetService.SetGetSna && answer.Find(absent) == null ? null
                    : $"SetGet {selector:X2}, {absent:X2}: ESV {answer.Esv:X2}";
            });
        }

        private static Finding LooksAtRepetition(MeterUnderTest meter)
        {
            EchonetMessage request = MeterDialog.Request(meter.Node.Eoj, EchonetMessage.Get, (Manufacturer, []));
            meter.Dialog.Ask(request);
            meter.Dialog.Ask(request.ToBytes(), request);
            return Finding.Passed;
        }

        private static Finding WithSelector(MeterUnderTest meter, Func<TestedObject, byte, string> findFault)
        {
            (TestedObject Tested, byte Selector)[] found = meter.Meters
                .Select(tested => (tested, MeterClass.Of(tested.Class).DaySelector))
                .Where(one => one.tested.SetMap.Contains(one.DaySelector)).ToArray();
            return found.Length == 0 ? Finding.Skipped("no meter has a day selector in its Set map")
                : Finding.Of(found.Select(one => findFault(one.Tested, one.Selector)).FirstOrDefault(fault => fault != null));
        }
    }
}
