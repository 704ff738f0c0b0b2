using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.MeterConformance;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Meters that go astray with what a controller chooses.</summary>
    internal static class SelectorMutants
    {
        private const byte SetGetRes = 0x7E;

        private static readonly (int Class, int Eoj, byte Selector, byte[] Data, int MostRows, bool IsHalfHours)[] Selectors =
        [
            (0x0288, 0x028801, 0xE5, [0xE2, 0xE4], 0, false),
            (0x0288, 0x028801, 0xED, [0xEC], 12, true),
            (0x0288, 0x028801, 0xEF, [0xEE], 10, false),
            (0x028A, 0x028A01, 0xE1, [0xE7, 0xC6, 0xCE], 0, false),
            (0x028F, 0x028F01, 0xE1, [0xE7, 0xE8, 0xC6, 0xC8, 0xCE, 0xCF], 0, false),
            (0x028F, 0x028F01, 0xEF, [0xED, 0xEE], 10, false),
        ];

        public static IEnumerable<Mutant> All =>
            Selectors.SelectMany(one => MakeOf($"SEL-{one.Class:X4}-{one.Selector:X2}-", one.Eoj, one.Selector, one.Data, one.MostRows, one.IsHalfHours));

        private static IEnumerable<Mutant> MakeOf(string prefix, int eoj, byte selector, byte[] data, int mostRows, bool isHalfHours)
        {
            bool isDay = mostRows == 0;
            int length = isDay ? 1 : 7;
            int head = isDay ? 2 : 7;
            foreach (byte epc in data)
            {
                yield return Mutants.Says($"{prefix}EMPTY", $"{epc:X2} has data though nothing was chosen", eoj, epc,
                    edt => [.. edt[..head], 0, 0, 0, 1, .. edt[(head + 4)..]]);
                yield return Mutants.Says($"{prefix}DEFAULT", $"{epc:X2} tells a choice that nobody made", eoj, epc,
                    edt => isDay ? [0, 0, .. edt[2..]] : [0x07, 0xEB, 2, 27, 12, 0, 1, .. edt[7..]]);
                yield return Mutants.Says($"{prefix}SET", $"{epc:X2} tells another choice", eoj, epc, edt => [edt[0], (byte)(edt[1] ^ 2), .. edt[2..]]);
                if (!isDay)
                {
                    yield return Mutants.Says($"{prefix}SET", $"{epc:X2} has a row too few", eoj, epc, edt => edt[..^8]);
                }
            }

            yield return MapMutants.Answering($"{prefix}SET", "takes a choice and forgets it", eoj,
                frame => IsSet(frame, selector) ? MapMutants.Emptied(frame.Answer(Frame.SetRes)) : null);
            yield return MapMutants.Answering($"{prefix}SET", "refuses to be set", eoj,
                frame => IsSet(frame, selector) ? frame.Answer(Frame.SetCSna) : null);
            yield return new Mutant($"{prefix}TOGETHER", "does not know SetGet")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Request = (_, bytes, _, _) => bytes[10] == 0x6E ? null : bytes,
            };
            yield return new Mutant($"{prefix}TOGETHER", "reads before it sets")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Heard = (_, heard) => heard.Bytes[10] == SetGetRes && heard.Bytes[12] == selector
                    ? heard with { Bytes = [.. heard.Bytes[..18], (byte)(heard.Bytes[18] ^ 2), .. heard.Bytes[19..]] } : heard,
            };
            yield return Takes($"{prefix}LENGTH", "takes a byte too many", eoj, selector, edt => edt.Length > length);
            yield return Takes($"{prefix}LENGTH", "takes a byte too few", eoj, selector, edt => edt.Length < length);
            foreach ((string what, Func<byte[], bool> isWrong) in Wrong(isDay, mostRows, isHalfHours))
            {
                yield return Takes($"{prefix}RANGE", $"takes {what}", eoj, selector, edt => edt.Length == length && isWrong(edt));
            }

            yield return Refuses($"{prefix}RANGE", "refuses without the data that was sent", eoj, selector, false);
            yield return Refuses($"{prefix}LENGTH", "forgets its choice over what it refuses", eoj, selector, true);
            yield return Shared($"{prefix}TERMINAL", eoj);
        }

        private static IEnumerable<(string What, Func<byte[], bool> IsWrong)> Wrong(bool isDay, int mostRows, bool isHalfHours)
        {
            IEnumerable<(string, Func<byte[], bool>)> wrong = isDay ? [("day 100", edt => edt[0] == 100), ("day 254", edt => edt[0] == 254)]
                : [("no rows", edt => edt[6] == 0), ("too many rows", edt => edt[6] > mostRows), ("month 13", edt => edt[2] == 13)];
            return isHalfHours ? wrong.Append(("a quarter of an hour", edt => edt[5] % 30 != 0)) : wrong;
        }

        private static bool IsSet(Frame frame, byte selector)
        {
            return frame.Esv == Frame.SetC && frame.Properties.Count == 1 && frame.Properties[0].Epc == selector;
        }

        private static Mutant Takes(string row, string name, int eoj, byte selector, Func<byte[], bool> isTaken)
        {
            return MapMutants.Answering(row, name, eoj, frame => IsSet(frame, selector) && isTaken(frame.Properties[0].Edt)
                ? MapMutants.Emptied(frame.Answer(Frame.SetRes)) : null);
        }

        private static Mutant Refuses(string row, string name, int eoj, byte selector, bool forgets)
        {
            bool hasForgotten = false;
            return new Mutant(row, name)
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Heard = Mutants.Altered(eoj, frame =>
                {
                    if (frame.Esv == Frame.SetCSna && frame.Properties[0].Epc == selector)
                    {
                        hasForgotten = true;
                        _ = forgets ? frame : MapMutants.Emptied(frame);
                    }
                    else if (hasForgotten && forgets)
                    {
                        frame.Change(selector, edt => [.. edt[..^1], 0xFF]);
                    }
                }),
            };
        }

        // Knows one controller only.
        private static Mutant Shared(string row, int eoj)
        {
            var others = new HashSet<(byte, byte)>();
            return new Mutant(row, "has one choice for all")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Request = (path, bytes, end, _) =>
                {
                    if (end != PathEnd.OtherController)
                    {
                        return bytes;
                    }

                    others.Add((bytes[2], bytes[3]));
                    path.Deliver(bytes, PathEnd.Controller);
                    return null;
                },
                Heard = (_, heard) => others.Contains((heard.Bytes[2], heard.Bytes[3])) ? heard with { End = PathEnd.OtherController } : heard,
            };
        }
    }
}
