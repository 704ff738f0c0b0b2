using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace NanoComm.Hems
{
    /// <summary>What a controller knows of a low-voltage smart meter (class 0x0288 of the ECHONET appendix), and how to read
    /// its properties.</summary>
    public sealed class HemsMeter
    {
        /// <summary>Class group and class.</summary>
        public const int Class = 0x0288;

        internal const byte InfMapEpc = 0x9D;
        internal const byte SetMapEpc = 0x9E;
        internal const byte GetMapEpc = 0x9F;
        internal const byte OneMinute = 0xD0;
        internal const byte Coefficient = 0xD3;
        internal const byte InstanceListS = 0xD6;
        internal const byte Normal = 0xE0;
        internal const byte Unit = 0xE1;
        internal const byte Reverse = 0xE3;
        internal const byte Power = 0xE7;
        internal const byte Currents = 0xE8;
        internal const byte HalfHourNormal = 0xEA;
        internal const byte HalfHourReverse = 0xEB;
        internal const byte HalfHours = 0xEC;
        internal const byte HalfHoursTime = 0xED;
        internal const byte Minutes = 0xEE;
        internal const byte MinutesTime = 0xEF;

        private const uint NoEnergy = 0xFFFFFFFE;
        private const int NoPower = 0x7FFFFFFE;
        private const int NoCurrent = 0x7FFE;
        private const int RowLength = 8;
        private const int TimeLength = 7;
        private const int ShortTimeLength = 6;

        /// <summary>A meter of which nothing is known but its object.</summary>
        public HemsMeter(int eoj)
        {
            Eoj = eoj;
        }

        /// <summary>Its object, e.g. 028801.</summary>
        public int Eoj { get; }

        /// <summary>EPCs that can be read; empty when the meter does not say.</summary>
        public IReadOnlySet<byte> GetMap { get; private set; } = new HashSet<byte>();

        /// <summary>EPCs that can be set.</summary>
        public IReadOnlySet<byte> SetMap { get; private set; } = new HashSet<byte>();

        /// <summary>EPCs that the meter announces.</summary>
        public IReadOnlySet<byte> InfMap { get; private set; } = new HashSet<byte>();

        /// <summary>kWh of one step of a register: coefficient (D3, 1 where there is none) times unit (E1). Null while one
        /// of them is not known: then a register is a number without a unit.</summary>
        public decimal? Scale { get; private set; }

        /// <summary>Whether asking once more may tell what a step is worth.</summary>
        internal bool MayTellScale => Scale == null && CanGet(Unit);

        /// <summary>Low-voltage meters in an instance list (D6).</summary>
        internal static IEnumerable<int> FindIn(byte[] instances)
        {
            return Enumerable.Range(0, instances == null ? 0 : (instances.Length - 1) / 3)
                .Select(i => (instances[1 + (i * 3)] << 16) | (instances[2 + (i * 3)] << 8) | instances[3 + (i * 3)])
                .Where(eoj => eoj >> 8 == Class);
        }

        /// <summary>Learns what it can do.</summary>
        internal void SetMaps(EchonetMessage maps)
        {
            InfMap = EchonetMessage.ParseMap(maps.Find(InfMapEpc));
            SetMap = EchonetMessage.ParseMap(maps.Find(SetMapEpc));
            GetMap = EchonetMessage.ParseMap(maps.Find(GetMapEpc));
        }

        /// <summary>Learns what a register's step is worth.</summary>
        internal void SetScale(byte[] coefficient, byte[] unit)
        {
            // One that is said to be there, and is not told now, may be anything.
            decimal? factor = coefficient?.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(coefficient)
                : GetMap.Contains(Coefficient) ? null
                : 1;
            Scale = factor * (unit?[0] switch
            {
                0 => 1, 1 => 0.1m, 2 => 0.01m, 3 => 0.001m, 4 => 0.0001m,
                0x0A => 10, 0x0B => 100, 0x0C => 1000, 0x0D => 10000,
                _ => (decimal?)null,
            });
        }

        /// <summary>Whether it lets a property be read.</summary>
        internal bool CanGet(byte epc)
        {
            return GetMap.Count == 0 || GetMap.Contains(epc);
        }

        /// <summary>Whether rows can be chosen and read.</summary>
        internal bool CanFetch(byte selector, byte data)
        {
            return GetMap.Contains(data) && SetMap.Contains(selector);
        }

        /// <summary>A register in kWh; null for "no data", and while <see cref="Scale"/> is not known.</summary>
        public decimal? ToEnergy(uint? register)
        {
            return register * Scale;
        }

        /// <summary>A reading in kWh, W and A.</summary>
        internal HemsReading ToReading(EchonetMessage answer)
        {
            uint? normal = ToRegister(answer.Find(Normal), 0);
            uint? reverse = ToRegister(answer.Find(Reverse), 0);
            return new HemsReading(ToPower(answer.Find(Power)), ToCurrent(answer.Find(Currents), 0),
                ToCurrent(answer.Find(Currents), 1), ToEnergy(normal), ToEnergy(reverse), normal, reverse,
                ToMinute(answer.Find(OneMinute))?.Time);
        }

        /// <summary>A register, or null for "no data".</summary>
        internal static uint? ToRegister(byte[] edt, int offset)
        {
            return edt?.Length >= offset + 4
                && BinaryPrimitives.ReadUInt32BigEndian(edt.AsSpan(offset)) is uint value and not NoEnergy ? value : null;
        }

        /// <summary>E7 in W, or null for "no data".</summary>
        internal static int? ToPower(byte[] edt)
        {
            return edt?.Length == 4
                && BinaryPrimitives.ReadInt32BigEndian(edt) is int watts and not NoPower ? watts : null;
        }

        /// <summary>A phase of E8 in A, or null for "no data" and for the phase that a two-wire meter has not.</summary>
        internal static decimal? ToCurrent(byte[] edt, int phase)
        {
            return edt?.Length == 4
                && BinaryPrimitives.ReadInt16BigEndian(edt.AsSpan(phase * 2)) is short tenths and not NoCurrent
                ? tenths * 0.1m
                : null;
        }

        /// <summary>D0: both registers at the end of a minute.</summary>
        /// <returns>Null without a time.</returns>
        internal static HemsEnergy ToMinute(byte[] edt)
        {
            return ToTime(edt, TimeLength) is DateTime time
                ? new HemsEnergy(time, ToRegister(edt, TimeLength), ToRegister(edt, TimeLength + 4))
                : null;
        }

        /// <summary>EA or EB: one register at the end of a half hour.</summary>
        /// <returns>Null without a time.</returns>
        internal static (DateTime Time, uint? Register)? ToHalfHour(byte[] edt)
        {
            return ToTime(edt, TimeLength) is DateTime time ? (time, ToRegister(edt, TimeLength)) : null;
        }

        /// <summary>EC or EE: rows from their first time on backward.</summary>
        internal static IEnumerable<HemsEnergy> ToRows(byte[] edt, TimeSpan interval)
        {
            if (ToTime(edt, ShortTimeLength) is not DateTime time || edt.Length <= ShortTimeLength)
            {
                yield break;
            }

            for (int i = 0; i < edt[ShortTimeLength] && ShortTimeLength + 1 + ((i + 1) * RowLength) <= edt.Length; i++)
            {
                int row = ShortTimeLength + 1 + (i * RowLength);
                yield return new HemsEnergy(time - (interval * i), ToRegister(edt, row), ToRegister(edt, row + 4));
            }
        }

        /// <summary>ED or EF: choose rows.</summary>
        internal static byte[] ToSelector(DateTime time, int rows)
        {
            return [(byte)(time.Year >> 8), (byte)time.Year, (byte)time.Month, (byte)time.Day, (byte)time.Hour,
                (byte)time.Minute, (byte)rows];
        }

        private static DateTime? ToTime(byte[] edt, int length)
        {
            if (edt == null || edt.Length < length)
            {
                return null;
            }

            int year = (edt[0] << 8) | edt[1];
            int second = length == TimeLength ? edt[6] : 0;
            return year is > 0 and < 10_000 && edt[2] is >= 1 and <= 12
                && edt[3] >= 1 && edt[3] <= DateTime.DaysInMonth(year, edt[2])
                && edt[4] < 24 && edt[5] < 60 && second < 60
                ? new DateTime(year, edt[2], edt[3], edt[4], edt[5], second)
                : null;
        }
    }
}
