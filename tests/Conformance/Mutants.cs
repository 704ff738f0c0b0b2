using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.MeterConformance;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Meters that break one rule each.</summary>
    internal static class Mutants
    {
        private const int Node = 0x0EF001;
        private const byte InfMap = 0x9D;
        private const byte SetMap = 0x9E;
        private const byte GetMap = 0x9F;

        /// <summary>All of them.</summary>
        public static IEnumerable<Mutant> All => OfRequired().Concat(OfForms()).Concat(NodeMutants.All).Concat(MapMutants.All)
            .Concat(SelectorMutants.All).Concat(FrameMutants.All).Concat(TimeMutants.All).Concat(WatchMutants.All);

        /// <summary>The classes, each with its object.</summary>
        public static IEnumerable<(int Class, int Eoj)> Classes => [(0x0EF0, Node), (0x0288, 0x028801), (0x028A, 0x028A01), (0x028F, 0x028F01)];

        /// <summary>Whether an object is that of a high-voltage unit.</summary>
        public static bool IsHigh(int eoj)
        {
            return eoj is 0x028A01 or 0x028F01;
        }

        /// <summary>Changes what an object says of a property, wherever it says it.</summary>
        public static Mutant Says(string row, string name, int eoj, byte epc, Func<byte[], byte[]> change)
        {
            return new Mutant(row, name) { IsHighVoltage = IsHigh(eoj), Heard = Altered(eoj, frame => frame.Change(epc, change)) };
        }

        /// <summary>Changes what an object sends.</summary>
        public static Func<MutantPath, HeardFrame, HeardFrame> Altered(int eoj, Action<Frame> change)
        {
            return (_, heard) =>
            {
                Frame frame = Frame.Parse(heard.Bytes);
                if (frame == null || (eoj != 0 && frame.Seoj != eoj))
                {
                    return heard;
                }

                change(frame);
                return heard with { Bytes = frame.ToBytes() };
            };
        }

        /// <summary>Adds a code to a property map, or takes it away.</summary>
        public static byte[] WithCode(byte[] map, byte epc, bool isIn)
        {
            SortedSet<byte> epcs = new(map[0] < 16 ? map.Skip(1)
                : Enumerable.Range(0x80, 0x80).Where(code => (map[1 + (code % 16)] >> (code / 16 - 8) & 1) != 0).Select(code => (byte)code));
            if (isIn)
            {
                epcs.Add(epc);
            }
            else
            {
                epcs.Remove(epc);
            }

            if (epcs.Count < 16)
            {
                return [(byte)epcs.Count, .. epcs];
            }

            var bits = new byte[17];
            bits[0] = (byte)epcs.Count;
            foreach (byte code in epcs)
            {
                bits[1 + (code % 16)] |= (byte)(1 << (code / 16 - 8));
            }

            return bits;
        }

        private static IEnumerable<Mutant> OfRequired()
        {
            foreach ((int deviceClass, int eoj) in Classes)
            {
                foreach (PropertyFact fact in PropertyTables.Of(deviceClass))
                {
                    if (IsDemanded(fact.Get))
                    {
                        yield return Says($"REQ-{deviceClass:X4}-{fact.Epc:X2}", "not in the Get map", eoj, GetMap,
                            map => WithCode(map, fact.Epc, false));
                        yield return new Mutant($"REQ-{deviceClass:X4}-{fact.Epc:X2}", "refused")
                        {
                            IsHighVoltage = IsHigh(eoj),
                            Heard = Altered(eoj, frame => Refuse(frame, fact.Epc)),
                        };
                    }

                    if (IsDemanded(fact.Set))
                    {
                        yield return Says($"REQSET-{deviceClass:X4}-{fact.Epc:X2}", "not in the Set map", eoj, SetMap,
                            map => WithCode(map, fact.Epc, false));
                    }

                    if (IsDemanded(fact.Inf))
                    {
                        yield return Says($"REQINF-{deviceClass:X4}-{fact.Epc:X2}", "not in the announcement map", eoj, InfMap,
                            map => WithCode(map, fact.Epc, false));
                    }
                }
            }
        }

        private static IEnumerable<Mutant> OfForms()
        {
            return Classes.SelectMany(one => PropertyTables.Of(one.Class)
                .SelectMany(fact => BadValues.Of(fact.Form.Text).Select(bad => Tells($"FORM-{one.Class:X4}-{fact.Epc:X2}",
                    $"says {bad}", one.Eoj, fact.Epc, Convert.FromHexString(bad)))));
        }

        // Has a property that the unit may not have, with a value.
        private static Mutant Tells(string row, string name, int eoj, byte epc, byte[] value)
        {
            return new Mutant(row, name)
            {
                IsHighVoltage = IsHigh(eoj),
                Heard = Altered(eoj, frame =>
                {
                    if (!frame.IsAnswer)
                    {
                        return;
                    }

                    if (epc != GetMap)
                    {
                        frame.Change(GetMap, map => WithCode(map, epc, true));
                    }

                    for (int i = 0; i < frame.Properties.Count; i++)
                    {
                        frame.Properties[i] = frame.Properties[i].Epc == epc ? (epc, value) : frame.Properties[i];
                    }

                    frame.Esv = frame.Properties.Exists(property => property.Edt.Length == 0) ? Frame.GetSna : Frame.GetRes;
                }),
            };
        }

        private static void Refuse(Frame frame, byte epc)
        {
            if (frame.IsAnswer && frame.Has(epc))
            {
                frame.Change(epc, _ => []);
                frame.Esv = Frame.GetSna;
            }
        }

        private static bool IsDemanded(Demand demand)
        {
            return demand is Demand.Required or Demand.Conditional or Demand.SecondHand;
        }
    }
}
