using System;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Tests.Host.Data
{
    /// <summary>A smart meter as its answers are in the standard, made by hand: maps, units, registers, histories that are chosen by day and
    /// by minute. Its registers are what a test says of each time.</summary>
    internal sealed class FakeMeter
    {
        private const byte Get = 0x62;
        private const byte SetC = 0x61;
        private const int HeaderLength = 12;

        private readonly int _eoj;
        private readonly Dictionary<byte, byte[]> _fixed = new();
        private readonly Dictionary<byte, byte[]> _chosen = new();

        private FakeMeter(int eoj)
        {
            _eoj = eoj;
        }

        /// <summary>What its clock shows.</summary>
        public DateTime Now { get; set; } = new(2026, 11, 23, 12, 15, 30);

        /// <summary>The register of the normal and of the reverse direction at a time; null for no data.</summary>
        public Func<DateTime, bool, uint?> Register { get; set; } = (time, isReverse) => (uint)(time - new DateTime(2026, 8, 1)).TotalMinutes
            + (isReverse ? 500_000u : 0);

        /// <summary>Called before each request is answered, with what it asks for or sets.</summary>
        public Action<byte, byte[]> Asked { get; set; } = (_, _) => { };

        /// <summary>Whether it answers nothing.</summary>
        public bool IsSilent { get; set; }

        /// <summary>A low-voltage meter (0x0288): one step is 0.1 kWh times 3.</summary>
        public static FakeMeter Low()
        {
            var meter = new FakeMeter(0x028801);
            meter.Fix(0xD3, [0, 0, 0, 3]);
            meter.Fix(0xE1, [1]);
            meter.Fix(0xE7, [0xFF, 0xFF, 0xFF, 0x9C]);
            meter.Fix(0xE8, [0, 50, 0x7F, 0xFE]);
            meter.MakeMaps([0x80, 0x8D, 0x97, 0x98, 0x9D, 0x9E, 0x9F, 0xD0, 0xD3, 0xE0, 0xE1, 0xE2, 0xE3, 0xE4, 0xE5, 0xE7, 0xE8, 0xEA, 0xEB, 0xEE, 0xEF],
                [0xE5, 0xEF]);
            return meter;
        }

        /// <summary>A high-voltage meter of both directions (0x028F): energy steps 0.06 kWh, demand 0.6 kW, reactive 6 kvarh.</summary>
        public static FakeMeter High()
        {
            var meter = new FakeMeter(0x028F01);
            meter.Fix(0xD3, [0, 0, 0x02, 0x58]);
            meter.Fix(0xD4, [0]);
            meter.Fix(0xE6, [4]);
            meter.Fix(0xC5, [3]);
            meter.Fix(0xCD, [2]);
            meter.MakeMaps([0x80, 0x8D, 0x9D, 0x9E, 0x9F, 0xC5, 0xC6, 0xC8, 0xCD, 0xCE, 0xCF, 0xD0, 0xD3, 0xD4, 0xE1, 0xE2, 0xE6, 0xE7, 0xE8, 0xED, 0xEE, 0xEF],
                [0xE1, 0xEF]);
            return meter;
        }

        /// <summary>A high-voltage meter that tells the normal direction alone (0x028A), and no minutes: steps as of the other.</summary>
        public static FakeMeter HighOneWay()
        {
            var meter = new FakeMeter(0x028A01);
            meter.Fix(0xD3, [0, 0, 0x02, 0x58]);
            meter.Fix(0xD4, [0]);
            meter.Fix(0xE6, [4]);
            meter.Fix(0xC5, [3]);
            meter.Fix(0xCD, [2]);
            meter.MakeMaps([0x80, 0x8D, 0x9D, 0x9E, 0x9F, 0xC5, 0xC6, 0xCD, 0xCE, 0xD3, 0xD4, 0xE1, 0xE2, 0xE6, 0xE7], [0xE1]);
            return meter;
        }

        /// <summary>Answers a request.</summary>
        /// <returns>Null for silence.</returns>
        public byte[] Answer(ReadOnlySpan<byte> request)
        {
            if (IsSilent || request.Length < HeaderLength || request[10] is not (Get or SetC))
            {
                return null;
            }

            bool isNode = request[7] == 0x0E;
            byte service = request[10];
            var properties = new List<byte>();
            bool isWhole = true;
            for (int at = HeaderLength; at < request.Length; at += 2 + request[at + 1])
            {
                byte epc = request[at];
                byte[] given = request.Slice(at + 2, request[at + 1]).ToArray();
                Asked(epc, given);
                byte[] data = service == SetC ? Choose(epc, given) : isNode ? Node(epc) : Data(epc);
                isWhole &= service == SetC ? data.Length == 0 : data.Length > 0;
                properties.AddRange([epc, (byte)data.Length, .. data]);
            }

            byte answer = (byte)(isWhole ? service + 0x10 : service - 0x10);
            return [.. request[..4], .. request[7..10], .. request[4..7], answer, request[11], .. properties];
        }

        private void Fix(byte epc, byte[] data) => _fixed[epc] = data;

        private void MakeMaps(byte[] get, byte[] set)
        {
            Fix(0x80, [0x30]);
            Fix(0x8D, "FAKE-0001\0\0\0"u8.ToArray());
            Fix(0x9D, [0]);
            Fix(0x9E, [(byte)set.Length, .. set]);
            var bits = new byte[16];
            foreach (byte epc in get)
            {
                bits[epc & 0x0F] |= (byte)(1 << ((epc >> 4) - 8));
            }

            Fix(0x9F, get.Length < 16 ? [(byte)get.Length, .. get] : [(byte)get.Length, .. bits]);
        }

        // What is taken has no data in the answer, what is refused has what was given.
        private byte[] Choose(byte epc, byte[] given)
        {
            if (epc is not (0xEF or 0xE5 or 0xE1) || _fixed[0x9E].Skip(1).All(set => set != epc))
            {
                return given;
            }

            _chosen[epc] = given;
            return [];
        }

        private byte[] Node(byte epc) => epc == 0xD6 ? [1, (byte)(_eoj >> 16), (byte)(_eoj >> 8), (byte)_eoj] : [];

        private byte[] Data(byte epc)
        {
            if (_fixed.TryGetValue(epc, out byte[] data))
            {
                return data;
            }

            return (_eoj >> 8, epc) switch
            {
                (0x0288, 0x97) => [(byte)Now.Hour, (byte)Now.Minute],
                (0x0288, 0x98) => Time(Now)[..4],
                (0x0288, 0xE0) => Value(Minute(Now), false),
                (0x0288, 0xE3) => Value(Minute(Now), true),
                (0x0288, 0xE2) => Day(0xE5, false),
                (0x0288, 0xE4) => Day(0xE5, true),
                (0x0288, 0xEA) => [.. Time(HalfHour(Now)), 0, .. Value(HalfHour(Now), false)],
                (0x0288, 0xEB) => [.. Time(HalfHour(Now)), 0, .. Value(HalfHour(Now), true)],
                (0x0288, 0xEE) or (0x028F, 0xED or 0xEE) => Minutes(),
                (0x028F, 0xE2) => [.. Time(Now), (byte)Now.Second, .. Value(Minute(Now), false), .. Value(Minute(Now), true)],
                (0x028A, 0xE2) => [.. Time(Now), (byte)Now.Second, .. Value(Minute(Now), false)],
                (0x028A or 0x028F, 0xE7 or 0xC6 or 0xCE) => Day(0xE1, false),
                (0x028F, 0xE8 or 0xC8 or 0xCF) => Day(0xE1, true),
                (_, 0xD0) => [.. Time(Minute(Now)), 0, .. Value(Minute(Now), false), .. Value(Minute(Now), true)],
                _ => [],
            };
        }

        private byte[] Day(byte selector, bool isReverse)
        {
            int back = _chosen.TryGetValue(selector, out byte[] chosen) ? chosen[0] : 0xFF;
            IEnumerable<byte> values = Enumerable.Range(0, 48).SelectMany(slot => back == 0xFF ? Big(0xFFFFFFFE)
                : Value(Now.Date.AddDays(-back).AddMinutes(30 * slot), isReverse));
            return [0, (byte)back, .. values];
        }

        // Backward in time.
        private byte[] Minutes()
        {
            byte[] chosen = _chosen[0xEF];
            var first = new DateTime((chosen[0] << 8) | chosen[1], chosen[2], chosen[3], chosen[4], chosen[5], 0);
            return [.. chosen, .. Enumerable.Range(0, chosen[6]).SelectMany(row => Value(first.AddMinutes(-row), false)
                .Concat(Value(first.AddMinutes(-row), true)))];
        }

        private byte[] Value(DateTime time, bool isReverse) => Big(time > Now ? 0xFFFFFFFE : Register(time, isReverse) ?? 0xFFFFFFFE);

        private static byte[] Big(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

        private static DateTime Minute(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

        private static DateTime HalfHour(DateTime time) => time.AddTicks(-(time.Ticks % (30 * TimeSpan.TicksPerMinute)));

        private static byte[] Time(DateTime time) => [(byte)(time.Year >> 8), (byte)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour,
            (byte)time.Minute];
    }
}
