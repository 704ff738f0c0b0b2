using System.Collections.Generic;
using System.Linq;
using NanoComm.MeterConformance;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Meters that do other things than their property maps say.</summary>
    internal static class MapMutants
    {
        private const byte GetMap = 0x9F;
        private const byte Location = 0x81;

        public static IEnumerable<Mutant> All => Mutants.Classes.SelectMany(one => MakeOf(one.Class, one.Eoj));

        private static IEnumerable<Mutant> MakeOf(int deviceClass, int eoj)
        {
            string prefix = $"MAP-{deviceClass:X4}-";
            foreach (byte map in (byte[])[0x9D, 0x9E, 0x9F])
            {
                yield return Mutants.Says($"{prefix}{map:X2}", "counts one more than it lists", eoj, map, edt => [(byte)(edt[0] + 1), .. edt[1..]]);
                yield return Mutants.Says($"{prefix}{map:X2}", "lists codes from 16 on", eoj, map,
                    _ => [16, .. Enumerable.Range(0x80, 16).Select(code => (byte)code)]);
                yield return Mutants.Says($"{prefix}{map:X2}", "lists a property twice", eoj, map, _ => [2, 0x80, 0x80]);
                yield return Mutants.Says($"{prefix}{map:X2}", "lists a code below 80", eoj, map, _ => [1, 0x7F]);
            }

            yield return Mutants.Says($"{prefix}GET", "lists a property that it does not tell", eoj, GetMap, map => Mutants.WithCode(map, 0xF3, true));
            yield return Mutants.Says($"{prefix}NOGET", "tells a property that it does not list", eoj, GetMap, map => Mutants.WithCode(map, 0x8A, false));
            yield return new Mutant($"{prefix}NOGET", "refuses by Get_Res without data")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Heard = Mutants.Altered(eoj, frame => frame.Esv = frame.Esv == Frame.GetSna ? Frame.GetRes : frame.Esv),
            };
            yield return Answering($"{prefix}NOSET", "takes what cannot be set", eoj, frame => frame.Esv == Frame.SetC
                && frame.Properties[0].Epc == 0x8A ? Emptied(frame.Answer(Frame.SetRes)) : null);
            yield return new Mutant($"{prefix}NOSET", "refuses without the data that was sent")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Heard = Mutants.Altered(eoj, frame =>
                {
                    if (frame.Esv == Frame.SetCSna)
                    {
                        Emptied(frame);
                    }
                }),
            };
            yield return Answering($"{prefix}INF", "refuses to announce", eoj, frame => frame.Esv == 0x63 ? frame.Answer(0x53) : null);
            yield return Answering($"{prefix}NOINF", "announces what it has not", eoj, frame => frame.Esv == 0x63 ? frame.Answer(Frame.Inf) : null);
            if (deviceClass == 0x0EF0)
            {
                yield break;
            }

            yield return Answering($"{prefix}SET", "refuses its location", eoj, frame => frame.Esv == Frame.SetC
                && frame.Properties[0].Epc == Location ? frame.Answer(Frame.SetCSna) : null);
            yield return Answering($"{prefix}SETSIZE", "takes a location of two bytes", eoj, frame => frame.Esv == Frame.SetC
                && frame.Properties[0] is { Epc: Location, Edt.Length: 2 } ? Emptied(frame.Answer(Frame.SetRes)) : null);
        }

        /// <summary>Answers some requests to an object by itself.</summary>
        internal static Mutant Answering(string row, string name, int eoj, System.Func<Frame, Frame> answer)
        {
            return new Mutant(row, name)
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Request = (path, bytes, end, _) =>
                {
                    if (Frame.Parse(bytes) is { } frame && frame.Deoj == eoj && answer(frame) is { } own)
                    {
                        path.Reply(own.ToBytes(), end == PathEnd.OtherPort ? PathEnd.Controller : end);
                        return null;
                    }

                    return bytes;
                },
            };
        }

        /// <summary>Takes the data out.</summary>
        internal static Frame Emptied(Frame frame)
        {
            for (int i = 0; i < frame.Properties.Count; i++)
            {
                frame.Properties[i] = (frame.Properties[i].Epc, []);
            }

            return frame;
        }
    }
}
