using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Meters that can only be found out over minutes; each is watched over a midnight.</summary>
    internal static class WatchMutants
    {
        private const int Minutes = 20;
        private const int Minute = 60_000;
        private const byte InstanceListNotification = 0xD5;

        public static IEnumerable<Mutant> All =>
        [
            new Mutant("INF-LINKUP", "does not announce itself")
            {
                Minutes = 1,
                Heard = (_, heard) => IsOf(heard.Bytes, InstanceListNotification) ? null : heard,
            },
            Announcing("INF-LINKUP", "announces another list", 0x0EF001, InstanceListNotification,
                frame => frame.Change(InstanceListNotification, _ => [1, 0x02, 0x79, 0x01])) with { Minutes = 1 },
            new Mutant("WATCH-ANSWERED", "is silent for a while")
            {
                Minutes = 5,
                Request = (path, bytes, _, _) => path.Now / Minute is 3 or 4 ? null : bytes,
            },
            Changing("WATCH-0288-TOTALS", "forgets energy", 0x028801, 0xE0, 0),
            Changing("WATCH-028A-TOTALS", "forgets energy", 0x028A01, 0xE2, 7),
            Changing("WATCH-028F-TOTALS", "forgets energy", 0x028F01, 0xE2, 11),
            Stuck("WATCH-0288-MINUTES", "stays at a minute", 0x028801),
            Stuck("WATCH-028F-MINUTES", "stays at a minute", 0x028F01),
            .. new[] { (0x028801, (byte)0xEA), (0x028801, (byte)0xEB), (0x028A01, (byte)0xE3), (0x028F01, (byte)0xE3) }.SelectMany(one => OfHalfHours(one.Item1, one.Item2)),
            Announcing("WATCH-0288-INF-OPC", "announces more than two", 0x028801, 0xEA, frame => frame.Properties.Add((0x80, [0x30]))),
            Unrolled("WATCH-0288-MIDNIGHT", 0x028801, 0xE5),
            Unrolled("WATCH-028A-MIDNIGHT", 0x028A01, 0xE1),
            Unrolled("WATCH-028F-MIDNIGHT", 0x028F01, 0xE1),
        ];

        private static IEnumerable<Mutant> OfHalfHours(int eoj, byte epc)
        {
            string prefix = $"WATCH-{eoj >> 8:X4}-INF";
            yield return new Mutant(prefix, $"does not announce {epc:X2}")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Minutes = Minutes,
                Heard = (_, heard) => Frame.Parse(heard.Bytes)?.Seoj == eoj && IsOf(heard.Bytes, epc) ? null : heard,
            };
            yield return new Mutant(prefix, $"announces {epc:X2} after six minutes")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Minutes = Minutes,
                Heard = (path, heard) =>
                {
                    if (Frame.Parse(heard.Bytes)?.Seoj != eoj || !IsOf(heard.Bytes, epc))
                    {
                        return heard;
                    }

                    path.ReplyLater(heard, 6 * Minute);
                    return null;
                },
            };
            yield return Announcing(prefix, $"announces {epc:X2} of another time", eoj, epc,
                frame => frame.Change(epc, edt => [.. edt[..4], (byte)((edt[4] + 1) % 24), .. edt[5..]]));
            yield return Announcing($"{prefix}-TO", "counts its announcements", eoj, epc, frame => frame.Header[3] = 7);
            yield return Announcing($"{prefix}-TO", "announces to everyone", eoj, epc, frame => (frame.Header[7], frame.Header[8]) = (0x0E, 0xF0));
        }

        private static bool IsOf(byte[] bytes, byte epc)
        {
            return Frame.Parse(bytes) is { Esv: Frame.Inf } frame && frame.Has(epc);
        }

        private static Mutant Announcing(string row, string name, int eoj, byte epc, Action<Frame> change)
        {
            return new Mutant(row, name)
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Minutes = Minutes,
                Heard = Mutants.Altered(eoj, frame =>
                {
                    if (frame.Esv == Frame.Inf && frame.Has(epc))
                    {
                        change(frame);
                    }
                }),
            };
        }

        private static Mutant Changing(string row, string name, int eoj, byte epc, int at)
        {
            int answers = 0;
            return Mutants.Says(row, name, eoj, epc, edt =>
            {
                byte[] changed = edt.ToArray();
                uint value = BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(at));
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), ++answers == 6 ? value - 5000 : value);
                return changed;
            }) with { Minutes = 4 };
        }

        private static Mutant Stuck(string row, string name, int eoj)
        {
            byte[] first = null;
            return Mutants.Says(row, name, eoj, 0xD0, edt => first ??= edt) with { Minutes = 6 };
        }

        // Each day is that of the day before it, whatever midnight comes.
        private static Mutant Unrolled(string row, int eoj, byte selector)
        {
            return new Mutant(row, "does not turn its days at midnight")
            {
                IsHighVoltage = Mutants.IsHigh(eoj),
                Minutes = Minutes,
                Request = (_, bytes, _, _) =>
                {
                    Frame frame = Frame.Parse(bytes);
                    if (frame == null || frame.Deoj != eoj || frame.Esv != Frame.SetC)
                    {
                        return bytes;
                    }

                    frame.Change(selector, edt => edt is [> 0 and < 99] ? [(byte)(edt[0] - 1)] : edt);
                    return frame.ToBytes();
                },
            };
        }
    }
}
